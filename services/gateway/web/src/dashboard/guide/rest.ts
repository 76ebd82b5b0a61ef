/** What the guide, the help and the settings ask about the tag, the mail and whom to turn to. */

import { call, shopPath } from "../rest.ts";

export interface Tag {
  snippet: string;
  /** The newest first; times RFC 3339. */
  seen: { origin: string; pages: number; last_seen_at: string }[];
  refused: { origin: string; reason: string; at: string }[];
}

/** `pending` with an `error`: it was not taken, and is tried again at `next_at`. */
export interface TestMail {
  id: string;
  status: "pending" | "sending" | "sent" | "failed" | "dropped";
  error: string | null;
  next_at: string | null;
  to?: string | null;
}

export interface MailKey { domain: string; selector: string; name: string; record: string; signs: boolean }

export interface Contact {
  name: string;
  email: string;
  phone: string;
  version: string;
  running: { broker: boolean; mails_waiting: number; mails_since: string | null };
}

export const tag = (shop: string) => call<Tag>("GET", shopPath(shop, "tag"));
/** With a `step`: the mail about reviews to oneself, as it goes in this mode and language. */
export interface NewTestMail { step: "request" | "reminder"; mode: "placed" | "received"; language: string }
export const sendTest = (shop: string, wanted?: NewTestMail) => call<TestMail>("POST", shopPath(shop, "test-mail"), wanted && { body: wanted });
export const testMail = (shop: string, id: string) => call<TestMail>("GET", shopPath(shop, "test-mail", id));
export const mailKeys = async (shop: string) => (await call<{ items: MailKey[] }>("GET", shopPath(shop, "mail-keys"))).items;
export const contact = (shop: string) => call<Contact>("GET", shopPath(shop, "contact"));
/** Whether anything stands in history. */
export const hasHistory = async (shop: string) => (await call<{ items: unknown[] }>("GET", `${shopPath(shop, "conversations")}?limit=1`)).items.length > 0;
