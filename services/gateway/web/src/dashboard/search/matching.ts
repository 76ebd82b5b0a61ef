/** What of the open conversations and of the answer from history a search shows. Pure. */

import type { VisitorInfo } from "../../shared/protocol.ts";
import type { Chat } from "../chats.ts";
import type { HistoryItem } from "../history/rest.ts";

const MOST_OPEN = 6;
const MOST_PEOPLE = 3;
const MOST_HISTORY = 6;

/** Without case and accents: `Zieliński` is found by `zielinski`. */
export function folded(text: string): string {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().replace(/ł/g, "l");
}

const words = (q: string) => folded(q).split(/\s+/).filter(Boolean);

/** Whether each word stands somewhere in the texts. */
export function matches(q: string, texts: readonly (string | null | undefined)[]): boolean {
  const all = folded(texts.filter(Boolean).join("\n"));
  return words(q).every((word) => all.includes(word));
}

const saidOf = ({ visitor, last }: Chat) => [visitor.name, visitor.id, visitor.email, visitor.phone, last?.text];

/** Those that are not archived, in the order given. Without a search, the first of all. */
export function openMatches(q: string, chats: readonly Chat[]): Chat[] {
  return chats.filter((chat) => chat.status !== "archived" && matches(q, saidOf(chat))).slice(0, MOST_OPEN);
}

/** The people whose own data match, each once. */
export function peopleIn(q: string, items: readonly HistoryItem[]): VisitorInfo[] {
  const people = new Map(items.map(({ customer }) => [customer.id, customer]));
  return [...people.values()].filter(({ name, id, email, phone }) => matches(q, [name, id, email, phone])).slice(0, MOST_PEOPLE);
}

export function historyIn(items: readonly HistoryItem[], shown: readonly Chat[]): HistoryItem[] {
  return items.filter((item) => !shown.some((chat) => chat.id === item.id)).slice(0, MOST_HISTORY);
}
