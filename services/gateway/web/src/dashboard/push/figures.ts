/** How far a campaign is, and its plot. Pure. */

import type { Bucket, Counts, Progress } from "./rest.ts";

/** Those for whom it is decided. */
export const doneOf = ({ sent, failed, gone, held_back, cancelled }: Counts) => sent + failed + gone + held_back + cancelled;
export const triedOf = ({ sent, failed, gone }: Counts) => sent + failed + gone;

/** Whether something may still become of somebody: of one that was stopped, until what was under way has arrived. */
export const isMoving = ({ status, finished_at: end }: Pick<Progress, "status" | "finished_at">) => status === "sending" || status === "paused" || (status === "cancelled" && !end);

export interface Grown { at: number[]; sent: number[]; clicked: number[]; failed: number[] }

/** Sums from nothing at the start up to `now`; those that are gone are among the failed. A bucket's sum stands at its end, which is the next one's beginning. `moving`: also that nothing happened lately is shown. */
export function grown(plot: readonly Bucket[], startedAt: string | null | undefined, now: number, moving = false): Grown {
  const all: Grown = { at: [], sent: [], clicked: [], failed: [] };
  if (plot.length === 0) return all;
  const begins = plot.map((bucket) => Date.parse(bucket.at));
  const width = plot.length > 1 ? Math.min(...begins.slice(1).map((begin, index) => begin - begins[index]!)) : 60_000;
  const start = Math.min(begins[0]!, startedAt ? Date.parse(startedAt) : begins[0]!);
  const add = (at: number, bucket?: Bucket) => {
    all.at.push(at);
    for (const name of ["sent", "clicked", "failed"] as const) all[name].push((all[name].at(-1) ?? 0) + (bucket ? bucket[name] + (name === "failed" ? bucket.gone : 0) : 0));
  };
  add(start);
  for (const [index, bucket] of plot.entries()) {
    // Where nothing happened the line stays level.
    if (begins[index]! > all.at.at(-1)!) add(begins[index]!);
    add(Math.max(all.at.at(-1)! + 1, Math.min(begins[index]! + width, Math.max(now, begins[index]! + 1))), bucket);
  }
  if (moving && now > all.at.at(-1)!) add(now);
  return all;
}

/** When the last will have been tried at this pace. */
export function forecastOf(campaign: Progress, now: number): { at: number; value: number } | undefined {
  const { status, left_seconds: left, counts } = campaign;
  if (status !== "sending" || !left || counts.audience === null) return undefined;
  return { at: now + left * 1000, value: counts.audience - counts.failed - counts.gone - counts.held_back };
}
