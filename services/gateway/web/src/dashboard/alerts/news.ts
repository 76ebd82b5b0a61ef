/** What is new for the operator between two states of the conversations: what a bell is rung for. Pure. */

import type { Chat } from "../chats.ts";

export type Kind = "conversation" | "message" | "unanswered";

export interface News { kind: Kind; chat: Chat }

type Chats = ReadonlyMap<string, Chat>;

/** `me`: whose desk it is. `online`: whoever waits in line is for all who are online, as one of them may open a channel. */
export function newsBetween(before: Chats, after: Chats, me: string, online: boolean): News[] {
  const news: News[] = [];
  for (const [id, chat] of after) {
    const was = before.get(id);
    if (was === chat) continue;
    const kind = kindOf(was, chat, me, online);
    if (kind) news.push({ kind, chat });
  }
  return news;
}

function kindOf(was: Chat | undefined, chat: Chat, me: string, online: boolean): Kind | null {
  if (chat.status === "waiting") return online && was?.status !== "waiting" ? "conversation" : null;
  if (chat.status !== "open" || chat.operator?.id !== me) return null;
  const spoke = chat.last?.from === "visitor" && (was?.last?.at !== chat.last.at || was.last.text !== chat.last.text);
  const mine = was?.status === "open" && was.operator?.id === me;
  if (mine) return spoke ? "message" : null;
  // Reopened by our own hand: nobody has said anything new.
  return was?.status === "ended" && !spoke ? null : "conversation";
}

/** Those that have come to wait too long since. */
export function calledSince(before: ReadonlySet<string>, alerts: readonly Chat[]): News[] {
  return alerts.filter((chat) => !before.has(chat.id)).map((chat) => ({ kind: "unanswered", chat }));
}

const RANK: Record<Kind, number> = { unanswered: 0, conversation: 1, message: 2 };

/** Of several at once, one is heard. */
export const loudest = (news: readonly News[]): News | undefined => [...news].sort((a, b) => RANK[a.kind] - RANK[b.kind])[0];
