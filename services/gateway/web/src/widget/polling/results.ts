/** What came of a poll so far. Pure. */

import type { Poll } from "./poll.ts";

export interface Line { id: string; text: string; percent: number; mine: boolean }

/** The answers with their shares, what got most first, else in the shop's order; and how many have voted. */
export function resultsOf({ answers, voted }: Poll, counts: Record<string, number>): { lines: Line[]; votes: number } {
  const votes = answers.reduce((sum, { id }) => sum + (counts[id] ?? 0), 0);
  const lines = [...answers]
    .sort((one, other) => (counts[other.id] ?? 0) - (counts[one.id] ?? 0))
    .map(({ id, text }) => ({ id, text, percent: votes > 0 ? Math.round(((counts[id] ?? 0) * 100) / votes) : 0, mine: id === voted }));
  return { lines, votes };
}
