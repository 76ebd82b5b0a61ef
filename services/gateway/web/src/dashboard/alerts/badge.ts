/** The icon in the browser's tab has a brass dot while it is our turn somewhere. */

import plain from "../icon.svg?url";
import marked from "./icon-turn.svg?url";

export function badge(turns: number): void {
  const link = document.querySelector<HTMLLinkElement>("link[rel=icon]");
  const wanted = turns > 0 ? marked : plain;
  if (link && link.getAttribute("href") !== wanted) link.href = wanted;
}
