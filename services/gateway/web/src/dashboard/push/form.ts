/** A campaign as it is being composed: what is typed, what is wrong with it, and what is sent. Pure. */

import { clockOf } from "../settings/hours/spans.ts";
import { later, wallOf } from "../settings/hours/standing.ts";
import type { Audience, Campaign, Content, Notice, Urgency, When } from "./rest.ts";

export const SUBJECT_MOST = 60;
export const TEXT_MOST = 180;
/** So much of the text phones show before it is opened. */
export const TEXT_SEEN = 90;
export const URL_MOST = 2_000;
export const TOPIC_MOST = 32;
export const DAYS_MOST = 3_650;
export const CAP_MOST = 100;
const HOUR_S = 3_600;
const DAY_S = 24 * HOUR_S;
export const TTLS_S = [0, HOUR_S, 4 * HOUR_S, 12 * HOUR_S, DAY_S, 3 * DAY_S, 7 * DAY_S, 28 * DAY_S] as const;
export const URGENCIES_IN_ORDER: readonly Urgency[] = ["very-low", "low", "normal", "high"];

export type Whom = "everyone" | "some" | "me";
/** `later`: it stays a draft. `date` as `2026-11-23`, `time` as `09:00`, by the shop's clock. */
export interface Timing { kind: "now" | "at" | "later"; date: string; time: string; local: boolean }

export interface Form {
  notices: Record<string, Notice>;
  url: string;
  whom: Whom;
  audience: Audience;
  timing: Timing;
  ttl: number;
  urgency: Urgency;
  topic: string;
  quiet: { start: string; end: string } | null;
  cap: { most: number; days: number } | null;
}

/** As most are sent: to everybody, tomorrow at nine, not at night, and two a week at most. */
export function freshForm(zone: string, now: number): Form {
  const timing: Timing = { kind: "now", date: later(wallOf(zone, now).date, 1), time: "09:00", local: true };
  return { notices: {}, url: "", whom: "everyone", audience: {}, timing, ttl: 12 * HOUR_S, urgency: "normal", topic: "", quiet: { start: "21:00", end: "08:00" }, cap: { most: 2, days: 7 } };
}

/** A draft's, as the gateway has it. */
export function formOf({ content, send_at, local, zone }: Pick<Campaign, "content" | "send_at" | "local" | "zone">, fresh: Form): Form {
  const { audience = {}, ttl = 12 * HOUR_S, urgency = "normal", topic = "", quiet_hours: quiet, cap } = content;
  const wall = send_at ? wallOf(zone, Date.parse(send_at)) : null;
  return {
    notices: content.notices, url: content.url, whom: isNarrowed(audience) ? "some" : "everyone", audience, ttl, urgency, topic,
    timing: wall ? { kind: "at", date: wall.date, time: clockOf(wall.minutes), local } : fresh.timing,
    quiet: quiet ? { start: quiet.start ?? "21:00", end: quiet.end ?? "08:00" } : null,
    cap: cap ? { most: cap.most ?? 2, days: cap.days ?? 7 } : null,
  };
}

export const isNarrowed = ({ languages = [], groups = [], older_than_days, newer_than_days }: Audience) =>
  languages.length + groups.length > 0 || older_than_days !== undefined || newer_than_days !== undefined;

/** Languages with a subject, in the order of the shop's: the first is for who reads none of them. */
export function contentOf(form: Form, languages: readonly string[]): Content {
  const order = [...languages, ...Object.keys(form.notices).filter((tag) => !languages.includes(tag))];
  const written = order.flatMap((tag) => {
    const { subject = "", text = "" } = form.notices[tag] ?? {};
    return subject.trim() ? [[tag, { subject: subject.trim(), ...(text.trim() ? { text: text.trim() } : {}) }] as const] : [];
  });
  return {
    notices: Object.fromEntries(written), url: form.url.trim(), audience: form.whom === "everyone" ? {} : form.audience, ttl: form.ttl, urgency: form.urgency,
    topic: form.topic, quiet_hours: form.quiet, cap: form.cap,
  };
}

/** Whether the gateway can keep it. */
export const isKeepable = (content: Content) => Object.keys(content.notices).length > 0;

export type Field = "subject" | "text" | "url" | "timing";
export type Flaw = "noSubject" | "textAlone" | "noUrl" | "badUrl" | "past" | "noTime";
export type Flaws = Partial<Record<Field, Flaw>>;

/** What must be put right before it can go out. `textAlone`: in one of the languages there is a text and no subject. */
export function flawsOf(form: Form, zone: string, now: number): Flaws {
  const notices = Object.values(form.notices);
  const flaws: Flaws = {};
  if (!notices.some((notice) => notice.subject.trim())) flaws.subject = "noSubject";
  else if (notices.some((notice) => notice.text?.trim() && !notice.subject.trim())) flaws.subject = "textAlone";
  if (!form.url.trim()) flaws.url = "noUrl";
  else if (!isWebAddress(form.url)) flaws.url = "badUrl";
  if (form.timing.kind === "at" && form.whom !== "me") {
    const at = momentOf(form.timing, zone);
    if (at === null) flaws.timing = "noTime";
    else if (at <= now) flaws.timing = "past";
  }
  return flaws;
}

export function isWebAddress(text: string): boolean {
  try {
    return /^https?:$/.test(new URL(text.trim()).protocol);
  } catch {
    return false;
  }
}

/** The moment at which clocks in the zone show that; null if it is none. A time that the clocks leave out is that an hour on. */
export function momentOf({ date, time }: Pick<Timing, "date" | "time">, zone: string): number | null {
  const wanted = Date.parse(`${date}T${time}:00Z`);
  if (!Number.isFinite(wanted)) return null;
  // The first guess is wrong by the zone's offset, the second by a change of the clocks in between at most.
  let found = wanted;
  for (let times = 0; times < 2; times++) {
    const { date: day, minutes } = wallOf(zone, found);
    found += wanted - (Date.parse(`${day}T00:00:00Z`) + minutes * 60_000);
  }
  return found;
}

export function whenOf(timing: Timing, zone: string): When {
  const at = timing.kind === "at" ? momentOf(timing, zone) : null;
  return at === null ? {} : { at: new Date(at).toISOString(), local: timing.local, zone };
}

/** What of a topic push services take. */
export const topicOf = (typed: string) => typed.replace(/\s+/g, "-").replace(/[^A-Za-z0-9_-]/g, "").slice(0, TOPIC_MOST);
