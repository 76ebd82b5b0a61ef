/** The shop's conversations as an operator's screen shows them: folds of their events. Pure. */

import type { AttachmentShown, EventFrame, LastMessage, Operator, Status, Summary, VisitorInfo } from "../shared/protocol.ts";

export interface Line {
  seq: number;
  at: string;
  kind: string;
  from?: string;
  text?: string;
  attachments?: readonly AttachmentShown[];
  author?: string;
  by?: string;
  operator?: Operator;
  /** Where to it was passed on: the department's name. */
  department?: string;
  score?: number;
  comment?: string;
  /** From when on the visitor's word stood unanswered. */
  since?: string;
  /** The visitor's language. */
  locale?: string;
  /** They agreed to the shop's privacy notice. */
  consent?: boolean;
  /** The rule that had invited them; empty: one of us had. */
  invitation?: string;
  /** What the visitor filled in before the conversation, by field. */
  details?: Record<string, string>;
}

export interface Chat {
  id: string;
  status: Status;
  visitor: VisitorInfo;
  operator?: Operator;
  last?: LastMessage;
  /** The newest event that the fields above know of. */
  seq: number;
  /** The transcript, from its first event on; null until it is wanted. */
  lines: Line[] | null;
  /** Up to which event each party has read, and which have come to their screen. */
  read: Record<string, number>;
  received?: Record<string, number>;
  unread: number;
  /** When it last changed hands, ended, or somebody spoke. */
  at: string;
  department?: string;
  /** Since when it has been in line. */
  waitingSince?: string;
  /** Since when the visitor's word stands unanswered. */
  unansweredSince?: string | undefined;
  /** The desk has called for an answer to that word. */
  called?: boolean;
  /** How the visitor rated it, as far as we have seen that. */
  score?: number;
}

/** Whose turn it is: ours after the visitor's word, nobody's after ours. */
export type Turn = "ours" | "answered" | "waiting" | "over";

export function turnOf(chat: Chat): Turn {
  if (chat.status === "waiting") return "waiting";
  if (chat.status !== "open") return "over";
  return chat.last && chat.last.from !== "visitor" ? "answered" : "ours";
}

export function fromSummary(summary: Summary, known?: Chat): Chat {
  const { read, received } = upTo(upTo({ read: known?.read ?? {}, received: known?.received ?? {} }, "read", summary.read), "received", summary.received);
  const unseen = summary.last?.from === "visitor" && summary.seq > (read["operator"] ?? 0);
  return {
    id: summary.id, status: summary.status, visitor: summary.visitor, seq: summary.seq, read, received,
    lines: known?.lines ?? null, at: summary.last?.at ?? known?.at ?? "",
    unread: unseen ? Math.max(known?.unread ?? 0, 1) : 0,
    ...dropUndefined({
      operator: summary.operator, last: summary.last, department: summary.department,
      waitingSince: summary.waiting_since, unansweredSince: summary.unanswered_since,
    }),
    ...(known?.score === undefined ? {} : { score: known.score }),
    ...(known?.called && known.unansweredSince === summary.unanswered_since ? { called: true } : {}),
  };
}

interface Seen { read: Record<string, number>; received?: Record<string, number> }

/** Marks go on, never back; by party. */
export function upTo<T extends Seen>(seen: T, mark: "read" | "received", given: unknown): T & { received: Record<string, number> } {
  const { received = {} } = seen;
  const now = { ...(mark === "read" ? seen.read : received) };
  for (const [party, seq] of Object.entries((given ?? {}) as Record<string, number>)) now[party] = Math.max(now[party] ?? 0, seq);
  return { ...seen, received, [mark]: now };
}

/** How far a message of ours has come at the visitor's side. */
export function reachOf(chat: Chat, seq: number): "sent" | "received" | "read" {
  if ((chat.read["visitor"] ?? 0) >= seq) return "read";
  return (chat.received?.["visitor"] ?? 0) >= seq ? "received" : "sent";
}

export function fromFirstEvent(event: EventFrame): Chat {
  return {
    id: event.conversation, status: "open", visitor: { id: "", signed_in: false }, seq: 0, lines: [], read: {}, unread: 0, at: event.at,
  };
}

