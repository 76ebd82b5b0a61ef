/** All about one person over REST, erasing it, and receipts. */

import type { Operator } from "../../shared/protocol.ts";
import { call, file, queryOf, shopPath, type Page } from "../rest.ts";

export type Kind = "conversation" | "offline_message" | "rating" | "transcript";

/** Something that happened; `conversation` and `offline_message` are what can be opened. */
export type Happening = { at: string; conversation?: string; offline_message?: string } & (
  | { kind: "conversation"; status: string; operators: Operator[]; messages: number; text: string | null }
  | { kind: "offline_message"; status: "new" | "answered" | "called"; text: string | null; answered_by: Operator | null }
  | { kind: "rating"; score: number; text: string | null }
  | { kind: "transcript"; by: "visitor" | "operator"; email: string | null }
);

export interface Person {
  id: string;
  signed_in: boolean;
  name?: string | null;
  email?: string | null;
  phone?: string | null;
  /** Newest first. */
  languages: string[];
  since: string | null;
  also_known_as: { id: string; since: string | null }[];
  /** What erasing ends. */
  ongoing: { id: string; operator: Operator | null }[];
  counts: {
    all: number; conversations: number; offline_messages: number; ratings: number; transcripts: number; notes: number; log_entries: number;
    orders: number; reviews: number; browsers: number;
  };
  retention: {
    conversations_days: number | null; oldest_conversation_goes: string | null;
    offline_messages_days: number | null; oldest_offline_message_goes: string | null;
  };
  backups_days: number;
  timeline: Page<Happening>;
}

export interface Erasure {
  number: number;
  receipt: string;
  state: "running" | "failing" | "done";
  asked_at: string;
  asked_by: Operator | null;
  done_at: string | null;
  steps: { step: string; state: "done" | "running" | "waiting"; at: string | null }[];
  removed: { conversations: number; offline_messages: number; files: number; mails: number; log_entries: number };
  key_print: string | null;
  checked_at: string | null;
  backups: { days: number; gone_by: string | null };
  error: string | null;
}

/** What the answer of 410 says besides. */
export interface Erased { number: number; receipt: string; asked_at: string; done_at: string | null }

const of = (shop: string, id: string, ...parts: string[]) => shopPath(shop, "customers", id, ...parts);

export const read = (shop: string, id: string, kind: Kind | "", cursor?: string) =>
  call<Person>("GET", of(shop, id) + queryOf({ kind, cursor }));
export const exported = (shop: string, id: string, notes: boolean) => file("POST", `${of(shop, id, "export")}?notes=${notes}`);
/** What has to be typed before somebody is erased. */
export const phraseFor = (id: string) => `ERASE ${id}`;
export const erase = (shop: string, id: string, key: string) =>
  call<{ number: number; receipt: string }>("DELETE", of(shop, id), { body: { confirm: phraseFor(id) }, key });
export const erasure = (shop: string, number: string) => call<Erasure>("GET", shopPath(shop, "erasures", number));
export const retryErasure = (shop: string, number: string) => call<null>("POST", shopPath(shop, "erasures", number, "retry"));
