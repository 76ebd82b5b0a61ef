/** Which conversations stand on the counter: as many windows as there is room for, the oldest gives way. Pure. */

export interface Docked { id: string; minimised: boolean }

const NARROW = 600;
const WINDOW_PX = 250;

/** How many windows a page of this width holds beside rail and recap. */
export function room(width: number): number {
  if (width < NARROW) return 1;
  const beside = width >= 1440 ? 84 + 268 : 64 + 240;
  return Math.max(1, Math.floor((width - beside - 34) / WINDOW_PX));
}

/** Puts one on the counter. Replaces the oldest that is not `busy` (written in, or focused), or, if all are, the oldest. */
export function dock(docked: readonly Docked[], id: string, most: number, busy: (id: string) => boolean): Docked[] {
  if (docked.some((each) => each.id === id)) return docked.map((each) => (each.id === id ? { id, minimised: false } : each));
  const next = [...docked];
  while (next.length >= most) {
    const free = next.findIndex((each) => !busy(each.id));
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
