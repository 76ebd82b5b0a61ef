/**
 * What the visitor has typed and not sent.
 *
 * The composer and the forms' message are one text, the forms' other fields are shared, so nothing is typed twice or lost
 * when the shop opens or closes meanwhile. It outlives a page load, and on a shared computer is seen by nobody else.
 */

import type { FieldName, Values } from "./fields.ts";
import { signal } from "./signals.ts";
import type { Attempt, TabMemory } from "./tab-memory.ts";

export class Typed {
  readonly text = signal("");
  /** All but the message, also after they were sent: the next form has them filled in. */
  readonly fields = signal<Values>({});
  attempt: Attempt | undefined;
  owner = "guest";
  private fieldsUnsent = false;
  private readonly memory: TabMemory;

  constructor(memory: TabMemory) {
    this.memory = memory;
  }

  get values(): Values {
    return { ...this.fields.value, message: this.text.value };
  }

  /** Whether there is anything that would be a pity. */
  get unsent(): boolean {
    return this.fieldsUnsent || this.text.value !== "";
  }

  write(text: string): void {
    this.text.value = text;
    this.keep();
  }

  fill(name: FieldName, value: string): void {
    if (name === "message") return this.write(value);
    this.fields.value = { ...this.fields.value, [name]: value };
    this.fieldsUnsent = true;
    this.keep();
  }

  /** What the shop knows of a customer stands in the fields, unless something was typed there. */
  suggest(values: Values): void {
    this.fields.value = { ...values, ...this.fields.value };
  }

  /** It has arrived. The page still knows the fields, the tab's memory does not. */
  sent(): void {
    this.attempt = undefined;
    this.fieldsUnsent = false;
    this.write("");
  }

  forget(): void {
    this.fields.value = {};
    this.sent();
  }

  keep(): void {
    const { owner, attempt } = this;
    this.memory.draft = {
      owner, text: this.text.value, ...(this.fieldsUnsent && { fields: this.fields.value }), ...(attempt && { attempt }),
    };
  }

  /** A customer's come back to that customer only, and are gone once somebody else is `known` to be here. */
  restore(known: boolean): void {
    const kept = this.memory.draft;
    if (!kept || this.text.value) return;
    if (kept.owner === this.owner || kept.owner === "guest") {
      this.text.value = kept.text;
      this.attempt = kept.attempt;
      this.fieldsUnsent = kept.fields !== undefined;
      this.fields.value = { ...kept.fields, ...this.fields.value };
    } else if (known) this.memory.draft = null;
  }
}
