/** Days as people name them. Pure. */

import type { Language } from "../shared/language.ts";

const DAY_MS = 86_400_000;

/** "Today", "Yesterday", "3 October", "3 October 2025". */
export function dayOf(language: Language, day: Date, now: Date): string {
  const midnight = (date: Date) => Date.UTC(date.getFullYear(), date.getMonth(), date.getDate());
  const days = (midnight(day) - midnight(now)) / DAY_MS;
  const locale = language === "en" ? "en-GB" : language;
  const text = days === 0 || days === -1
    ? new Intl.RelativeTimeFormat(locale, { numeric: "auto" }).format(days, "day")
    : new Intl.DateTimeFormat(locale, { day: "numeric", month: "long", ...(day.getFullYear() !== now.getFullYear() && { year: "numeric" }) }).format(day);
  return text.charAt(0).toLocaleUpperCase(locale) + text.slice(1);
}
