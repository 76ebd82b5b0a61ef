/** Figures in the reader's language. */

import { language } from "../ui.tsx";

export const numberOf = (n: number) => new Intl.NumberFormat(language.value).format(n);

/** `10.4%`; of nothing it is 0. `digits` behind the point. */
export function percentOf(part: number, whole: number, digits = 0): string {
  return new Intl.NumberFormat(language.value, { style: "percent", maximumFractionDigits: digits }).format(whole > 0 ? part / whole : 0);
}
