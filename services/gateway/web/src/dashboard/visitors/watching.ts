/** Watches who is on the shop's pages for as long as some part of the page wants to know, and invites them. */

import { signal } from "@preact/signals";

import type { AnyFrame, Visitors } from "../../shared/protocol.ts";
import { afterVisitors, type Site } from "./site.ts";

export class Watching {
  /** Null while nobody watches, or before the first answer. */
  readonly site = signal<Site | null>(null);
  /** Whom we have invited and who has neither come nor gone since, by id. */
  readonly invited = signal<ReadonlySet<string>>(new Set());
  private watchers = 0;

  constructor(private readonly tell: (frame: AnyFrame) => void) {}

  /** Keeps `site` up to date until the result is called. */
  watch(): () => void {
    if (this.watchers++ === 0) this.tell({ type: "watch_visitors", on: true });
    let over = false;
    return () => {
      if (over) return;
      over = true;
      if (--this.watchers > 0) return;
      this.tell({ type: "watch_visitors", on: false });
      this.site.value = null;
    };
  }

  /** A new socket knows of no watchers. What was known stays until it is told anew. */
  again(): void {
    if (this.watchers > 0) this.tell({ type: "watch_visitors", on: true });
  }

  /** Asks whether they want to talk. What they say to that, nobody is told unless they start. */
  invite(visitor: string): void {
    this.tell({ type: "invite", visitor });
    this.invited.value = new Set(this.invited.value).add(visitor);
  }

  take(frame: Visitors): void {
    if (this.watchers === 0) return;
    const site = (this.site.value = afterVisitors(this.site.value, frame));
    const still = [...this.invited.value].filter((id) => site.here.has(id) && !site.here.get(id)!.conversation);
    if (still.length < this.invited.value.size) this.invited.value = new Set(still);
  }
}
