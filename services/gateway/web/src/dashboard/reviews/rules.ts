/** The rules by which customers are asked, in words and as days. */

import { fill, plural, type Language } from "../../shared/language.ts";
import { wallOf } from "../settings/hours/standing.ts";
import { language } from "../ui.tsx";
import type { Rules } from "./rest.ts";
import { RULES } from "./rules-texts.ts";

export const DAY_MS = 86_400_000;
/** What the rules of the contract allow. */
export const BOUNDS = { days: [0, 365], reminder_days: [1, 90], link_days: [1, 365] } as const;

/** `One form for the whole order, 5 days after “received”.` */
export function inWords({ on, mode, days }: Rules): string {
  const texts = RULES[language.value];
  if (!on) return texts.off;
  return fill(texts.inWords[mode], { when: days === 0 ? texts.sameDay[mode] : plural(language.value, days, texts.when[mode]) });
}

/** The calendar day, as UTC midnight, on which who orders or receives `now` is asked: a day later if the hour is over. */
export function askedOn({ days, hour, zone }: Rules, now: number): number {
  const { date, minutes } = wallOf(zone, now);
  const later = days === 0 && minutes > hour * 60 ? 1 : 0;
  return Date.parse(`${date}T00:00:00Z`) + (days + later) * DAY_MS;
}

/** What the rules would do with an order of now. */
export function exampleOf(rules: Rules, now: number): string {
  const texts = RULES[language.value];
  const day = askedOn(rules, now);
  const reminded = rules.reminder_days === null ? "" : fill(texts.remindedAt, { day: dayWords(language.value, day + rules.reminder_days * DAY_MS) });
  // A short day of a language may end in a dot of its own.
  return `${fill(texts.example[rules.mode], { at: `${dayWords(language.value, day)}, ${hourWords(rules.hour)}` })}${reminded}.`.replace(/\.+$/, ".");
}

/** `Fri 27 Nov` of a UTC midnight. */
function dayWords(language: Language, day: number): string {
  return new Intl.DateTimeFormat(language === "en" ? "en-GB" : language, { weekday: "short", day: "numeric", month: "short", timeZone: "UTC" }).format(day);
}

export const hourWords = (hour: number) => `${String(hour).padStart(2, "0")}:00`;
