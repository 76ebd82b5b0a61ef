/** Campaigns over REST, and how push stands at the shop. */

import { call, newKey, queryOf, shopPath, type Page } from "../rest.ts";

export interface Notice { subject: string; text?: string }
export interface Audience { languages?: string[]; groups?: string[]; older_than_days?: number; newer_than_days?: number }
export type Urgency = "very-low" | "low" | "normal" | "high";

/** What a campaign says, to whom and how; who gets none of its languages gets the first. `ttl` in seconds. */
export interface Content {
  notices: Record<string, Notice>;
  url: string;
  audience?: Audience;
  ttl?: number;
  urgency?: Urgency;
  topic?: string;
  /** `HH:MM`, in the subscriber's time zone. */
  quiet_hours?: { start?: string; end?: string } | null;
  cap?: { most?: number; days?: number } | null;
}

export type Status = "draft" | "scheduled" | "sending" | "paused" | "cancelled" | "finished";
/** `audience`: null until everybody has been written down. Too large and expired ones are among the failed. */
export interface Counts { audience: number | null; sent: number; clicked: number; failed: number; gone: number; held_back: number; cancelled: number; unsubscribed: number; uncertain: number }

export interface Campaign {
  id: string;
  status: Status;
  content: Content;
  author: { id: string; name: string };
  created_at: string;
  changed_at: string;
  send_at?: string | null;
  /** At that time in each subscriber's zone. */
  local: boolean;
  zone: string;
  started_at?: string | null;
  finished_at?: string | null;
  counts: Counts;
}

/** `service` is a domain, `name` what people call it. */
export interface ServiceFigures { service: string; name: string; sent: number; gone: number; failed: number; slowed_until?: string | null }
export interface LanguageFigures { language: string; sent: number; clicked: number }
/** What came within a bucket that begins at `at`. */
export interface Bucket { at: string; sent: number; clicked: number; failed: number; gone: number }

/** A push service asked to be left alone for this while. */
export interface Pause { service: string; name: string; since: string; until: string }

export interface Progress extends Campaign {
  waiting: number;
  retrying: number;
  /** Of these so many wait for the end of quiet hours. */
  quiet: number;
  by_service: ServiceFigures[];
  by_language: LanguageFigures[];
  plot: Bucket[];
  /** By their beginning. */
  pauses: Pause[];
  /** A minute. */
  rate: number;
  left_seconds?: number | null;
  /** Of those delivered so many unsubscribed after earlier campaigns, from 0 to 1; absent where there are few. */
  usual_unsubscribed?: number | null;
}

/** `quiet`: for so many of `count` it is quiet now, if quiet hours were named. Languages are without regions. */
export interface Reach { count: number; quiet: number; of: number; languages: { language: string; count: number }[]; groups: { group: string; count: number }[] }

/** What is wrong with the worker file at an origin of the shop. */
export type Reason = "unreachable" | "not_found" | "wrong_type" | "wrong_content";

export interface Figures {
  on: boolean;
  subscribers: number;
  added_30_days: number;
  left_30_days: number;
  /** In how many browsers whoever asks can be sent a test. */
  browsers: number;
  /** The address of the shop's own, or empty. */
  icon: string;
  worker: { path: string; snippet: string };
}

/** With how the file stands at each origin of the shop. */
export interface Standing extends Figures { worker: Figures["worker"] & { origins: { origin: string; ok: boolean; reason?: Reason | null }[] } }

/** What the ledger is filtered by; clicks and unsubscriptions come to what was sent. */
export const OUTCOMES = ["waiting", "retrying", "sent", "clicked", "failed", "gone", "held_back", "expired", "too_large", "cancelled", "unsubscribed"] as const;
export type OutcomeKind = (typeof OUTCOMES)[number] | "sending";

export interface Delivery { subscription: string; outcome: OutcomeKind; service: string; language: string; attempts: number; at: string | null; error?: string | null; uncertain: boolean; clicked: boolean; unsubscribed: boolean; next_at?: string | null }

const path = (shop: string, ...parts: string[]) => shopPath(shop, "campaigns", ...parts);

/** Looks at the shop's pages, too, which takes seconds where one does not answer. */
export const standing = (shop: string) => call<Standing>("GET", shopPath(shop, "push"));
export const figures = (shop: string) => call<Figures>("GET", `${shopPath(shop, "push")}?check=no`);
export const list = (shop: string, status: Status | "", cursor?: string) => call<Page<Campaign>>("GET", `${path(shop)}${queryOf({ status, cursor })}`);
export const read = (shop: string, id: string) => call<Progress>("GET", path(shop, id));
/** The same `key` makes it once. */
export const draft = (shop: string, content: Content, key: string) => call<{ id: string }>("POST", path(shop), { body: { content }, key });
export const change = (shop: string, id: string, content: Content) => call<{ id: string }>("PUT", path(shop, id), { body: { content }, key: newKey() });
export const discard = (shop: string, id: string) => call<null>("DELETE", path(shop, id), { key: newKey() });

/** When it goes out: now if there is no `at`. */
export interface When { at?: string; local?: boolean; zone?: string }
export const schedule = (shop: string, id: string, when: When) => call<unknown>("POST", path(shop, id, "schedule"), { body: when, key: newKey() });
export type Deed = "unschedule" | "pause" | "resume" | "cancel";
export const tell = (shop: string, id: string, deed: Deed) => call<unknown>("POST", path(shop, id, deed), { body: {}, key: newKey() });
/** To the own browsers of whoever asks, in one of its languages. */
export const test = (shop: string, id: string, language: string) => call<{ browsers: number }>("POST", path(shop, id, "test"), { body: { language }, key: newKey() });

export const reach = (shop: string, audience: Audience, quiet?: Content["quiet_hours"]) => call<Reach>("POST", path(shop, "audience"), { body: { audience, quiet_hours: quiet } });
export const lookAt = (shop: string, url: string) => call<{ found: boolean; status?: number | null }>("POST", path(shop, "url"), { body: { url } });

export const deliveries = (shop: string, id: string, outcome: OutcomeKind | "", cursor?: string) => call<Page<Delivery>>("GET", `${path(shop, id, "deliveries")}${queryOf({ outcome, cursor })}`);
/** `semicolon`: as spreadsheets in French or Polish read it. */
export const ledgerAddress = (shop: string, id: string, outcome: OutcomeKind | "", semicolon: boolean) =>
  `/v1${path(shop, id, "deliveries.csv")}${queryOf({ outcome, separator: semicolon ? "semicolon" : undefined })}`;
