/** `window.shopbell`, by which a shop's own script drives the widget; `shopbell.d.ts` is its contract. */

import type { App } from "./app.ts";
import type { Host } from "./host.ts";
import type { Shopbell, ShopbellCart, ShopbellEvents } from "./shopbell.d.ts";

export class Listeners {
  private readonly all = new Map<string, Set<(event: never) => void>>();
  /** What is so already, for whoever comes later. */
  private readonly latest = new Map<string, object>();

  on<Name extends keyof ShopbellEvents>(name: Name, listener: (event: ShopbellEvents[Name]) => void): () => void {
    const set = this.all.get(name) ?? new Set();
    this.all.set(name, set.add(listener));
    const now = this.latest.get(name);
    if (now) calmly(() => listener(now as ShopbellEvents[Name]));
    return () => set.delete(listener);
  }

  /** A state is told once per change; a deed each time, and not to those who come later. */
  tell<Name extends keyof ShopbellEvents>(name: Name, event: ShopbellEvents[Name], state = false): void {
    if (state) {
      if (JSON.stringify(this.latest.get(name)) === JSON.stringify(event)) return;
      this.latest.set(name, event);
    }
    for (const listener of this.all.get(name) ?? []) calmly(() => listener(event as never));
  }
}

/** A conversation has begun, or is over. */
export function tellOfTalk(listeners: Listeners, before: App["now"], now: App["now"]): void {
  const goesOn = (talk: App["now"]) => talk?.status === "open" || talk?.status === "waiting";
  const same = before?.id === now?.id && goesOn(before) === goesOn(now);
  if (now && !same) listeners.tell(goesOn(now) ? "started" : "ended", { conversation: now.id });
}

export function offer(host: Host): void {
  const waiting = window.shopbell;
  const shopbell: Shopbell = {
    open: () => host.open(),
    close: () => host.close(),
    identify: (token) => host.identify(token || undefined),
    cart: (cart) => host.show(cartFrom(cart)),
    on: (name, listener) => host.listeners.on(name, listener),
    push: (...calls) => calls.forEach((call) => calmly(() => call(shopbell))),
  };
  window.shopbell = shopbell;
  if (Array.isArray(waiting)) shopbell.push(...waiting);
}

/** What the gateway would take of it; whatever a page passes by mistake is no reason to lose the connection. */
export function cartFrom(cart: ShopbellCart | null): ShopbellCart | null {
  const pieces = Math.floor(Number(cart?.pieces));
  if (!cart || !(pieces >= 0 && pieces <= 1e6)) return null;
  const total = Number(cart.total);
  return {
    pieces,
    ...(cart.total != null && total >= 0 && total <= 1e12 && { total }),
    ...(/^[A-Z]{3}$/.test(cart.currency ?? "") && { currency: cart.currency! }),
  };
}

/** A fault in the shop's script is the shop's: it is told there, and the widget goes on. */
function calmly(act: () => void): void {
  try {
    act();
  } catch (error) {
    reportError(error);
  }
}
