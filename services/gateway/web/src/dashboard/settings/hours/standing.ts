/** How the shop stands by its hours at a moment, in its own time zone. Pure. */

import type { OpeningHours, Span } from "../shop-settings.ts";
import { clockOf } from "./spans.ts";

const DAY_MS = 86_400_000;
const LOOK_AHEAD_DAYS = 14;
const CLOCK_CHANGE_DAYS = 180;

/** `until`: when that changes, on which day after today; none if it does not soon. */
export interface Standing { open: boolean; until?: { clock: string; days: number; date: string } }

/** Making one takes a hundred times as long as using it. */
const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(zone: string): Intl.DateTimeFormat {
  const made = formats.get(zone) ?? new Intl.DateTimeFormat("en-CA", { timeZone: zone, year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
  formats.set(zone, made);
  return made;
}

/** A moment as the shop's wall shows it: `2026-11-22`, and minutes of that day. */
export function wallOf(zone: string, at: number): { date: string; minutes: number } {
  const parts = formatOf(zone).formatToParts(at);
  const of = (type: string) => parts.find((part) => part.type === type)?.value ?? "";
  return { date: `${of("year")}-${of("month")}-${of("day")}`, minutes: Number(of("hour")) * 60 + Number(of("minute")) };
}

/** The hours of a calendar day; an exception wins over the week. */
export function hoursOn(hours: OpeningHours, date: string): readonly Span[] {
  const exception = hours.exceptions.find((each) => each.date === date);
  return exception ? exception.hours : hours.week[(new Date(`${date}T00:00:00Z`).getUTCDay() + 6) % 7] ?? [];
}

export function standingAt(hours: OpeningHours, zone: string, at: number): Standing {
  const { date, minutes } = wallOf(zone, at);
  const clock = clockOf(minutes);
  const open = hoursOn(hours, date).find((span) => span.opens <= clock && clock < span.closes);
  if (open) return { open: true, until: { clock: open.closes, days: 0, date } };
  for (let days = 0; days <= LOOK_AHEAD_DAYS; days++) {
    const day = later(date, days);
    const next = hoursOn(hours, day).map((span) => span.opens).filter((opens) => days > 0 || opens > clock).sort()[0];
    if (next !== undefined) return { open: false, until: { clock: next, days, date: day } };
  }
  return { open: false };
}

export const later = (date: string, days: number) => new Date(Date.parse(`${date}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);

/** The next day on which the zone's clocks change; null if they don't in half a year. */
export function clockChange(zone: string, at: number): string | null {
  const today = wallOf(zone, at).date;
  const offset = (date: string) => {
    const noon = Date.parse(`${date}T12:00:00Z`);
    const wall = wallOf(zone, noon);
    return Date.parse(`${wall.date}T${clockOf(wall.minutes)}:00Z`) - noon;
  };
  for (let days = 1; days <= CLOCK_CHANGE_DAYS; days++) {
    const day = later(today, days);
    if (offset(day) !== offset(later(today, days - 1))) return day;
  }
  return null;
}
