/** How campaigns are spoken of. */

import { fill, plural } from "../../shared/language.ts";
import { momentAlone, momentOf } from "../dates.ts";
import { languageName } from "../settings/names.ts";
import { language, now } from "../ui.tsx";
import { wallOf } from "../settings/hours/standing.ts";
import { clockOf } from "../settings/hours/spans.ts";
import type { Audience, Campaign, Content, Status } from "./rest.ts";
import { PUSH } from "./texts.ts";

/** What most of its subscribers read first. */
export function subjectOf(content: Content): string {
  return Object.values(content.notices).find((notice) => notice.subject)?.subject || PUSH[language.value].noSubject;
}

/** `English and French, mugs pages, subscribed over 7 days ago`. */
export function audienceWords({ languages = [], groups = [], older_than_days: older, newer_than_days: newer }: Audience): string {
  const texts = PUSH[language.value];
  const list = (words: string[]) => new Intl.ListFormat(language.value).format(words);
  const parts = [
    ...(languages.length ? [list(languages.map((tag) => languageName(language.value, tag)))] : []),
    ...(groups.length ? [fill(texts.groups, { groups: list([...groups]) })] : []),
    ...(older ? [plural(language.value, older, texts.olderThan)] : []),
    ...(newer ? [plural(language.value, newer, texts.newerThan)] : []),
  ];
  const said = parts.join(", ") || texts.everyone;
  return said.slice(0, 1).toLocaleUpperCase(language.value) + said.slice(1);
}

/** When it goes or went out, by the clock that counts for it; else when it was last changed. `alone`: not within a sentence. */
export function whenWords(campaign: Campaign, alone = true): string {
  const said = alone ? momentAlone : momentOf;
  const texts = PUSH[language.value];
  if (campaign.status === "draft" || !(campaign.send_at ?? campaign.started_at)) return said(language.value, campaign.changed_at, now.value);
  if (campaign.local && campaign.send_at) return `${wallWords(campaign.send_at, campaign.zone)}, ${texts.localTime}`;
  return said(language.value, campaign.started_at ?? campaign.send_at!, now.value);
}

/** The same for a moment as clocks in a zone show it. */
function wallWords(at: string, zone: string): string {
  const { date, minutes } = wallOf(zone, Date.parse(at));
  const day = new Intl.DateTimeFormat(language.value === "en" ? "en-GB" : language.value, { weekday: "short", day: "numeric", month: "short", timeZone: "UTC" }).format(new Date(`${date}T00:00:00Z`));
  return `${day}, ${clockOf(minutes)}`;
}

export const TONES: Record<Status, string> = { draft: "bare", scheduled: "blue", sending: "blue", paused: "brass", cancelled: "red", finished: "green" };
