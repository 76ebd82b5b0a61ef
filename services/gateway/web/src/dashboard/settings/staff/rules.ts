/** Who may change whom, as the gateway has it: owners everybody, managers operators; nobody themselves. Pure. */

import type { Role } from "../../rest.ts";
import type { Invited, Member } from "./rest.ts";

export interface Looking { id: string; role: Role }

/** From the most to the least. */
export const ROLES: readonly Role[] = ["owner", "manager", "operator"];

/** The roles that somebody may give. */
export const givenBy = (role: Role): readonly Role[] => ({ owner: ROLES, manager: ["operator"] as const, operator: [] })[role];

export const mayManage = (me: Looking, other: { id: string; role: Role }) => me.id !== other.id && givenBy(me.role).includes(other.role);

/** The roles between which somebody may choose for another: one alone is no choice. */
export function choiceFor(me: Looking, other: Member): readonly Role[] {
  const roles = mayManage(me, other) && other.left_at === null ? givenBy(me.role) : [];
  return roles.length > 1 ? roles : [];
}

/** Owners first, then managers, then operators, each by name; who has left stands at the end. */
export function inOrder(members: readonly Member[], language: string): Member[] {
  const rank = (member: Member) => (member.left_at === null ? ROLES.indexOf(member.role) : ROLES.length);
  return [...members].sort((a, b) => rank(a) - rank(b) || a.name.localeCompare(b.name, language));
}

/** The mail of an invitation goes out soon, or waits for the mail server, or never comes. */
export const isMoving = ({ mail }: Invited) => mail === "pending" || mail === "sending";
export const isLost = ({ mail }: Invited) => mail === "failed" || mail === "dropped";

export type LinkEnds = "over" | "today" | "tomorrow" | "later";

/** When a link stops working, by the reader's calendar. */
export function linkEnds(expiresAt: string, now: number): LinkEnds {
  const end = new Date(expiresAt);
  if (end.getTime() <= now) return "over";
  const midnight = (at: Date) => new Date(at.getFullYear(), at.getMonth(), at.getDate()).getTime();
  const days = Math.round((midnight(end) - midnight(new Date(now))) / 86_400_000);
  return days === 0 ? "today" : days === 1 ? "tomorrow" : "later";
}
