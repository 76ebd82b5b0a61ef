/** How many messages wait for an answer: the number in the rail, on every page. */

import { signal } from "@preact/signals";

import { list } from "./rest.ts";

export const EVERY_MS = 20_000;

export const toAnswer = signal(0);
export const failedMails = signal(0);

export function counted(counts: { new: number; failed: number }): void {
  toAnswer.value = counts.new;
  failedMails.value = counts.failed;
}

/** A failure changes nothing: the next look is soon. */
export const count = (shop: string) => list(shop, { status: "new", q: "", limit: "1" }).then((inbox) => counted(inbox.counts), () => {});
