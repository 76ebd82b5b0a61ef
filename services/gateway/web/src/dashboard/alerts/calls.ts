/** Whose alerts are whose. Pure. */

import type { Chat } from "../chats.ts";
import type { OnlineOperator } from "../../shared/protocol.ts";

/** Ours to answer: our own, and those whose operator is not there. */
export function forUs(alerts: readonly Chat[], me: string | undefined, operators: readonly OnlineOperator[]): Chat[] {
  const there = new Set(operators.filter((each) => each.online && !each.away).map((each) => each.id));
  return alerts.filter((chat) => chat.operator?.id === me || !there.has(chat.operator?.id ?? ""));
}
