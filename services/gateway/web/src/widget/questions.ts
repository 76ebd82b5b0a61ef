/** What the shop asks before a conversation. */

import { filled, type FieldRules, type Values } from "./fields.ts";
import type { Flaws } from "./flaws.ts";
import type { PrivacyShown } from "../shared/protocol.ts";
import { signal } from "./signals.ts";

export class Questions {
  /** Null if it asks nothing. */
  readonly rules = signal<FieldRules | null>(null);
  /** What the visitor reads before, and may have to agree to. */
  readonly privacy = signal<PrivacyShown | null>(null);
  /** They do. */
  readonly agreed = signal(false);
  /** What is wrong with the answers. */
  readonly flaws = signal<Flaws>({});
  /** They are to be answered now: for one more conversation, or again after a refusal. */
  readonly open = signal(false);
  private readonly given = signal(false);

  /** Whether a conversation can't start yet. */
  get due(): boolean {
    return this.asks && !this.given.value;
  }

  /** Whether there is anything to answer. */
  get asks(): boolean {
    return this.rules.value !== null || this.privacy.value?.consent === true;
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
    this.given.value = this.agreed.value = this.open.value = false;
    this.flaws.value = {};
  }

  /** As a `start` carries them. */
  answers(values: Values): { fields?: Record<string, string>; consent?: true } {
    const fields = this.rules.value ? filled(this.rules.value, values) : {};
    return { ...(Object.keys(fields).length > 0 && { fields }), ...(this.agreed.value && { consent: true }) };
  }
}
