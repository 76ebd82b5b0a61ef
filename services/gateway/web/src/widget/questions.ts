/** What the shop asks before a conversation. */

import { filled, type FieldRules, type Values } from "./fields.ts";
import type { Flaws } from "./flaws.ts";
import { signal } from "./signals.ts";

export class Questions {
  /** Null if it asks nothing. */
  readonly rules = signal<FieldRules | null>(null);
  /** What is wrong with the answers. */
  readonly flaws = signal<Flaws>({});
  /** They are to be answered now: for one more conversation, or again after a refusal. */
  readonly open = signal(false);
  private readonly given = signal(false);

  /** Whether a conversation can't start yet. */
  get due(): boolean {
    return this.rules.value !== null && !this.given.value;
  }

  answered(): void {
    this.given.value = true;
    this.open.value = false;
  }

  askAgain(): void {
    this.given.value = false;
    this.open.value = true;
  }

  forget(): void {
    this.given.value = false;
  }

  /** As a `start` carries them. */
  answers(values: Values): { fields?: Record<string, string> } {
    const fields = this.rules.value ? filled(this.rules.value, values) : {};
    return Object.keys(fields).length > 0 ? { fields } : {};
  }
}
