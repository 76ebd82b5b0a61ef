/** Which of its three faces the window shows. Pure. */

import type { AvailabilityState, Status } from "../shared/protocol.ts";

/** The conversation; the form for leaving a message; the fields that are asked for before a conversation. */
export type View = "chat" | "form" | "details";

export interface Standing {
  availability: AvailabilityState | null;
  /** Of the conversation on the screen, if there is one. */
  status: Status | undefined;
  /** Whether something is on its way that the conversation will show. */
  pending: boolean;
  /** The visitor writes a message although there is a conversation, or now could be one. */
  leaving: boolean;
  /** The shop asks for details that were not given yet. */
  asks: boolean;
  /** The visitor wants to start another conversation after the one on the screen. */
  starting: boolean;
}

export function isOngoing(status: Status | undefined): boolean {
  return status === "open" || status === "waiting";
}

export function takesNew(availability: AvailabilityState | null): boolean {
  return availability === "online" || availability === "line";
}

export function viewOf({ availability, status, pending, leaving, asks, starting }: Standing): View {
  if (leaving) return "form";
  if (isOngoing(status) || pending) return "chat";
  if (availability === "form") return status ? "chat" : "form";
  return asks && takesNew(availability) && (starting || !status) ? "details" : "chat";
}
