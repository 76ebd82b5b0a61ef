/** A gateway that is none: it says to the widget what a real one would say of these settings. */

import type { Environment, Socket } from "../../shared/connection/environment.ts";
import type { ShopSettings } from "../../dashboard/settings/shop-settings.ts";
import type { LetterForm } from "../letter.ts";
import { sampleIn } from "./samples.ts";
import { asFrames, eventsOf, formOf, welcomeOf, type State } from "./scene.ts";

export class PretendGateway {
  private socket: PretendSocket | null = null;

  constructor(private readonly language: string, private readonly state: State, private settings: ShopSettings) {}

  /** Answers the widget's hello, and nothing else. */
  open(): Socket {
    this.socket = new PretendSocket(() => this.tell(eventsOf(this.state, sampleIn(this.language), Date.now())));
    return this.socket;
  }

  /** From now on the shop is set up like this. */
  change(settings: ShopSettings): void {
    this.settings = settings;
    this.tell([]);
  }

  /** The form for leaving a message. */
  get form(): LetterForm {
    return formOf(this.settings, this.language);
  }

  /** The same as REST answers it, which is all that is asked there. */
  readonly fetch = (): Promise<Response> => Promise.resolve(Response.json(this.form));

  private tell(events: ReturnType<typeof eventsOf>): void {
    const welcome = welcomeOf(this.settings, this.language, this.state, sampleIn(this.language));
    this.socket?.onmessage?.({ data: JSON.stringify(asFrames(welcome, events)) });
  }
}

class PretendSocket implements Socket {
  onopen: (() => void) | null = null;
  onmessage: ((message: { data: unknown }) => void) | null = null;
  onclose: ((end: { code: number; reason: string }) => void) | null = null;

  constructor(private readonly greet: () => void) {
    queueMicrotask(() => this.onopen?.());
  }

  send(text: string): void {
    if ((JSON.parse(text) as { type: string }).type === "hello") queueMicrotask(this.greet);
  }

  close(): void {}
}

/** The browser's, but for the network. */
export function pretending(world: Environment, gateway: PretendGateway): Environment {
  return { ...world, open: () => gateway.open(), watch: () => () => {} };
}
