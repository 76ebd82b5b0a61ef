/** What is typed and not saved stays in this browser, until it is. */

import { storage } from "../../shared/connection/environment.ts";
import type { Form } from "./form.ts";

const store = storage("localStorage");
const nameOf = (shop: string, id: string) => `shopbell:poll:${shop}:${id}`;

export function recall(shop: string, id: string): Form | null {
  try {
    const found = JSON.parse(store?.getItem(nameOf(shop, id)) ?? "null") as Form | null;
    return found?.answers && found.opens && found.closes ? found : null;
  } catch {
    return null;
  }
}

/** Null: it is saved, or thrown away. */
export function keep(shop: string, id: string, form: Form | null): void {
  try {
    if (form) store?.setItem(nameOf(shop, id), JSON.stringify(form));
    else store?.removeItem(nameOf(shop, id));
  } catch {
    // It stays as long as the page does.
  }
}
