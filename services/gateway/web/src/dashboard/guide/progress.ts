/** How far a shop is from empty to its first chat. Pure, but for reading it. */

import type { Chat } from "../chats.ts";
import { staff } from "../rest.ts";
import { read } from "../settings/rest.ts";
import type { ShopSettings, Texts } from "../settings/shop-settings.ts";
import { hasHistory, tag, type Tag } from "./rest.ts";

export const STEPS = ["tag", "texts", "colours", "hours", "mail", "staff", "chat"] as const;
export type Step = (typeof STEPS)[number];
/** Nobody has to take these. */
export const OPTIONAL: ReadonlySet<Step> = new Set<Step>(["colours", "hours", "staff"]);

export interface Facts {
  settings: ShopSettings;
  tag: Tag;
  people: number;
  /** Whether some conversation is in history. */
  past: boolean;
}

/** Throws a Failure. */
export async function readFacts(shop: string): Promise<Facts> {
  const [version, seen, people, past] = await Promise.all([read(shop), tag(shop), staff(shop), hasHistory(shop)]);
  return { settings: version.settings, tag: seen, people: people.length, past };
}

export function doneOf({ settings, tag: seen, people, past }: Facts, answered: boolean): Record<Step, boolean> {
  return {
    tag: seen.seen.length > 0,
    texts: isComplete(settings.header, settings.languages) && isComplete(settings.welcome, settings.languages),
    colours: Object.values(settings.colours).some((pair) => pair.background || pair.text),
    hours: settings.hours !== null,
    mail: settings.mail.notify !== "",
    staff: people > 1,
    chat: past || answered,
  };
}

/** The first that is not done and not optional; then the first of the others. */
export function nextOf(done: Record<Step, boolean>): Step | undefined {
  return STEPS.find((step) => !done[step] && !OPTIONAL.has(step)) ?? STEPS.find((step) => !done[step]);
}

/** Whether staff have answered somebody in one of these conversations. */
export const isAnswered = (chats: Iterable<Chat>) => [...chats].some((chat) => chat.last?.from === "operator");

const isComplete = (texts: Texts, languages: readonly string[]) => languages.every((language) => texts[language]?.trim());
