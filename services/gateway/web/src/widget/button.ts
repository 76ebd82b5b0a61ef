/** A button of the cards over the launcher, which are drawn without a library. */

import { element } from "./loader/launcher.ts";

export function button(className: string, text: string, act: () => void): HTMLButtonElement {
  const made = element("button", className);
  made.type = "button";
  made.textContent = text;
  made.addEventListener("click", act);
  return made;
}
