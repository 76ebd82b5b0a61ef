/** What happens at the desk just now: for sounds, notifications, and whoever else wants to know. Pure. */

import type { CommandFrame, EventFrame } from "../shared/protocol.ts";
import type { Chat } from "./chats.ts";

/** Also what happens to colleagues: `chat.operator` says whose it is. */
export interface Happening { what: "assigned" | "message" | "unanswered" | "waiting"; chat: Chat; event: EventFrame }

/** What an event is for those who listen. */
export function happeningOf({ kind, from }: EventFrame): Happening["what"] | null {
  switch (kind) {
    case "assigned":
    case "transferred":
    case "reopened":
      return "assigned";
    case "message":
      return from === "visitor" ? "message" : null;
    case "unanswered":
    case "waiting":
      return kind;
    default:
      return null;
  }
}

/** Under which names a command is known to be under way. */
export function namesOf(frame: CommandFrame): string[] {
  return "conversation" in frame ? [frame.type, `${frame.type} ${frame.conversation}`] : [frame.type];
}
