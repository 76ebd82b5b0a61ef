/** What the history list is asked for. Pure. */

import { dayBefore, dayStart } from "../dates.ts";
import type { HistoryQuery, Sort } from "./rest.ts";

export type Period = "all" | "today" | "week" | "month" | "between";

export interface Filters {
  q: string;
  period: Period;
  /** Days of the reader's calendar, both inside; used when the period is `between`. */
  from: string;
  to: string;
  operator: string;
  signedIn: HistoryQuery["signed_in"];
  rating: HistoryQuery["rating"];
  customer: string;
  sort: Sort;
}

export const NO_FILTERS: Filters = {
  q: "", period: "all", from: "", to: "", operator: "", signedIn: "", rating: "", customer: "", sort: "-last_message_at",
};

const DAYS: Partial<Record<Period, number>> = { today: 0, week: 6, month: 29 };

export function isFiltered(filters: Filters): boolean {
  const { q: _, sort: __, ...rest } = filters;
  const { q: ___, sort: ____, ...none } = NO_FILTERS;
  return JSON.stringify(rest) !== JSON.stringify(none);
}

export function queryFor(filters: Filters, now: number): HistoryQuery {
  const { q, operator, signedIn, rating, customer, sort } = filters;
  return { q: q.trim(), operator, signed_in: signedIn, rating, customer, sort, ...span(filters, now) };
}

function span({ period, from, to }: Filters, now: number): { from: string | undefined; to: string | undefined } {
  const days = DAYS[period];
  if (days !== undefined) return { from: dayStart(dayBefore(now, days)), to: undefined };
  if (period === "all") return { from: undefined, to: undefined };
  // The end is outside for the server, and the reader's last day is inside.
  return { from: dayStart(from), to: dayStart(to, 1) };
}

/** What a click on a column's head asks for. */
export function nextSort(now: Sort, column: "customer" | "time"): Sort {
  if (column === "customer") return "customer";
  return now === "-last_message_at" ? "last_message_at" : "-last_message_at";
}
