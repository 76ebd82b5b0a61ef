/** Reviews, and how customers are asked for them, over REST. */

import { call, newKey, queryOf, shopPath, type Page } from "../rest.ts";

export const STATES = ["waiting", "published", "rejected"] as const;
export type State = (typeof STATES)[number];
/** What a text seems to hold that others had better not read. */
export type Hint = "phone" | "email" | "link";
export type Stars = 1 | 2 | 3 | 4 | 5;

/** `by`: whose reply it is, by name. */
export interface Reply { text: string; at: string; by?: string }

export interface Review {
  id: string;
  sku: string;
  product: string;
  variant?: string;
  /** Of the product: https. */
  image?: string;
  stars: Stars;
  text: string;
  /** How they are called in public; empty if they gave no name. */
  author: string;
  confirmed: boolean;
  order?: string;
  language: string;
  state: State;
  written_at: string;
  reply?: Reply;
  hints: Hint[];
}

export type Counts = Record<State, number>;
export interface Reviews extends Page<Review> { counts: Counts }
/** Of published reviews. `average` is 0 without any. */
export interface Figures { average: number; count: number; confirmed: number; stars: Record<Stars, number> }

export interface ReviewQuery { state: State; q?: string; stars?: Stars | null }

const path = (shop: string, ...parts: string[]) => shopPath(shop, "reviews", ...parts);
const asked = ({ state, q, stars }: ReviewQuery) => ({ state, q: q?.trim(), stars: stars ? String(stars) : "" });

export const list = (shop: string, query: ReviewQuery, cursor?: string) => call<Reviews>("GET", `${path(shop)}${queryOf({ ...asked(query), cursor })}`);
export const counts = async (shop: string) => (await call<Reviews>("GET", `${path(shop)}${queryOf({ state: "waiting", limit: "1" })}`)).counts;
export const figures = (shop: string) => call<Figures>("GET", path(shop, "figures"));

export type Deed = "publish" | "reject";
export const decide = (shop: string, id: string, deed: Deed) => call<Review>("POST", path(shop, id, deed), { body: {}, key: newKey() });
/** An empty text takes the reply away. The same `key` says it once. */
export const reply = (shop: string, id: string, text: string, key: string) => call<Review>("PUT", path(shop, id, "reply"), { body: { text }, key });

/** With semicolons where a comma is for decimals. */
export const exportAddress = (shop: string, query: ReviewQuery, semicolon: boolean) =>
  `/v1${shopPath(shop, "reviews.csv")}${queryOf({ ...asked(query), separator: semicolon ? "semicolon" : undefined })}`;

/** What became of a table: how many reviews are new, how many were there before, and which lines were not taken, `field` naming the column. */
export interface Brought { imported: number; known: number; wrong: { line: number; detail: string; field?: string }[] }
export const bring = (shop: string, table: Blob) => call<Brought>("POST", shopPath(shop, "reviews.csv"), { body: new Blob([table], { type: "text/csv" }), key: newKey() });

/** How customers are asked: `days` after the order was placed or received, at `hour` o'clock in `zone`. */
export interface Rules {
  on: boolean;
  mode: "placed" | "received";
  days: number;
  hour: number;
  zone: string;
  /** So long after the mail; null: there is no reminder. */
  reminder_days: number | null;
  /** So long a link is good. */
  link_days: number;
}

export const rules = (shop: string) => call<Rules>("GET", shopPath(shop, "review-rules"));
export const setRules = (shop: string, given: Rules) => call<Rules>("PUT", shopPath(shop, "review-rules"), { body: given, key: newKey() });

export const SHELVES = ["planned", "sent", "withheld"] as const;
export type Shelf = (typeof SHELVES)[number];
export type Reason = "off" | "cancelled" | "returned" | "unsubscribed" | "bounced" | "reviewed" | "no_address";

/** One mail. `would`: what came of it if it were due now. */
export interface ReviewRequest {
  id: string;
  number: string;
  step: "request" | "reminder";
  state: Shelf | "stopped";
  due_at: string | null;
  at: string;
  reason: Reason | null;
  name: string | null;
  products: string[];
  opened_at: string | null;
  would: "send" | Reason | null;
}

export const requests = (shop: string, state: Shelf, cursor?: string) => call<Page<ReviewRequest>>("GET", `${shopPath(shop, "review-requests")}${queryOf({ state, cursor })}`);

/** Of the last `days` days; `planned`: mails to come. */
export interface Asked { days: number; sent: number; opened: number; wrote: number; reminded: number; withheld: Partial<Record<Reason, number>>; unsubscribed: number; planned: number }
export const asking = (shop: string) => call<Asked>("GET", shopPath(shop, "review-requests", "figures"));
