/** What this tab remembers over page loads, once the visitor has acted: whether the window is open, and what was typed. */

import type { AvailabilityState } from "../shared/protocol.ts";
import type { Values } from "./fields.ts";

/** Whose it is; the text of the composer or of a form's message; the other fields; the latest try to send them. */
export interface Draft { owner: string; text: string; fields?: Values; attempt?: Attempt }

/** Under this id the gateway may have stored what was `said`: the same again is the same message. */
export interface Attempt { id: string; said: string }

export class TabMemory {
  private readonly prefix: string;
  private readonly session: Storage | null;

  constructor(shop: string, session: Storage | null) {
    this.prefix = `shopbell:${shop}:`;
    this.session = session;
  }

  /** What the shop offered last, if the window is open: the next page shows the same until it knows better. */
  get open(): AvailabilityState | null {
    return this.recall("open") as AvailabilityState | null;
  }

  set open(offer: AvailabilityState | null) {
    this.remember("open", offer ?? "");
  }

  get draft(): Draft | null {
    try {
      return JSON.parse(this.recall("draft") ?? "null") as Draft | null;
    } catch {
      return null;
    }
  }

  set draft(draft: Draft | null) {
    const typed = draft && [draft.text, ...Object.values(draft.fields ?? {})].some(Boolean);
    this.remember("draft", typed ? JSON.stringify(draft) : "");
  }

  private recall(name: string): string | null {
    try {
      return this.session?.getItem(this.prefix + name) ?? null;
    } catch {
      return null;
    }
  }

  private remember(name: string, value: string): void {
    try {
      if (value) this.session?.setItem(this.prefix + name, value);
      else this.session?.removeItem(this.prefix + name);
    } catch {
      // It lives as long as the page, then.
    }
  }
}
