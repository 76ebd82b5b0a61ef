/** Opening hours as minutes of a day: reading, moving, joining, what is wrong. Pure. */

import type { OpeningHours, Span } from "../shop-settings.ts";

/** What a drag or an arrow moves by, in minutes; also the shortest span. */
export const STEP = 15;
export const DAY = 24 * 60;
const DAYTIME: Span = { opens: "09:00", closes: "17:00" };

export type Edge = "opens" | "closes" | "both";

export const minutesOf = (clock: string) => Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3));
export const clockOf = (minutes: number) => `${pad(Math.floor(minutes / 60))}:${pad(minutes % 60)}`;
const pad = (n: number) => String(n).padStart(2, "0");

/** `9:00` and `17:00`, as a sentence has them. */
export const shown = ({ opens, closes }: Span) => ({ opens: opens.replace(/^0/, ""), closes: closes.replace(/^0/, "") });

/** What somebody types as a time: `9`, `9:30`, `930`, `17.00`; null for what is none. */
export function typedClock(typed: string): string | null {
  const found = /^(\d{1,2})(?:[:.h ]?(\d{2}))?$/.exec(typed.trim());
  if (!found) return null;
  const minutes = Number(found[1]) * 60 + Number(found[2] ?? 0);
  return Number(found[2] ?? 0) < 60 && minutes <= DAY ? clockOf(minutes) : null;
}

/** Moved by so many minutes, by its beginning, its end or whole; it stays inside the day and keeps its least length. */
export function moved(span: Span, edge: Edge, by: number): Span {
  let [from, to] = [minutesOf(span.opens), minutesOf(span.closes)];
  if (edge === "both") {
    const step = Math.max(-from, Math.min(DAY - to, by));
    [from, to] = [from + step, to + step];
  } else if (edge === "opens") from = Math.max(0, Math.min(to - STEP, from + by));
  else to = Math.min(DAY, Math.max(from + STEP, to + by));
  return { opens: clockOf(from), closes: clockOf(to) };
}

export const inOrder = (day: readonly Span[]) => [...day].sort((a, b) => a.opens.localeCompare(b.opens) || a.closes.localeCompare(b.closes));

/** Where there is room for one more: after the last, else before the first, else nowhere. */
export function roomIn(day: readonly Span[]): Span | null {
  if (day.length === 0) return DAYTIME;
  const [first, last] = [inOrder(day)[0]!, inOrder(day).at(-1)!];
  const [from, until] = [minutesOf(last.closes) + 60, minutesOf(first.opens) - 60];
  if (from + 60 <= DAY) return { opens: clockOf(from), closes: clockOf(Math.min(DAY, from + 120)) };
  return until - 60 >= 0 ? { opens: clockOf(Math.max(0, until - 120)), closes: clockOf(until) } : null;
}

/** The first two spans that overlap or touch. */
export function clashIn(day: readonly Span[]): [Span, Span] | null {
  const spans = inOrder(day);
  const at = spans.findIndex((span, index) => index > 0 && span.opens <= spans[index - 1]!.closes);
  return at < 0 ? null : [spans[at - 1]!, spans[at]!];
}

/** One span in place of two that overlap or touch. */
export function joined(day: readonly Span[]): Span[] {
  const spans: Span[] = [];
  for (const span of inOrder(day)) {
    const last = spans.at(-1);
    if (last && span.opens <= last.closes) spans[spans.length - 1] = { opens: last.opens, closes: span.closes > last.closes ? span.closes : last.closes };
    else spans.push(span);
  }
  return spans;
}

export const openMinutes = (day: readonly Span[]) => day.reduce((sum, span) => sum + minutesOf(span.closes) - minutesOf(span.opens), 0);

/** As one begins with: Monday to Friday. */
export const usualHours = (): OpeningHours => ({ week: Array.from({ length: 7 }, (_, day) => (day < 5 ? [DAYTIME] : [])), exceptions: [] });

export const withDay = (hours: OpeningHours, day: number, spans: Span[]): OpeningHours => ({ ...hours, week: hours.week.map((each, at) => (at === day ? spans : each)) });
