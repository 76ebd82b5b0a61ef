/** The card over the launcher. It takes no focus and covers nothing but itself. */

import { cross } from "../../shared/icons.tsx";
import { button } from "../button.ts";
import { initialsOf } from "../initials.ts";
import { element, svg } from "../loader/launcher.ts";
import type { InvitingTexts } from "./texts.ts";

export interface Shown { text: string; name: string }

export class Card {
  readonly box = element("section", "peek");
  /** Heard without being looked at; it stands there before there is anything to hear. */
  private readonly said = element("div", "said");
  private readonly buttons = element("div", "choice");

  constructor(private readonly accept: () => void, private readonly dismiss: () => void) {
    this.box.hidden = true;
    this.said.role = "status";
    this.box.append(this.said, this.buttons);
    this.box.addEventListener("keydown", (event) => {
      // The shop's page has its own shortcuts.
      event.stopPropagation();
      if (event.key === "Escape") this.dismiss();
    });
  }

  get isShown(): boolean {
    return !this.box.hidden;
  }

  show({ text, name }: Shown, texts: InvitingTexts): void {
    const words = element("p", "");
    words.dir = "auto";
    words.textContent = text;
    const by = element("small", "");
    by.dir = "auto";
    by.textContent = name;
    const face = element("span", "face");
    face.ariaHidden = "true";
    face.textContent = initialsOf(name) ?? "";
    const close = button("x", "", this.dismiss);
    close.ariaLabel = texts.notNow;
    close.append(svg(cross));
    this.box.ariaLabel = texts.invitation;
    this.buttons.replaceChildren(button("yes", texts.chat, this.accept), button("no", texts.notNow, this.dismiss), close);
    this.box.hidden = false;
    this.said.replaceChildren(face, words, by);
    // What does not fit is reached by keys, too.
    if (words.scrollHeight > words.clientHeight) words.tabIndex = 0;
  }

  hide(): void {
    this.box.hidden = true;
    this.said.replaceChildren();
  }
}
