/** Ids of what a shop makes itself: departments and invitations. Pure. */

import { asShortcut } from "../window/canned.ts";

const LONGEST = 36;

/** From the name, told apart from those there are: `after-sales`, `after-sales-2`. `kind` where the name has no letters of ours. */
export function newId(name: string, kind: string, taken: readonly string[]): string {
  const base = asShortcut(name).slice(0, LONGEST).replace(/-+$/, "") || kind;
  for (let n = 1; ; n++) {
    const id = n === 1 ? base : `${base}-${n}`;
    if (!taken.includes(id)) return id;
  }
}

/** `New department`, `New department 2`: no two have the same name. */
export function newName(name: string, taken: readonly string[]): string {
  for (let n = 1; ; n++) {
    const found = n === 1 ? name : `${name} ${n}`;
    if (!taken.includes(found)) return found;
  }
}