export function after(chat: Chat, event: EventFrame): Chat {
  const lines = chat.lines && [...chat.lines, lineOf(event)];
  // While an older transcript is being loaded, what is newer stays.
  if (event.seq <= chat.seq) return { ...chat, lines };
  return { ...chat, lines, seq: event.seq, ...changes(chat, event) };
}

function changes(chat: Chat, event: EventFrame): Partial<Chat> {
  switch (event.kind) {
    case "started":
      return {
        at: event.at, ...(event.visitor ? { visitor: event.visitor as unknown as VisitorInfo } : {}),
        ...(event.department ? { department: event.department } : {}),
      };
    case "message":
      return spoken(chat, event);
    case "unanswered":
      return { called: true, unansweredSince: event.since ?? chat.unansweredSince ?? event.at };
    case "waiting":
      return { status: "waiting", at: event.at, waitingSince: event.at };
    case "assigned":
    case "transferred":
      return { status: "open", at: event.at, ...(event.operator ? { operator: event.operator } : {}) };
    case "reopened":
      return { status: "open", at: event.at };
    case "ended":
    case "left_line":
      return { status: "ended", at: event.at };
    case "rated":
      return event.score === undefined ? {} : { score: event.score };
    case "archived":
    case "deleted":
      return { status: "archived", at: event.at };
    default:
      return {};
  }
}

function spoken(chat: Chat, event: EventFrame): Partial<Chat> {
  // A message of files only is told by their names.
  const text = event.text || (event.attachments ?? []).map(({ name }) => name).join(", ");
  const last = { from: event.from ?? "system", text, at: event.at };
  if (last.from !== "visitor") return { last, at: event.at, unread: 0, unansweredSince: undefined, called: false };
  return { last, at: event.at, unread: chat.unread + 1, unansweredSince: chat.unansweredSince ?? event.at };
}

export function lineOf(event: EventFrame): Line {
  const { seq, at, kind, from, text, attachments, author, by, operator, department, since, score, comment, consent, invitation } = event;
  const line: Line = { seq, at, kind };
  const details = event.visitor?.["fields"] as Record<string, string> | undefined;
  const locale = event.visitor?.["locale"] as string | undefined;
  return Object.assign(line, dropUndefined({ from, text, attachments, author, by, operator, department, since, score, comment, locale, details, consent, invitation }));
}

function dropUndefined<T extends object>(fields: T): Partial<T> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Partial<T>;
}

/** Red ones first, the longest waiting on top; then those that we answered. */
export function byTurn(a: Chat, b: Chat): number {
  const rank: Record<Turn, number> = { ours: 0, waiting: 1, answered: 2, over: 3 };
  return rank[turnOf(a)] - rank[turnOf(b)] || longestFirst(a, b);
}

/** Archived ones are kept for the windows that show them, and not for ever. */
const ARCHIVED_KEPT = 20;

export function withoutOld(chats: ReadonlyMap<string, Chat>): Map<string, Chat> {
  const shown = new Set([...chats.values()].filter((chat) => chat.status === "archived" && chat.lines).slice(-ARCHIVED_KEPT));
  return new Map([...chats].filter(([, chat]) => chat.status !== "archived" || shown.has(chat)));
}

export const longestFirst = (a: Chat, b: Chat) => (turnSince(a) < turnSince(b) ? -1 : 1);

/** In the order of serving. */
export function inLine(chats: Chat[], line: readonly string[]): Chat[] {
  const places = new Map(line.map((id, place) => [id, place]));
  const place = (chat: Chat) => places.get(chat.id) ?? line.length;
  return chats.sort((a, b) => place(a) - place(b) || (a.at < b.at ? -1 : 1));
}

/** Whether the visitor waits longer for an answer than the shop wants (seconds; null: it may be for ever). */
export function isCalled(chat: Chat, afterS: number | null, now: number): boolean {
  if (chat.status !== "open" || !chat.unansweredSince) return false;
  return chat.called === true || (afterS !== null && now - Date.parse(chat.unansweredSince) >= afterS * 1000);
}

/** Since when it has been that side's turn: a visitor who writes on does not lose the place. */
export const turnSince = (chat: Chat) => chat.unansweredSince ?? chat.at;

/** What tells one guest from another: the end of the id is as random as the rest, and short. */
export function shortId(visitor: VisitorInfo): string {
  return visitor.signed_in ? visitor.id : visitor.id.replace(/^g_/, "").slice(0, 4);
}
