/**
 * The one owner of the socket: keeps it open, sends each command until it is answered, hands on each event once.
 *
 * Three pure parts decide: `link` when to connect, `Timelines` what is the next event, `Outbox` what is to be sent. This
 * file moves what they say to the socket and the timers, and what happens there to them.
 */

import type { AnyFrame, CommandFrame, EventFrame, Rejected, Resumed, Stored, Welcome } from "../protocol.ts";
import type { Environment, Socket } from "./environment.ts";
import { START, step, type ClosedReason, type Effect, type Input, type Phase, type Timer } from "./link.ts";
import { Outbox, type Entry, type Keep, type Posted } from "./outbox.ts";
import { Timelines } from "./timelines.ts";

/** A socket that was silent for this long is tried out when the page comes back into view. */
const QUIET_MS = 30_000;
/** How long the answer to that may take. */
const PROBE_MS = 5_000;

export interface ConnectionOptions<W extends Welcome> {
  url: string;
  environment: Environment;
  keep: Keep;
  /** The first frame, made anew for each socket. */
  hello(): Record<string, unknown>;
  /** As in the outbox. */
  bind(entry: Entry): CommandFrame;
  startsAnew: boolean;
  onPhase(phase: Phase): void;
  /** Called before the first event after it. */
  onWelcome(welcome: W): void;
  /** Each event of a conversation once and in order. */
  onEvent(event: EventFrame): void;
  onStored(answer: Stored, entry: Entry | undefined): void;
  onRejected(answer: Rejected, entry: Entry | undefined): void;
  /** Every other frame: states, typing, read marks. */
  onFrame(frame: AnyFrame): void;
  onOutbox(): void;
}

export class Connection<W extends Welcome> {
  readonly timelines = new Timelines();
  readonly outbox: Outbox;
  private phase: Phase = START;
  private socket: Socket | null = null;
  private heardAt = 0;
  /** The number that a `closing` frame gave: 4429 is to wait so long. */
  private retryAfter: number | undefined;
  private readonly timers = new Map<Timer, () => void>();
  private cancelLook: (() => void) | null = null;
  private cancelProbe: (() => void) | null = null;
  private unwatch: (() => void) | null = null;
  private readonly options: ConnectionOptions<W>;
  private readonly world: Environment;

  constructor(options: ConnectionOptions<W>) {
    this.options = options;
    this.world = options.environment;
    this.outbox = new Outbox({
      keep: options.keep,
      bind: (entry) => options.bind(entry),
      startsAnew: options.startsAnew,
      newId: () => this.world.newId(),
      random: () => this.world.random(),
      changed: () => options.onOutbox(),
    });
  }

  get state(): Phase {
    return this.phase;
  }

  start(): void {
    this.unwatch ??= this.world.watch((what) => (what === "visible" ? this.wake() : this.happen({ on: what })));
    this.happen({ on: "start" });
  }

  stop(reason: ClosedReason = "stopped"): void {
    this.unwatch?.();
    this.unwatch = null;
    this.happen({ on: "stop", reason });
  }

  /** Leaves the socket for a new one at once: the next hello says something else. */
  renew(): void {
    this.happen({ on: "renew" });
  }

  /** Puts a command into the outbox; it goes as soon as its turn comes and there is a connection. */
  post(what: Posted): Entry {
    const entry = this.outbox.add(what, this.world.now());
    this.flush();
    return entry;
  }

  retry(key: string): void {
    this.outbox.retry(key);
    this.flush();
  }

  adopt(entries: Entry[]): void {
    this.outbox.adopt(entries);
    this.flush();
  }

  /** Sends what is worth nothing later: typing, read marks, the page. Dropped without a connection. */
  tell(frame: AnyFrame): void {
    if (this.phase.name === "open") this.send(frame);
  }

  /** From now on the events after `last` are wanted; those up to `head` are asked for unless they come by themselves. */
  follow(conversation: string, last: number, head: number, coming = false): void {
    this.timelines.follow(conversation, last);
    this.timelines.head(conversation, head);
    if (coming) this.timelines.expect(conversation, this.world.now());
    this.flush();
  }

  private happen(input: Input): void {
    const before = this.phase;
    const { phase, effects } = step(before, input, this.world.now(), this.world.random());
    this.phase = phase;
    if (phase.name !== before.name) this.leave(before);
    for (const effect of effects) this.carryOut(effect);
    if (phase !== before) this.options.onPhase(phase);
  }

  private leave(before: Phase): void {
    for (const cancel of this.timers.values()) cancel();
    this.timers.clear();
    if (before.name !== "open") return;
    this.outbox.disconnected();
    this.timelines.restart();
    this.cancelLook?.();
    this.cancelProbe?.();
    this.cancelProbe = null;
  }

