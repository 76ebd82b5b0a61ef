/** Polls over REST. */

import { call, newKey, queryOf, shopPath, type Page } from "../rest.ts";

export interface Answer { id: string; text: string }
export type Results = "after_vote" | "never";

/** What a poll asks; on pages in any language, or of any group, if it names none. Without `closes_at` it is open until somebody closes it. */
export interface Content { question: string; answers?: Answer[]; language?: string | null; groups?: string[]; opens_at?: string | null; closes_at?: string | null; results?: Results }

export type State = "draft" | "planned" | "open" | "closed" | "archived";

export interface Poll {
  id: string;
  state: State;
  content: Content;
  votes: number;
  author: { id: string; name: string };
  created_at: string;
  last_vote_at?: string;
  opened_at?: string;
  closed_at?: string;
}

/** `counts` by answer; `plot` leaves out the buckets without votes, each of which is `width` seconds wide. */
export interface Counted extends Poll { counts: Record<string, number>; plot: { at: string; votes: number }[]; width: number }

/** What the log itself says. */
export interface Recount { votes: number; agrees: boolean }

const path = (shop: string, ...parts: string[]) => shopPath(shop, "polls", ...parts);

export const list = (shop: string, state: State | "", cursor?: string) => call<Page<Poll>>("GET", `${path(shop)}${queryOf({ state, cursor })}`);
export const read = (shop: string, id: string) => call<Counted>("GET", path(shop, id));
/** The same `key` makes it once. */
export const draft = (shop: string, content: Content, key: string) => call<Counted>("POST", path(shop), { body: { content }, key });
export const change = (shop: string, id: string, content: Content) => call<Counted>("PUT", path(shop, id), { body: { content }, key: newKey() });
export const discard = (shop: string, id: string) => call<null>("DELETE", path(shop, id), { key: newKey() });

export type Deed = "start" | "close" | "archive";
export const tell = (shop: string, id: string, deed: Deed) => call<Counted>("POST", path(shop, id, deed), { body: {}, key: newKey() });
export const recount = (shop: string, id: string) => call<Recount>("POST", path(shop, id, "recount"), { body: {} });

/** `semicolon`: as spreadsheets in French or Polish read it. */
export const votesAddress = (shop: string, id: string, semicolon: boolean) =>
  `/v1${path(shop, `${id}.csv`)}${queryOf({ separator: semicolon ? "semicolon" : undefined })}`;
