/** A search that goes on in history: what history's own field is to begin with. */

import { signal } from "@preact/signals";

export const handed = signal<string | null>(null);

/** Once: the next visit to history begins with nothing. */
export function takeHanded(): string {
  const q = handed.peek() ?? "";
  handed.value = null;
  return q;
}
