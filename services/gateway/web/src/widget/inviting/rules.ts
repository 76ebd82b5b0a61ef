/** Which of the shop's invitations is due. Pure. */

import type { InvitationRule } from "../../shared/protocol.ts";

export interface Situation {
  /** How long the visitor has been on the page. */
  seconds: number;
  /** The address's path. */
  path: string;
  /** What the cart is worth, if the page has told. */
  cart: number | undefined;
}

/** The first rule that holds; else in how many seconds one will, if nothing else changes. */
export function due(rules: readonly InvitationRule[], { seconds, path, cart }: Situation): { rule?: InvitationRule; wait?: number } {
  const fit = rules.filter((rule) => isOn(path, rule.page ?? "") && (rule.cart == null || (cart ?? -1) >= rule.cart));
  const rule = fit.find(({ after = 0 }) => after <= seconds);
  if (rule) return { rule };
  return fit.length > 0 ? { wait: Math.min(...fit.map(({ after = 0 }) => after - seconds)) } : {};
}

/** `*` stands for anything; nothing for any page. Looked at piece by piece: no pattern takes long. */
function isOn(path: string, pattern: string): boolean {
  if (!pattern) return true;
  const [first = "", ...pieces] = pattern.split("*");
  const last = pieces.pop();
  if (last === undefined) return path === first;
  if (!path.startsWith(first)) return false;
  let at = first.length;
  for (const piece of pieces) {
    const found = path.indexOf(piece, at);
    if (found < 0) return false;
    at = found + piece.length;
  }
  return path.length - last.length >= at && path.endsWith(last);
}
