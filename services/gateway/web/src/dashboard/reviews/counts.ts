/** How many reviews there are of each state: the number in the rail is of those to read. */

import { signal } from "@preact/signals";

import * as rest from "./rest.ts";

export const counts = signal<rest.Counts>({ waiting: 0, published: 0, rejected: 0 });

/** A failure changes nothing: the next look is soon. */
export const count = (shop: string) => rest.counts(shop).then((found) => void (counts.value = found), () => {});
