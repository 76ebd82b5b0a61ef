/** History over REST: lists, conversations whole, deletion, transcripts by mail. */

import type { EventFrame, Operator, VisitorInfo } from "../../shared/protocol.ts";
import { call, queryOf, shopPath, type Page } from "../rest.ts";

export interface HistoryItem {
  id: string;
  customer: VisitorInfo;
  last_message: string | null;
  last_message_at: string | null;
  status: string;
  started_at: string;
  operator: Operator | null;
  rating: number | null;
  messages: number;
}

/** `suggestion` comes with a first page on which nothing was found: what may have been meant. */
export interface Found extends Page<HistoryItem> { suggestion?: Suggestion | null }

export interface Suggestion { q: string; conversations: number }

/** How many a query finds; beyond the server's patience only that there are more. */
export interface Count { conversations: number; more: boolean }

export interface Conversation extends HistoryItem {
  ended_at: string | null;
  events: EventFrame[];
}

export type Sort = "-last_message_at" | "last_message_at" | "customer";

export interface HistoryQuery {
  q: string;
  from: string | undefined;
  to: string | undefined;
  customer: string;
  operator: string;
  signed_in: "" | "true" | "false";
  rating: "" | "1" | "2" | "3" | "4" | "5" | "none";
  sort: Sort;
}

export interface Outcome { deleted: string[]; failed: { id: string; code: string }[] }

const MOST_AT_ONCE = 500;

const fields = (query: HistoryQuery) => ({ ...query });

export const list = (shop: string, query: HistoryQuery, cursor?: string) =>
  call<Found>("GET", shopPath(shop, "conversations") + queryOf({ ...fields(query), cursor }));

export const count = (shop: string, query: HistoryQuery) =>
  call<Count>("GET", shopPath(shop, "conversations", "count") + queryOf({ ...fields(query), sort: undefined }));

export type Format = "csv" | "json";

/** Where all that a query finds, or what is chosen, can be downloaded. `semicolon`: as spreadsheets in French or Polish read it. */
export function exportAddress(shop: string, what: HistoryQuery | readonly string[], format: Format, semicolon: boolean): string {
  const which = Array.isArray(what) ? { ids: what.join(",") } : { ...fields(what as HistoryQuery), sort: undefined };
  const separator = format === "csv" && semicolon ? "semicolon" : undefined;
  return `/v1${shopPath(shop, `conversations.${format}`)}${queryOf({ ...which, separator })}`;
}

export const read = (shop: string, id: string) => call<Conversation>("GET", shopPath(shop, "conversations", id));

/** Deletes as many as are given; what could not be deleted is told, and the rest is. */
export async function remove(shop: string, ids: string[]): Promise<Outcome> {
  const all: Outcome = { deleted: [], failed: [] };
  for (let at = 0; at < ids.length; at += MOST_AT_ONCE) {
    const some = await call<Outcome>("POST", shopPath(shop, "conversations", "delete"), { body: { ids: ids.slice(at, at + MOST_AT_ONCE) } });
    all.deleted.push(...some.deleted);
    all.failed.push(...some.failed);
  }
  return all;
}

export const sendTranscript = (shop: string, id: string, email: string, key: string) =>
  call<null>("POST", shopPath(shop, "conversations", id, "transcript"), { body: { email }, key });
