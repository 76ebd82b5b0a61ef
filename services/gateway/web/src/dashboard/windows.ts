/** Which conversations stand on the counter: as many windows as there is room for, the oldest gives way. Pure. */

export interface Docked { id: string; minimised: boolean }

/** Below this a window fills the screen. All in CSS pixels. */
export const NARROW = 600;
const WIDE = 1720;
/** From `WIDE` on: five windows, and one for each of these. */
const WIDE_WINDOW = 258;
const WINDOW = 240;
const GAP = 10;
const PADDING = 24;

/** How many windows a page of this width holds beside the rail and, unless it is minimised, the recap. */
export function room(width: number, recap = true): number {
  if (width < NARROW) return 1;
  if (width >= WIDE) return 5 + Math.floor((width - WIDE) / WIDE_WINDOW) + (recap ? 0 : 1);
  const [rail, beside] = width >= 1440 ? [84, 268] : [64, 240];
  const free = width - rail - PADDING - (recap ? beside + GAP : 0);
  return Math.max(1, Math.floor((free + GAP) / (WINDOW + GAP)));
}

/**
 * Puts one on the counter; the oldest that are not `busy` (written in, or focused) give way. Are all busy, `insists`
 * says whether the oldest goes nevertheless, or the new one stays off the counter.
 */
export function dock(
  docked: readonly Docked[], id: string, most: number, busy: (id: string) => boolean, insists = true,
): Docked[] {
  if (docked.some((each) => each.id === id)) return docked.map((each) => (each.id === id ? { id, minimised: false } : each));
  const next = [...docked];
  while (next.length >= most) {
    const free = next.findIndex((each) => !busy(each.id));
    if (free < 0 && !insists) return [...docked];
    next.splice(Math.max(0, free), 1);
  }
  return [...next, { id, minimised: false }];
}

export function undock(docked: readonly Docked[], id: string): Docked[] {
  return docked.filter((each) => each.id !== id);
}

export function minimise(docked: readonly Docked[], id: string): Docked[] {
  return docked.map((each) => (each.id === id ? { id, minimised: !each.minimised } : each));
}
