/** Which of its three faces the window shows. Pure. */

import type { Entry } from "../shared/connection/outbox.ts";
import type { AvailabilityState, Status } from "../shared/protocol.ts";

/** The conversation; the form for leaving a message; the fields that are asked for before a conversation. */
export type View = "chat" | "form" | "details";

export interface Standing {
  availability: AvailabilityState | null;
  /** Of the conversation on the screen, if there is one. */
  status: Status | undefined;
  /** Whether something is on its way that the conversation will show. */
  pending: boolean;
  /** A message is being left although there is a conversation, or now could be one. */
  preferred: boolean;
  /** The shop asks for details that were not given yet. */
  asks: boolean;
  /** They are to be answered although there is a conversation on the screen. */
  answering: boolean;
}

export function isOngoing(status: Status | undefined): boolean {
  return status === "open" || status === "waiting";
}

export function takesNew(availability: AvailabilityState | null): boolean {
  return availability === "online" || availability === "line";
}

export function viewOf({ availability, status, pending, preferred, asks, answering }: Standing): View {
  if (preferred) return "form";
  if (isOngoing(status) || pending) return "chat";
  if (availability === "form") return status ? "chat" : "form";
  return asks && takesNew(availability) && (answering || !status) ? "details" : "chat";
}

/** Whether what was refused can go by a form: as a message that is left, or with answers to the shop's questions. */
export function comesBack({ state, code, frame, files }: Entry, form: boolean, asks: boolean): boolean {
  if (state !== "failed" || files) return false;
  if (code === "invalid") return asks && frame?.type === "start";
  return form && (code === "offline" || code === "no_capacity");
}
