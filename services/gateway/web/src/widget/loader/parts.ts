/** What some visitors see beside the launcher, each fetched once a welcome says that it is wanted. */

import type { AnyFrame, VisitorWelcome } from "../../shared/protocol.ts";
import type { Host } from "./host.ts";

export interface Part {
  welcome(frame: VisitorWelcome): void;
  /** A frame that is meant for it alone. */
  frame?(frame: AnyFrame): void;
  /** Something may be otherwise: the page, the cart, whether anybody is there, who the visitor is. */
  look(): void;
}
/** The built files' names, too. */
export type PartName = "inviting" | "pushing" | "polling";
export type FetchPart = (name: PartName) => Promise<{ Part: new (host: Host) => Part }>;

export class Parts {
  private readonly fetched: Partial<Record<PartName, Promise<Part> | undefined>> = {};
  private readonly here: Part[] = [];

  /** `fetch`: where it is left out, there are none. */
  constructor(private readonly host: Host, private readonly fetch?: FetchPart) {}

  welcome(frame: VisitorWelcome): void {
    const wanted: Record<PartName, unknown> = { inviting: frame.invitations?.[0], pushing: frame.push, polling: frame.poll };
    for (const name of Object.keys(wanted) as PartName[]) {
      if (wanted[name] || this.fetched[name]) this.ask(name, (part) => part.welcome(frame));
    }
  }

  look(): void {
    for (const part of this.here) part.look();
  }

  /** What is not fetched now is asked for with the next welcome. */
  ask(name: PartName, act: (part: Part) => void): void {
    const { fetched, here } = this;
    fetched[name] ??= this.fetch?.(name).then(({ Part }) => here[here.push(new Part(this.host)) - 1]!);
    fetched[name]?.then(act, () => (fetched[name] = undefined));
  }
}
