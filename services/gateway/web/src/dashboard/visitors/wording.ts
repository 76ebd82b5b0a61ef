/** Pages, carts and times of visitors in words. Pure but for the language. */

import { fill, plural } from "../../shared/language.ts";
import type { Cart, PageInfo } from "../../shared/protocol.ts";
import { language } from "../ui.tsx";
import { VISITORS_TEXTS } from "./texts.ts";

/** Making one costs more than using it a hundred times. */
const formats = new Map<string, Intl.NumberFormat>();

function format(options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const key = `${language.value} ${options.currency ?? ""}`;
  const made = formats.get(key) ?? new Intl.NumberFormat(language.value, options);
  formats.set(key, made);
  return made;
}

export const v = () => VISITORS_TEXTS[language.value];

/** The page's title, else the path of its address. */
export function pageText(page: PageInfo | undefined): string {
  if (!page) return "";
  if (page.title) return page.title;
  try {
    const { pathname, host } = new URL(page.url);
    return pathname === "/" ? host : decodeURI(pathname);
  } catch {
    return page.url;
  }
}

/** `2 pieces, €68.00`; null where the page has passed no cart. */
export function cartText(cart: Cart | undefined): string | null {
  if (!cart) return null;
  if (cart.pieces === 0) return v().emptyCart;
  const pieces = plural(language.value, cart.pieces, v().pieces);
  const total = totalText(cart);
  return total ? `${pieces}, ${total}` : pieces;
}

/** `€68.00`, or null if the page has not said it. A currency that nobody knows stands as it is. */
export function totalText(cart: Cart): string | null {
  if (typeof cart.total !== "number") return null;
  const amount = { minimumFractionDigits: 2, maximumFractionDigits: 2 };
  try {
    if (cart.currency) return format({ style: "currency", currency: cart.currency }).format(cart.total);
  } catch {
    // Not a code of ISO 4217.
  }
  return `${format(amount).format(cart.total)}${cart.currency ? ` ${cart.currency}` : ""}`;
}

export const placeText = (place: number) => v().places[place - 1] ?? fill(v().place, { n: place });

/** `0:20`, `1:12`, `1:02:00` since a moment. */
export function elapsed(since: string, now: number): string {
  const seconds = Math.max(0, Math.floor((now - Date.parse(since)) / 1000)) || 0;
  const parts = [Math.floor(seconds / 3600), Math.floor((seconds % 3600) / 60), seconds % 60];
  return (parts[0] ? parts : parts.slice(1)).map((part, at) => (at ? String(part).padStart(2, "0") : String(part))).join(":");
}
