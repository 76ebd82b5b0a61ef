/** Moments in the reader's language and time zone. Pure. */

import { clockTime, type Language } from "../shared/language.ts";

const DAY_MS = 86_400_000;

/** `today, 14:07`, `yesterday, 17:31`, `20 Nov, 14:11`, and with its year if that is another. */
export function momentOf(language: Language, at: string, now: number): string {
  return `${dayWord(language, new Date(at), new Date(now))}, ${clockTime(language, at)}`;
}

/** The same where it stands alone: `Today, 14:07`. */
export function momentAlone(language: Language, at: string, now: number): string {
  const moment = momentOf(language, at, now);
  return moment.slice(0, 1).toLocaleUpperCase(language) + moment.slice(1);
}

/** The day of a moment where it stands alone: `Today`, `Yesterday`, `20 Nov`. */
export function dayAlone(language: Language, at: string, now: number): string {
  const day = dayWord(language, new Date(at), new Date(now));
  return day.slice(0, 1).toLocaleUpperCase(language) + day.slice(1);
}

function dayWord(language: Language, then: Date, today: Date): string {
  const days = Math.round((midnight(then) - midnight(today)) / DAY_MS);
  if (days === 0 || days === -1) return new Intl.RelativeTimeFormat(language, { numeric: "auto" }).format(days, "day");
  const year = then.getFullYear() === today.getFullYear() ? {} : { year: "numeric" as const };
  return new Intl.DateTimeFormat(dayFirst(language), { day: "numeric", month: "short", ...year }).format(then);
}

const midnight = (day: Date) => new Date(day.getFullYear(), day.getMonth(), day.getDate()).getTime();
/** Plain English begins with the month. */
const dayFirst = (language: Language) => (language === "en" ? "en-GB" : language);

/** `12 March 2024`. */
export function dayOf(language: Language, at: string): string {
  return new Intl.DateTimeFormat(dayFirst(language), { dateStyle: "long" }).format(new Date(at));
}

/** `Monday 23 November`. */
export function weekdayOf(language: Language, at: string): string {
  return new Intl.DateTimeFormat(dayFirst(language), { weekday: "long", day: "numeric", month: "long" }).format(new Date(at));
}

/** `22 November 2026, 15:02:14`. */
export function exactly(language: Language, at: string): string {
  const time = new Intl.DateTimeFormat(language, { hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23" });
  return `${dayOf(language, at)}, ${time.format(new Date(at))}`;
}

/** What is left until a moment: `0:40`, `12:05`, `1:02:00`; null once it has come. */
export function countdown(at: string, now: number): string | null {
  const seconds = Math.ceil((Date.parse(at) - now) / 1000);
  if (!(seconds > 0)) return null;
  const parts = [Math.floor(seconds / 3600), Math.floor((seconds % 3600) / 60), seconds % 60];
  const shown = parts[0] ? parts : parts.slice(1);
  return shown.map((part, at) => (at ? String(part).padStart(2, "0") : String(part))).join(":");
}

/** The day that many days before a moment, as `2026-03-31`. */
export function dayBefore(now: number, days: number): string {
  const day = new Date(now - days * DAY_MS);
  return [day.getFullYear(), day.getMonth() + 1, day.getDate()].map((part) => String(part).padStart(2, "0")).join("-");
}

/** A calendar day of the reader's as the moment at which it begins, `later` days on. */
export function dayStart(day: string, later = 0): string | undefined {
  const [year, month, date] = day.split("-").map(Number);
  const found = new Date(year ?? NaN, (month ?? NaN) - 1, (date ?? NaN) + later);
  return Number.isNaN(found.getTime()) ? undefined : found.toISOString();
}
