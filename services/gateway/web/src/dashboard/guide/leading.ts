/** An owner who has just signed in to a shop that never had a chat is led to the guide. */

import { effect } from "@preact/signals";

import type { OperatorDesk } from "../operator.ts";
import { addressOf, routeOf } from "../route.ts";
import { wasLeft } from "./keeping.ts";
import { hasHistory } from "./rest.ts";

/** Call it when somebody has given their password. */
export function leadFrom(desk: OperatorDesk): void {
  if (wasLeft()) return;
  const stop = effect(() => {
    const [me, shop, staff] = [desk.me.value, desk.shop.value, desk.staff.value];
    if (!me || !shop || staff.length === 0) return;
    // An effect can't be stopped while it first runs.
    queueMicrotask(() => stop());
    if (staff.find((each) => each.id === me.id)?.role === "owner" && desk.chats.peek().size === 0) void lead(shop.id);
  });
}

async function lead(shop: string): Promise<void> {
  if (await hasHistory(shop).catch(() => true)) return;
  const { page, id } = routeOf(location.hash);
  if (page === "chat" && id === null) location.hash = addressOf("guide");
}
