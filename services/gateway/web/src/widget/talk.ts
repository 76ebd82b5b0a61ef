/** The visitor's conversation as the screen shows it: a fold of its events. Pure. */

import type { AttachmentShown, CurrentConversation, EventFrame, Status, VisitorWelcome } from "../shared/protocol.ts";

export interface Message { seq: number; at: string; from: string; text: string; author?: string; files?: readonly AttachmentShown[] }
export interface Notice { seq: number; at: string; kind: string; by?: string; name?: string }
export type Line = Message | Notice;

export interface Talk {
  id: string;
  status: Status;
  operator?: string;
  place?: number;
  /** The visitor's verdict, 1 to 5. */
  score?: number;
  lines: Line[];
  /** The highest seq that each party has seen, and has got. */
  read: Record<string, number>;
  received: Record<string, number>;
}

export function isMessage(line: Line): line is Message {
  return "text" in line;
}

export function newTalk(id: string): Talk {
  return { id, status: "open", lines: [], read: {}, received: {} };
}

/** What `welcome` says is newer than anything known, but the lines stay. */
export function welcomed(talk: Talk | null, now: CurrentConversation, { read, received }: Pick<VisitorWelcome, "read" | "received">): Talk {
  const same = talk?.id === now.id ? talk : newTalk(now.id);
  return {
    id: now.id, status: now.status, lines: same.lines, read: { ...same.read, ...read }, received: { ...same.received, ...received },
    ...(now.operator ? { operator: now.operator.name } : {}), ...(now.place === undefined ? {} : { place: now.place }),
  };
}

const NOTICES = new Set(["assigned", "ended", "left_line", "transferred", "archived"]);

export function after(talk: Talk, event: EventFrame): Talk {
  const next: Talk = { ...talk, lines: [...talk.lines] };
  if (event.kind === "message") {
    next.lines.push({
      seq: event.seq, at: event.at, from: event.from ?? "system", text: event.text ?? "",
      ...(event.author ? { author: event.author } : {}), ...(event.attachments?.length ? { files: event.attachments } : {}),
    });
  } else if (NOTICES.has(event.kind)) {
    next.lines.push({
      seq: event.seq, at: event.at, kind: event.kind,
      ...(event.by ? { by: event.by } : {}), ...(name(talk, event) ? { name: name(talk, event)! } : {}),
    });
  }
  return { ...next, ...statusAfter(event) };
}

function name(talk: Talk, event: EventFrame): string | undefined {
  return event.operator?.name ?? (event.by === "operator" ? talk.operator : undefined);
}

function statusAfter(event: EventFrame): Partial<Talk> {
  switch (event.kind) {
    case "started":
    case "reopened":
      return { status: "open", ...(event.operator ? { operator: event.operator.name } : {}) };
    case "waiting":
      return { status: "waiting", ...(event.place === undefined ? {} : { place: event.place }) };
    case "assigned":
    case "transferred":
      return { status: "open", ...(event.operator ? { operator: event.operator.name } : {}) };
    case "ended":
    case "left_line":
      return { status: "ended" };
    case "rated":
      return event.score === undefined ? {} : { score: event.score };
    case "archived":
    case "deleted":
      return { status: "archived" };
    default:
      return {};
  }
}

/** How far the visitor's message has come, for all that is known. */
export function reachOf({ read, received }: Talk, seq: number): "read" | "delivered" | "sent" {
  return (read["operator"] ?? 0) >= seq ? "read" : (received["operator"] ?? 0) >= seq ? "delivered" : "sent";
}

/** How many of the operator's messages came after the last one that was seen. */
export function unread(talk: Talk, seen: number): number {
  return talk.lines.filter((line) => isMessage(line) && line.from === "operator" && line.seq > seen).length;
}
