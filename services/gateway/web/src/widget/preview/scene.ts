/** What a gateway would say of settings that are not saved: as services/gateway/appearance.py has it. Pure. */

import type { ShopSettings } from "../../dashboard/settings/shop-settings.ts";
import type { Appearance, AnyFrame, AvailabilityState, EventFrame, VisitorWelcome } from "../../shared/protocol.ts";
import type { LetterForm } from "../letter.ts";
import type { Sample } from "./samples.ts";

/** Before the first word, in the middle of a conversation, in line, and while nobody can answer. */
export type State = "beginning" | "talking" | "line" | "form";

const CONVERSATION = "preview";
const PLACE = 2;
const MINUTE_MS = 60_000;

/** The text in a language; if it lacks there, the shop's first. */
export function textIn(languages: readonly string[], language: string, texts: Record<string, string>): string {
  const found = [language, ...languages].find((each) => texts[each]);
  return found === undefined ? "" : texts[found]!;
}

export function appearanceOf(settings: ShopSettings, language: string): Appearance {
  const { languages, colours } = settings;
  const privacy = privacyOf(settings, language);
  return {
    language, header: textIn(languages, language, settings.header), welcome: textIn(languages, language, settings.welcome),
    operator_name: settings.operator_name, attachments: settings.attachments, colours, ...(privacy && { privacy }),
  };
}

function privacyOf({ languages, privacy }: ShopSettings, language: string) {
  const notice = textIn(languages, language, privacy.notice);
  return notice ? { notice, link: privacy.link, consent: privacy.consent } : undefined;
}

export function formOf(settings: ShopSettings, language: string): LetterForm {
  const { languages, offline_form: form } = settings;
  const privacy = privacyOf(settings, language);
  return {
    fields: form.fields, header: textIn(languages, language, form.header), welcome: textIn(languages, language, form.welcome),
    background: form.background, text: form.text, ticket: CONVERSATION, ...(privacy && { privacy }),
  } as LetterForm;
}

export function availabilityOf(settings: ShopSettings, state: State): AvailabilityState {
  if (state === "form") return settings.offline_mode ? "form" : "hidden";
  return state === "line" ? "line" : "online";
}

export function welcomeOf(settings: ShopSettings, language: string, state: State, said: Sample): VisitorWelcome {
  const asks = Object.values(settings.chat_fields).some((rule) => rule.requested);
  const seq = eventsOf(state, said, 0).length;
  return {
    type: "welcome", visitor: { id: "g_preview", signed_in: false }, token: CONVERSATION,
    availability: availabilityOf(settings, state), appearance: appearanceOf(settings, language),
    ...(asks && { chat_fields: settings.chat_fields }),
    ...(state === "talking" && { conversation: { id: CONVERSATION, status: "open" as const, seq }, read: { operator: seq, visitor: seq } }),
    ...(state === "line" && { conversation: { id: CONVERSATION, status: "waiting" as const, seq, place: PLACE }, read: { visitor: seq } }),
  };
}

/** What was said so far; `now` in milliseconds. */
export function eventsOf(state: State, { first, answer, thanks }: Sample, now: number): EventFrame[] {
  const at = (minutes: number) => new Date(now - minutes * MINUTE_MS).toISOString();
  const event = (seq: number, minutes: number, what: Partial<EventFrame>) =>
    ({ type: "event", conversation: CONVERSATION, seq, at: at(minutes), kind: "message", from: "visitor", ...what }) as EventFrame;
  const asked = [event(1, 6, { kind: state === "line" ? "waiting" : "started", place: PLACE }), event(2, 6, { text: first })];
  if (state === "talking") return [...asked, event(3, 5, { from: "operator", text: answer }), event(4, 3, { text: thanks })];
  return state === "line" ? asked : [];
}

export const asFrames = (welcome: VisitorWelcome, events: readonly EventFrame[]) => [welcome, ...events] as unknown as AnyFrame[];
