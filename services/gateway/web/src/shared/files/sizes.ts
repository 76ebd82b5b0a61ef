/** How much is in a file, for people. Pure. */

import type { Language } from "../language.ts";

/** `2.1 MB`, in the reader's way of writing it; a kilobyte has 1,024 bytes, and is the least that is said. */
export function sizeText(language: Language, bytes: number): string {
  const kilobytes = Math.ceil(bytes / 1024);
  const [unit, n] = kilobytes < 1000 ? (["kilobyte", kilobytes] as const) : (["megabyte", bytes / 1024 ** 2] as const);
  return new Intl.NumberFormat(language, { style: "unit", unit, maximumFractionDigits: 1 }).format(n);
}
