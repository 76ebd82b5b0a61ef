/** Whoever leaves the settings with unsaved changes is asked first. */

import { signal } from "@preact/signals";

import { routeOf } from "../route.ts";

/** Whether something in the settings is not saved. */
export const unsaved = signal(false);
/** What is being typed in a form of its own, or shown this once, and not saved, by name; null: nothing. */
export const held = signal<string | null>(null);
/** Where somebody wants to go who has to be asked; null: nowhere. */
export const wanted = signal<string | null>(null);

const isInside = (hash: string) => routeOf(hash).page === "settings";

/** Whether the page may change to what the address says; if not, the address is put back and somebody asked. */
export function mayGo(from: string, to: string): boolean {
  const inside = isInside(from);
  if (!inside || (held.value === null && (!unsaved.value || isInside(to)))) return true;
  history.replaceState(null, "", from || "#/");
  wanted.value = to;
  return false;
}

export function stay(): void {
  wanted.value = null;
}

/** The changes are saved or given up. */
export function go(): void {
  const to = wanted.value;
  wanted.value = null;
  unsaved.value = false;
  if (to !== null) location.hash = to;
}

/** What was being typed is given up; of the settings' own changes is asked next. */
export function letGo(): void {
  const to = wanted.value;
  wanted.value = null;
  held.value = null;
  if (to !== null) location.hash = to;
}

addEventListener("beforeunload", (event) => (unsaved.value || held.value !== null) && event.preventDefault());
