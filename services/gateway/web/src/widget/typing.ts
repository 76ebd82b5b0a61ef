/** Who is writing: the operator as this page shows it, the visitor as the operator is told. */

import type { Environment } from "../shared/connection/environment.ts";
import { signal } from "./signals.ts";

/** How long "is writing" stands without being renewed. */
const SHOWN_MS = 6_000;
const TOLD_EVERY_MS = 3_000;

export class Typing {
  /** The name, or null. */
  readonly shown = signal<string | null>(null);
  private toldAt = 0;
  private cancel: (() => void) | null = null;
  private readonly world: Environment;

  constructor(world: Environment) {
    this.world = world;
  }

  show(name: string | null): void {
    this.cancel?.();
    this.shown.value = name;
    this.cancel = name === null ? null : this.world.after(SHOWN_MS, () => (this.shown.value = null));
  }

  /** Whether the operator is to be told now; counts as told. */
  due(on: boolean): boolean {
    const now = this.world.now();
    if (on && now - this.toldAt < TOLD_EVERY_MS) return false;
    this.toldAt = on ? now : 0;
    return true;
  }
}
