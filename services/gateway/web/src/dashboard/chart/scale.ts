/** Where things stand in a plot. Pure. */

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
export const DAY_MS = 24 * HOUR_MS;

/** Between the marks of an axis of time. */
const STEPS_MS = [1, 2, 4, 5, 10, 20, 30].map((minutes) => minutes * MINUTE_MS).concat([1, 2, 4, 6, 12].map((hours) => hours * HOUR_MS), [1, 2, 4, 7, 14, 30, 90, 365].map((days) => days * DAY_MS));

/** Round numbers from 0 until at least `most`, about as many as wanted. */
export function ticksTo(most: number, about = 4): number[] {
  const rough = most / about;
  const power = 10 ** Math.max(0, Math.floor(Math.log10(rough || 1)));
  const step = [1, 2, 2.5, 5, 10].map((factor) => factor * power).find((each) => each >= rough && Number.isInteger(each))!;
  return Array.from({ length: Math.ceil(Math.max(most, 1) / step) + 1 }, (_, at) => at * step);
}

/** Round moments from one to another, at most so many, by the wall clock of whoever looks; the first one if there are none. */
export function moments(from: number, to: number, most: number): { at: number[]; days: boolean } {
  const step = STEPS_MS.find((each) => (to - from) / each < Math.max(1, most)) ?? STEPS_MS.at(-1)!;
  const midnight = new Date(from).setHours(0, 0, 0, 0);
  const first = step >= DAY_MS ? midnight : midnight + Math.ceil((from - midnight) / step) * step;
  const nth = (count: number) => (step >= DAY_MS ? daysOn(first, (count * step) / DAY_MS) : first + count * step);
  const at: number[] = [];
  for (let count = 0; nth(count) <= to; count++) if (nth(count) >= from) at.push(nth(count));
  // So short a while may have no round moment.
  return { at: at.length ? at : [from], days: step >= DAY_MS };
}

/** The same time of day, also over a change of the clocks. */
function daysOn(from: number, days: number): number {
  const day = new Date(from);
  return day.setDate(day.getDate() + days);
}

/** Takes a value to its place: `from` of the domain to `to` of the range. */
export const scaleOf = ([low, high]: readonly [number, number], [start, end]: readonly [number, number]) => (value: number) =>
  start + ((value - low) / (high - low || 1)) * (end - start);

/** Places for labels that want to stand at `wanted`, so that none is nearer to another than `gap` nor beyond `lowest`. */
export function apart(wanted: readonly number[], gap: number, lowest: number): number[] {
  const order = wanted.map((_, at) => at).sort((a, b) => wanted[b]! - wanted[a]!);
  const placed = [...wanted];
  let floor = lowest;
  for (const at of order) {
    placed[at] = Math.min(placed[at]!, floor);
    floor = placed[at]! - gap;
  }
  return placed;
}

/** The moment nearest to one. */
export function nearest(at: readonly number[], moment: number): number {
  let best = 0;
  for (const [index, each] of at.entries()) if (Math.abs(each - moment) < Math.abs(at[best]! - moment)) best = index;
  return best;
}
