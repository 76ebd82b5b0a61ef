/** Full jitter: every client picks anywhere between now and the ceiling, so that a crowd comes back spread out. */

export const FIRST_CEILING_MS = 2_000;
export const LAST_CEILING_MS = 30_000;

/** Milliseconds to wait before try `attempt` (0 for the first); `random` is in [0, 1). */
export function backoff(attempt: number, random: number, first = FIRST_CEILING_MS, last = LAST_CEILING_MS): number {
  const ceiling = Math.min(last, first * 2 ** Math.min(attempt, 16));
  return Math.floor(random * ceiling);
}
