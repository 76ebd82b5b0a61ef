/** What the guide keeps in this browser: how far somebody is, what was typed and not saved, and whether it was left. */

import { signal } from "@preact/signals";

import { storage } from "../../shared/connection/environment.ts";
import type { ShopSettings } from "../settings/shop-settings.ts";

export const STEP_COUNT = 4;

/** Members of the settings that were typed and are not saved yet. */
export type Typed = Partial<Pick<ShopSettings, "name" | "operator_name" | "languages" | "time_zone" | "origins" | "header" | "welcome" | "colours">>;

export interface Kept { step: number; typed: Typed }

const START: Kept = { step: 1, typed: {} };
const LEFT = "shopbell:guide:left";
const keyOf = (shop: string) => `shopbell:guide:${shop}`;
const store = storage("localStorage");

export const kept = signal<Kept>(START);

export function recall(shop: string): void {
  try {
    const read = JSON.parse(store?.getItem(keyOf(shop)) ?? "null") as Kept | null;
    kept.value = read && read.step >= 1 && read.step <= STEP_COUNT ? read : START;
  } catch {
    kept.value = START;
  }
}

export function keep(shop: string, now: Kept): void {
  kept.value = now;
  store?.setItem(keyOf(shop), JSON.stringify(now));
}

/** Nobody is led here again in this browser; Help still has the guide. */
export const leave = () => store?.setItem(LEFT, "yes");
export const wasLeft = () => store?.getItem(LEFT) != null;

/** The first chat is done: whoever comes again begins anew. */
export function finish(shop: string): void {
  leave();
  store?.removeItem(keyOf(shop));
}
