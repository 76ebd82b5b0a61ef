/** The conversation that keys act on: the one whose window has, or had last, the focus. */

import { computed, signal } from "@preact/signals";

import type { Counter } from "../counter.ts";
import { onceDrawn } from "./once-drawn.ts";

/** The conversation in whose window the focus is. */
export const inFocus = signal<string | null>(null);
const last = signal<string | null>(null);

export const windowOf = (id: string) => document.querySelector<HTMLElement>(`[data-conversation="${CSS.escape(id)}"]`);
const conversationOf = (target: EventTarget | null) =>
  target instanceof Element ? target.closest<HTMLElement>("[data-conversation]")?.dataset["conversation"] ?? null : null;

export function watchFocus(): void {
  addEventListener("focusin", ({ target }) => {
    inFocus.value = conversationOf(target);
    last.value = inFocus.value ?? last.value;
  });
  addEventListener("focusout", ({ relatedTarget }) => (inFocus.value = conversationOf(relatedTarget)));
}

/** A window alone on the counter needs no choosing. */
export const chosenOn = (counter: Counter) =>
  computed(() => {
    const docked = counter.docked.value;
    const found = docked.find((each) => each.id === last.value) ?? (docked.length === 1 ? docked[0] : undefined);
    return found?.id ?? null;
  });

const TRIES = 60;

/**
 * Moves the focus into the reply, or onto the window itself, where single keys act: at once, so that the next key counts
 * there, and again once the window is drawn anew.
 */
export function focusWindow(id: string, on: "reply" | "window"): void {
  last.value = id;
  let tries = 0;
  const attempt = () => {
    const window = windowOf(id);
    const target = on === "reply" ? window?.querySelector<HTMLElement>("textarea") ?? window : window;
    target?.focus();
    return target !== undefined && target !== null;
  };
  const again = () => {
    if (!attempt() && ++tries < TRIES) onceDrawn(again);
  };
  attempt();
  onceDrawn(again);
}
