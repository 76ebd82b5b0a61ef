/** The offline inbox over REST. */

import type { Operator } from "../../shared/protocol.ts";
import { call, queryOf, shopPath, type Page } from "../rest.ts";

/** How a thing stands that was to be mailed; `none` where no mail was due, or its address is gone. */
export type MailState = "none" | "pending" | "mailed" | "failed";

/** One mail and how far it is. */
export interface Mail {
  kind: "offline_message" | "answer";
  status: "pending" | "sending" | "sent" | "failed" | "dropped";
  attempts: number;
  created_at: string;
  first_tried_at: string | null;
  next_at: string | null;
  sent_at: string | null;
  /** What the mail server said, without an address. */
  error: string | null;
}

export interface Answer { id: string; at: string; operator: Operator; text: string; mail: MailState }

export interface Message {
  id: string;
  status: "new" | "answered" | "called";
  left_at: string;
  locale: string;
  customer: { id: string; signed_in: boolean };
  first_name: string | null;
  last_name: string | null;
  email: string | null;
  phone: string | null;
  text: string | null;
  page: { url?: string; title?: string } | null;
  /** The mail to the shop. */
  mail: MailState;
  answers: Answer[];
  answered_by: Operator | null;
  called_at: string | null;
  called_by: Operator | null;
  mails: Mail[];
}

/** Mails that were tried and are not sent: since when, and when the next try is. */
export interface Queue { waiting: number; failed: number; since: string | null; next_at: string | null }

export interface Inbox extends Page<Message> {
  /** Of the whole shop, whatever the list is asked for. */
  counts: { all: number; new: number; answered: number; called: number; failed: number };
  mail: Queue;
}

export type StatusFilter = "" | "new" | "answered" | "called" | "failed";

export interface InboxQuery { status: StatusFilter; q: string; cursor?: string | undefined; limit?: string }

const of = (shop: string, ...parts: string[]) => shopPath(shop, "offline-messages", ...parts);

export const list = (shop: string, query: InboxQuery) => call<Inbox>("GET", of(shop) + queryOf({ ...query }));
export const exportAddress = (shop: string, { status, q }: InboxQuery) => `/v1${shopPath(shop, "offline-messages.csv")}${queryOf({ status, q })}`;
export const read = (shop: string, id: string) => call<Message>("GET", of(shop, id));
export const sendAnswer = (shop: string, id: string, text: string, key: string) => call<Message>("POST", of(shop, id, "answer"), { body: { text }, key });
export const markCalled = (shop: string, id: string) => call<Message>("POST", of(shop, id, "called"));
export const retry = (shop: string, id: string) => call<Message>("POST", of(shop, id, "retry"));
export const retryAll = (shop: string) => call<unknown>("POST", of(shop, "retry"));
export const remove = (shop: string, id: string) => call<null>("DELETE", of(shop, id));
