/** In which unit a time is shown and typed. */

export const MINUTE_S = 60;

/** Seconds of the unit: minutes where it is several whole ones. `held`: the unit in which somebody types, which stays under their fingers. */
export function unitOf(seconds: number, held: number | null): number {
  return held ?? (seconds > MINUTE_S && seconds % MINUTE_S === 0 ? MINUTE_S : 1);
}
