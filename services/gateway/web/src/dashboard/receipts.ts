/** Tells visitors that their messages have come to our screen: the newest of each conversation, once a second at most. */

import type { Environment } from "../shared/connection/environment.ts";
import type { AnyFrame } from "../shared/protocol.ts";

const TOGETHER_MS = 1_000;

export class Receipts {
  private readonly due = new Map<string, number>();

  constructor(private readonly world: Environment, private readonly tell: (frame: AnyFrame) => void) {}

  came(conversation: string, seq: number): void {
    if (this.due.size === 0) this.world.after(TOGETHER_MS, () => this.send());
    this.due.set(conversation, Math.max(seq, this.due.get(conversation) ?? 0));
  }

  private send(): void {
    for (const [conversation, upto] of this.due) this.tell({ type: "received", conversation, upto });
    this.due.clear();
  }
}
