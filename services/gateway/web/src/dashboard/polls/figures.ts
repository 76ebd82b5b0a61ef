/** A poll's votes as plots want them. Pure. */

import type { Bar } from "../chart/bars.tsx";
import type { Content, Counted } from "./rest.ts";

/** What got most comes first, else as the shop has put them. */
export function barsOf({ answers = [] }: Content, counts: Record<string, number>): (Bar & { id: string })[] {
  return answers.map(({ id, text }) => ({ id, name: text, count: counts[id] ?? 0 })).sort((one, other) => other.count - one.count);
}

/** How many had voted at each moment, from the opening until the end, or now. */
export function grown({ opened_at: opened, closed_at: closed, plot, width }: Pick<Counted, "opened_at" | "closed_at" | "plot" | "width">, now: number): { at: number[]; votes: number[] } {
  if (!opened) return { at: [], votes: [] };
  const start = Date.parse(opened);
  const end = Math.max(closed ? Date.parse(closed) : now, start + 1);
  const at = [start];
  const votes = [0];
  let sum = 0;
  for (const bucket of plot) {
    const from = Math.max(start, Date.parse(bucket.at));
    if (from > at.at(-1)!) {
      at.push(from);
      votes.push(sum);
    }
    sum += bucket.votes;
    const until = Math.min(end, from + width * 1_000);
    if (until > at.at(-1)!) {
      at.push(until);
      votes.push(sum);
    } else votes[votes.length - 1] = sum;
  }
  if (end > at.at(-1)!) {
    at.push(end);
    votes.push(sum);
  }
  return { at, votes };
}
