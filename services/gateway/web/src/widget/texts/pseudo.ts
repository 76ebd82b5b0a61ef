/** English in a right-to-left order of letters: shows what does not mirror, readable to whoever mends it. */

import { texts as en, type WidgetTexts } from "./en.ts";

function mirrored<T>(text: T): T {
  if (typeof text === "string") return text.replace(/[^{}]+(?![^{]*\})/g, "\u202E$&\u202C") as T;
  return Object.fromEntries(Object.entries(text as object).map(([key, value]) => [key, mirrored(value as unknown)])) as T;
}

export const texts: WidgetTexts = mirrored(en);
