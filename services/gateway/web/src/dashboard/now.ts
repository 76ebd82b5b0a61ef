/** The moments that "48 s ago" and "1:12" are reckoned from. */

import { signal } from "@preact/signals";

/** Renewed now and then. */
export const now = signal(Date.now());

let beat: ReturnType<typeof setInterval> | undefined;

/** Renewed every second, as long as somebody looks at it. */
export const second = signal(Date.now(), {
  watched() {
    this.value = Date.now();
    beat = setInterval(() => (second.value = Date.now()), 1_000);
  },
  unwatched() {
    clearInterval(beat);
  },
});
