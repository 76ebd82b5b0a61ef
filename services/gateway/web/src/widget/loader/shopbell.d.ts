/**
 * What the widget's script puts on the shop's pages as `window.shopbell`.
 *
 * The script is loaded asynchronously. Whoever may come before it waits in a list that it reads:
 *
 *     (window.shopbell ??= []).push((shopbell) => shopbell.cart({ pieces: 2, total: 68, currency: "EUR" }));
 */

export interface ShopbellCart {
  /** How many pieces are in it. */
  pieces: number;
  total?: number;
  /** ISO 4217, such as `EUR`. */
  currency?: string;
}

export interface ShopbellEvents {
  /** What a new conversation would find now: a person, the line, the form, or nothing. */
  availability: { state: "online" | "line" | "form" | "hidden" };
  /** The window opened or closed. */
  open: object;
  close: object;
  /** Messages that the visitor has not seen. */
  unread: { count: number };
  /** How the bell stands that turns push on and off; `absent`: the shop or the browser has none. */
  push: { state: "absent" | "off" | "asking" | "on" | "blocked" };
  /** A conversation has begun, goes on again, or is over. */
  started: { conversation: string };
  ended: { conversation: string };
}

export interface Shopbell {
  /** Opens the window; does nothing while the shop offers neither a conversation nor the form. */
  open(): void;
  close(): void;
  /**
   * Says who is signed in at the shop: the token that the shop's server has signed, or null for nobody. The page then
   * need not be loaded anew; a conversation of the person before is not shown any more.
   */
  identify(token: string | null): void;
  /** Shows operators what the visitor is about to buy; null for an empty cart. Other fields are dropped. */
  cart(cart: ShopbellCart | null): void;
  /** Calls `listener` on every such event, and at once with what is so already; the result ends that. */
  on<Name extends keyof ShopbellEvents>(name: Name, listener: (event: ShopbellEvents[Name]) => void): () => void;
  /** Calls at once: what came before the script waited for this. */
  push(...calls: ((shopbell: Shopbell) => void)[]): void;
}

declare global {
  interface Window {
    shopbell?: Shopbell | ((shopbell: Shopbell) => void)[];
  }
}
