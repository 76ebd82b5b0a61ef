/** What the browser tells of a key, and of the place where it was pressed. */

import { choices } from "../preferences/choices.ts";
import { routeOf } from "../route.ts";
import type { Pressed, Where } from "./table.ts";

const TYPED_IN = "textarea, select, [contenteditable=true], input:not([type=checkbox], [type=radio], [type=button])";
const OWN_KEYS = "[role=dialog], [role=alertdialog], [role=menu], [role=listbox]";

export function pressedOf(event: KeyboardEvent): Pressed {
  const { key, code, altKey: alt, shiftKey: shift } = event;
  return { key, code, alt, shift, ctrl: event.ctrlKey || event.metaKey, altGraph: event.getModifierState("AltGraph") };
}

export function whereIs(target: EventTarget | null): Where {
  const at = target instanceof Element ? target : null;
  const within = at !== null && at.closest(OWN_KEYS) !== null;
  return { field: at?.matches(TYPED_IN) ?? false, dialog: within || document.querySelector("[aria-modal=true]") !== null, letters: choices.letters.value, reviews: routeOf(location.hash).page === "reviews" };
}
