/** What a person has switched on or off for this browser; a switch in one tab holds in all of them. */

import { signal, type Signal } from "@preact/signals";

import { storage } from "../../shared/connection/environment.ts";

const PREFIX = "shopbell:choice:";

export type Choice = "sounds" | "notifications" | "letters";

const USUAL: Record<Choice, boolean> = { sounds: true, notifications: false, letters: true };

const kept = storage("localStorage");
/** Of a storage that keeps nothing the page remembers at least what was turned on it. */
const turned = new Set<Choice>();
const parse = (choice: Choice, value: string | null) => (value === null ? USUAL[choice] : value === "on");
const recalled = (choice: Choice) => signal(parse(choice, kept?.getItem(PREFIX + choice) ?? null));

/** `letters`: single keys act outside fields. `notifications`: wanted; the browser may still forbid them. */
export const choices: Record<Choice, Signal<boolean>> = {
  sounds: recalled("sounds"), notifications: recalled("notifications"), letters: recalled("letters"),
};

/** What holds for who has not chosen. */
export function usually(choice: Choice, on: boolean): void {
  USUAL[choice] = on;
  if (!turned.has(choice) && (kept?.getItem(PREFIX + choice) ?? null) === null) choices[choice].value = on;
}

export function turn(choice: Choice, on: boolean): void {
  turned.add(choice);
  choices[choice].value = on;
  try {
    kept?.setItem(PREFIX + choice, on ? "on" : "off");
  } catch {
    // A full storage costs the keeping, not the switch.
  }
}

addEventListener("storage", ({ key, newValue }) => {
  const choice = key?.startsWith(PREFIX) ? (key.slice(PREFIX.length) as Choice) : null;
  if (choice && choice in choices) choices[choice].value = parse(choice, newValue);
});
