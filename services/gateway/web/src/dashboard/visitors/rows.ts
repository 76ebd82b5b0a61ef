/** The rows of the list: who is on the site, and who talks or waits, whether still there or not. Pure. */

import type { VisitorInfo, VisitorOnSite } from "../../shared/protocol.ts";
import type { Chat } from "../chats.ts";
import type { Site } from "./site.ts";

export type Filter = "all" | "waiting" | "cart" | "chat";

export interface Row {
  visitor: VisitorInfo;
  /** What they look at; null once they have left. */
  here: VisitorOnSite | null;
  /** Waiting or open; null: they are browsing. */
  chat: Chat | null;
  /** From 1; 0: not in line. */
  place: number;
}

/** Those in line first, in the order of serving; then the longest on the site; then those that have left it. */
export function rowsOf(site: Site | null, waiting: readonly Chat[], open: readonly Chat[]): Row[] {
  const talks = new Map(open.map((chat) => [chat.visitor.id, chat]));
  const inLine = new Set(waiting.map((chat) => chat.visitor.id));
  const here = site?.here ?? new Map<string, VisitorOnSite>();
  const first = waiting.map((chat, at) => ({ visitor: chat.visitor, here: here.get(chat.visitor.id) ?? null, chat, place: at + 1 }));
  const there = [...here.values()].filter((each) => !inLine.has(each.id)).sort(longest)
    .map((each) => rowOf(each, talks.get(each.id) ?? null));
  const left = open.filter((chat) => !here.has(chat.visitor.id)).map((chat) => ({ visitor: chat.visitor, here: null, chat, place: 0 }));
  return [...first, ...there, ...left];
}

const longest = (a: VisitorOnSite, b: VisitorOnSite) => (a.since < b.since ? -1 : a.since > b.since ? 1 : a.id < b.id ? -1 : 1);

function rowOf(here: VisitorOnSite, chat: Chat | null): Row {
  const { id, signed_in, name } = here;
  return { visitor: chat?.visitor ?? { id, signed_in, ...(name ? { name } : {}) }, here, chat, place: 0 };
}

export function passes(row: Row, filter: Filter): boolean {
  switch (filter) {
    case "waiting":
      return row.place > 0;
    case "cart":
      return (row.here?.cart?.pieces ?? 0) > 0;
    case "chat":
      return row.chat !== null;
    default:
      return true;
  }
}

/** Whether there is any use in asking this visitor to talk: who looks around, and has not been asked. */
export function isIdle({ here, chat }: Row): boolean {
  return here !== null && chat === null && !here.conversation;
}

/**
 * Whom one channel more of this operator's would serve: the first in line that is there and may come to them.
 * Channels never let anybody jump the line.
 */
export function nextServed(waiting: readonly Chat[], absent: ReadonlySet<string>, mine: ReadonlySet<string>): Chat | null {
  return waiting.find((chat) => !absent.has(chat.id) && (!chat.department || mine.has(chat.department))) ?? null;
}
