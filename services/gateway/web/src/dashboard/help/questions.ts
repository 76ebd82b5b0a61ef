/** What the help answers: its questions by topic, and where their words are. */

import type { Language } from "../../shared/language.ts";

export const TOPICS = ["chat", "offline", "site", "reach", "staff", "privacy"] as const;
export type Topic = (typeof TOPICS)[number];

const IDS = {
  chat: ["limit", "at-limit", "full-but-free", "slots", "next", "leaving", "forgotten", "again", "connection", "transfer", "notes", "canned", "files", "invite"],
  offline: ["where", "mail-down", "no-address", "hours", "spam"],
  site: ["tag", "not-seen", "policy", "speed", "languages", "signed-in"],
  reach: ["subscribe", "bell", "campaign", "left", "ask", "reviewers", "product", "poll"],
  staff: ["roles", "phone-lost", "gone", "alerts", "keys"],
  privacy: ["kept", "stored", "export", "erase", "retention"],
} as const satisfies Record<Topic, readonly string[]>;

export type Id = (typeof IDS)[Topic][number];

/** Question and answer. An answer's paragraphs stand in lines of their own; `[words](#/address)` leads there. */
export type Answers = Record<Id, readonly [question: string, answer: string]>;

export interface Question { id: Id; topic: Topic; question: string; paragraphs: string[] }

const LOADED: Record<Language, () => Promise<Answers>> = {
  en: () => import("./answers/en.ts").then((module) => module.ANSWERS),
  fr: () => import("./answers/fr.ts").then((module) => module.ANSWERS),
  pl: () => import("./answers/pl.ts").then((module) => module.ANSWERS),
};

export async function load(language: Language): Promise<Question[]> {
  return inOrder(await LOADED[language]());
}

export function inOrder(answers: Answers): Question[] {
  return TOPICS.flatMap((topic) => IDS[topic].map((id) => ({ id, topic, question: answers[id][0], paragraphs: answers[id][1].split("\n") })));
}
