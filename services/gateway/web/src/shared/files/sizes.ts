/** How much is in a file, for people. Pure. */

import type { Language } from "../language.ts";

const UNITS = ["byte", "kilobyte", "megabyte"] as const;

/** `2.1 MB`, in the reader's way of writing it; a kilobyte has 1,024 bytes. */
export function sizeText(language: Language, bytes: number): string {
  const power = bytes < 1024 ? 0 : bytes < 1000 * 1024 ? 1 : 2;
  const digits = power === 2 ? 1 : 0;
  return new Intl.NumberFormat(language, { style: "unit", unit: UNITS[power]!, maximumFractionDigits: digits }).format(bytes / 1024 ** power);
}
