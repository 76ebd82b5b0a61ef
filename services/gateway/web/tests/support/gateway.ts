/** A gateway in memory that keeps the promises of the protocol, and loses what a test tells it to lose. */

import type { AnyFrame, EventFrame } from "../../src/shared/protocol.ts";
import type { Socket } from "../../src/shared/connection/environment.ts";

type Sent = AnyFrame & { id?: string; conversation?: string; text?: string; after?: number };

export class FakeGateway {
  readonly log: EventFrame[] = [];
  /** Every frame that clients sent, in order of arrival. */
  readonly received: Sent[] = [];
  readonly sockets: FakeSocket[] = [];
  conversation: string | null = null;
  /** Answers and events that go nowhere, by type. */
  lose = new Set<string>();
  /** Commands that are refused, by text, as often as there are answers. */
  refuse = new Map<string, AnyFrame[]>();
  /** Sockets do not open. */
  down = false;
  private readonly stored = new Map<string, { conversation: string; seq: number }>();

  open = (): Socket => {
    const socket = new FakeSocket(this);
    this.sockets.push(socket);
    return socket;
  };

  get socket(): FakeSocket {
    return this.sockets.at(-1)!;
  }

  get texts(): (string | undefined)[] {
    return this.log.filter((event) => event.kind === "message").map((event) => event.text);
  }

  /** An operator writes. */
  operatorSays(text: string): EventFrame {
    return this.append({ kind: "message", from: "operator", author: "Maja", text, id: `op-${this.log.length}` });
  }

  receive(socket: FakeSocket, frame: Sent): void {
    this.received.push(frame);
    if (frame.type === "hello") this.welcome(socket, frame["resume"] as { after: number } | undefined);
    else if (frame.type === "resume") this.resume(socket, frame.after ?? 0);
    else if (frame.id) this.command(socket, frame as Sent & { id: string });
  }

  send(socket: FakeSocket, ...frames: AnyFrame[]): void {
    for (const frame of frames) if (!this.lose.has(frame.type)) socket.deliver(frame);
  }

  private command(socket: FakeSocket, frame: Sent & { id: string }): void {
    const known = this.stored.get(frame.id);
    if (known) return this.send(socket, { type: "stored", id: frame.id, ...known });
    const refusal = this.refuse.get(frame.text ?? frame.type)?.shift();
    if (refusal) return this.send(socket, { id: frame.id, detail: "", ...refusal });
    if (frame.type === "start" && !this.conversation) {
      this.conversation = "c1";
      this.append({ kind: "started" });
    }
    const event = this.append({ kind: frame.type === "end" ? "ended" : "message", from: "visitor", text: frame.text ?? "", id: frame.id });
    const answer = { conversation: this.conversation!, seq: event.seq };
    this.stored.set(frame.id, answer);
    this.send(socket, { type: "stored", id: frame.id, ...answer });
  }

  private append(what: Partial<EventFrame> & { kind: string }): EventFrame {
    const event: EventFrame = { type: "event", conversation: this.conversation ?? "c1", seq: this.log.length + 1, at: "2026-01-01T00:00:00Z", ...what };
    this.log.push(event);
    for (const socket of this.sockets) if (socket.welcomed) this.send(socket, event as unknown as AnyFrame);
    return event;
  }

  private welcome(socket: FakeSocket, resume: { after: number } | undefined): void {
    const { conversation } = this;
    this.send(socket, {
      type: "welcome", visitor: { id: "g1", signed_in: false }, token: "t1", availability: "online",
      ...(conversation ? { conversation: { id: conversation, status: "open", seq: this.log.length } } : {}),
    });
    socket.welcomed = !this.lose.has("welcome");
    if (conversation) this.missed(socket, resume?.after ?? 0);
  }

  private resume(socket: FakeSocket, after: number): void {
    this.missed(socket, after);
    this.send(socket, { type: "resumed", conversation: this.conversation!, seq: this.log.length });
  }

  private missed(socket: FakeSocket, after: number): void {
    this.send(socket, ...(this.log.slice(after) as unknown as AnyFrame[]));
  }
}

export class FakeSocket implements Socket {
  onopen: (() => void) | null = null;
  onmessage: ((message: { data: unknown }) => void) | null = null;
  onclose: ((end: { code: number; reason: string }) => void) | null = null;
  welcomed = false;
  closedWith: number | undefined;
  private readonly gateway: FakeGateway;

  constructor(gateway: FakeGateway) {
    this.gateway = gateway;
  }

  /** The network lets the socket open (or, with the gateway down, fail). */
  connect(): void {
    if (this.gateway.down) this.drop(1006);
    else this.onopen?.();
  }

  send(text: string): void {
    this.gateway.receive(this, JSON.parse(text) as Sent);
  }

  close(code?: number): void {
    this.closedWith = code;
    this.welcomed = false;
  }

  deliver(...frames: unknown[]): void {
    this.onmessage?.({ data: JSON.stringify(frames.length === 1 ? frames[0] : frames) });
  }

  /** The gateway or the network ends the socket. */
  drop(code: number, reason = ""): void {
    this.welcomed = false;
    this.onclose?.({ code, reason });
  }
}