  private carryOut(effect: Effect): void {
    switch (effect.do) {
      case "open":
        return this.connect();
      case "hello":
        return this.send({ type: "hello", ...this.options.hello() });
      case "close":
        return this.disconnect(effect.code);
      case "wait":
        this.timers.get(effect.timer)?.();
        this.timers.set(effect.timer, this.world.after(effect.ms, () => this.happen({ on: "due", timer: effect.timer })));
    }
  }

  private connect(): void {
    const socket = this.world.open(this.options.url);
    this.socket = socket;
    this.retryAfter = undefined;
    socket.onopen = () => this.happen({ on: "opened" });
    socket.onmessage = ({ data }) => this.receive(data);
    socket.onclose = ({ code, reason }) => {
      this.socket = null;
      const retryAfter = secondsIn(reason) ?? this.retryAfter;
      this.happen({ on: "lost", code, ...(retryAfter === undefined ? {} : { retryAfter }) });
    };
  }

  /** Lets go of the socket: nothing that it still says is heard. */
  private disconnect(code: number): void {
    const { socket } = this;
    if (!socket) return;
    this.socket = null;
    socket.onopen = socket.onmessage = socket.onclose = null;
    socket.close(code);
  }

  private send(frame: AnyFrame | CommandFrame): void {
    this.socket?.send(JSON.stringify(frame));
  }

  private receive(data: unknown): void {
    this.heardAt = this.world.now();
    this.cancelProbe?.();
    this.cancelProbe = null;
    const { socket } = this;
    for (const frame of framesIn(data)) {
      // A frame may have made us leave the socket: the rest of the array is not ours any more.
      if (this.socket !== socket) return;
      this.handle(frame);
    }
    this.flush();
  }

  private handle(frame: AnyFrame): void {
    const now = this.world.now();
    switch (frame.type) {
      case "welcome":
        this.happen({ on: "welcomed" });
        return this.options.onWelcome(frame as unknown as W);
      case "event":
        return this.arrive(frame as unknown as EventFrame, now);
      case "stored": {
        const answer = frame as unknown as Stored;
        return this.options.onStored(answer, this.outbox.stored(answer.id));
      }
      case "rejected": {
        const answer = frame as unknown as Rejected;
        return this.options.onRejected(answer, this.outbox.rejected(answer, now));
      }
      case "heads":
        for (const [conversation, seq] of Object.entries((frame["heads"] ?? {}) as Record<string, number>)) {
          this.timelines.head(conversation, seq);
        }
        return;
      case "resumed": {
        const answer = frame as unknown as Resumed;
        this.timelines.resumed(answer.conversation, answer.seq, now);
        return this.options.onFrame(frame);
      }
      case "closing":
        this.retryAfter = Number(frame["after"] ?? 0);
        return this.happen({ on: "closing", after: this.retryAfter });
      default:
        this.options.onFrame(frame);
    }
  }

  private arrive(event: EventFrame, now: number): void {
    for (const next of this.timelines.take(event, now)) {
      if (next.id !== undefined) this.outbox.seen(next.id);
      this.options.onEvent(next);
    }
  }

  /** Sends what may go now, and looks again when something more can be due. */
  private flush(): void {
    if (this.phase.name !== "open") return;
    const now = this.world.now();
    for (const ask of this.timelines.ask(now)) this.send({ type: "resume", ...ask });
    for (const frame of this.outbox.ready(now)) this.send(frame);
    this.cancelLook?.();
    const waits = [this.timelines.nextAsk(now), this.outbox.next(now)].filter((ms) => ms !== null);
    this.cancelLook = waits.length === 0 ? null : this.world.after(Math.min(...waits), () => this.look());
  }

  private look(): void {
    this.cancelLook = null;
    if (this.outbox.unanswered(this.world.now())) this.happen({ on: "silent" });
    else this.flush();
  }

  /** The page came into view, maybe after hours of sleep: the socket may be dead without anybody having told us. */
  private wake(): void {
    this.happen({ on: "visible" });
    const quiet = this.world.now() - this.heardAt >= QUIET_MS;
    if (this.phase.name !== "open" || !quiet || this.cancelProbe) return;
    const probe = this.timelines.probe();
    if (!probe) return;
    this.cancelProbe = this.world.after(PROBE_MS, () => this.happen({ on: "silent" }));
    this.send({ type: "resume", ...probe });
  }
}

/** The frames of one message: an object, or an array of them in order. What is neither is skipped. */
function framesIn(data: unknown): AnyFrame[] {
  try {
    const parsed: unknown = JSON.parse(String(data));
    return (Array.isArray(parsed) ? parsed : [parsed]).filter(isFrame);
  } catch {
    return [];
  }
}

function isFrame(value: unknown): value is AnyFrame {
  return typeof value === "object" && value !== null && typeof (value as AnyFrame).type === "string";
}

/** The number in a close reason such as `retry_after=12`. */
function secondsIn(reason: string): number | undefined {
  const found = /\d+(\.\d+)?/.exec(reason);
  return found ? Number(found[0]) : undefined;
}
