/** Watches who is on the shop's pages for as long as some part of the page wants to know. */

import { signal } from "@preact/signals";

import type { AnyFrame, Visitors } from "../../shared/protocol.ts";
import { afterVisitors, type Site } from "./site.ts";

export class Watching {
  /** Null while nobody watches, or before the first answer. */
  readonly site = signal<Site | null>(null);
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

  take(frame: Visitors): void {
    if (this.watchers > 0) this.site.value = afterVisitors(this.site.value, frame);
  }
}
