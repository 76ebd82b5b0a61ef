/** In which conversations the visitor is writing: said again while it goes on, and forgotten if it is not. */

import { signal } from "@preact/signals";

import type { Environment } from "../shared/connection/environment.ts";

const SHOWN_MS = 6_000;

export class Writing {
  readonly now = signal<ReadonlySet<string>>(new Set());
  private readonly stop = new Map<string, () => void>();

  constructor(private readonly world: Environment) {}

  show(id: string, on: boolean): void {
    this.stop.get(id)?.();
    if (!on && !this.now.value.has(id)) return;
    const now = new Set(this.now.value);
    if (on) now.add(id);
    else now.delete(id);
    this.now.value = now;
    if (on) this.stop.set(id, this.world.after(SHOWN_MS, () => this.show(id, false)));
  }
}
