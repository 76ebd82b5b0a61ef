/** What the card says beside the shop's own words. */

import type { Language } from "../../shared/language.ts";

const en = { invitation: "Invitation", chat: "Start a chat", notNow: "Not now", help: "Can we help you?" };

export type InvitingTexts = typeof en;

export const TEXTS: Record<Language, InvitingTexts> = {
  en,
  fr: { invitation: "Invitation", chat: "Discuter", notNow: "Plus tard", help: "Pouvons-nous vous aider ?" },
  pl: { invitation: "Zaproszenie", chat: "Porozmawiaj", notNow: "Nie teraz", help: "W czym możemy pomóc?" },
};
