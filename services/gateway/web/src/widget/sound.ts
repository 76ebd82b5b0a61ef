/** One ring for what has come, unless the visitor wants none. */

import { extras } from "./lazily.tsx";
import { signal } from "./signals.ts";

/** Tabs that nobody looks at leave the ring to one that is seen. */
const HIDDEN_WAITS_MS = 150;
/** How long the other tabs find it rung. */
const CLAIM_MS = 1_000;

export class Bell {
  readonly muted = signal(false);
  private readonly name: string;
  private readonly local: Storage | null;

  constructor(shop: string, local: Storage | null) {
    this.name = `shopbell:${shop}:muted`;
    this.local = local;
    try {
      this.muted.value = local?.getItem(this.name) === "1";
    } catch {
      // Forbidden storage remembers no wish.
    }
  }

  toggle(): void {
    this.muted.value = !this.muted.value;
    try {
      if (this.muted.value) this.local?.setItem(this.name, "1");
      else this.local?.removeItem(this.name);
    } catch {
      // It holds as long as the page lives, then.
    }
  }

  /** Rings for `what`: in one of the tabs that hear of it, not in each. */
  ring(what: string): void {
    if (this.muted.value) return;
    setTimeout(() => {
      if (!navigator.locks) return strike();
      void navigator.locks.request(`${this.name}:${what}`, { ifAvailable: true }, (lock) => {
        if (!lock) return undefined;
        strike();
        return new Promise((done) => setTimeout(done, CLAIM_MS));
      });
    }, document.hidden ? HIDDEN_WAITS_MS : 0);
  }
}

const strike = () => void extras().then((module) => module.strike(), () => {});
