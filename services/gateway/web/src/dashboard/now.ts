/** The moment that "48 s ago" is reckoned from; renewed now and then. */

import { signal } from "@preact/signals";

export const now = signal(Date.now());
