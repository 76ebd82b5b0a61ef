/** The button on the shop's page, drawn without a library: before the first click it is all that there is. */

import { bell, bellRings, clock, mail } from "../../shared/icons.tsx";
import { fill } from "../../shared/language.ts";
import type { LauncherTexts } from "./texts.ts";

export interface Face {
  /** What a click leads to: a conversation, its place in the line, or the form. */
  kind: "chat" | "waiting" | "form";
  unread: number;
  place?: number | undefined;
}

const SVG = "http://www.w3.org/2000/svg";

export class Launcher {
  readonly button = element("button", "launcher");
  /** Says aloud what has come while the window is closed. */
  readonly status = element("span", "unseen");
  texts: LauncherTexts;
  /** The app is on its way, or did not arrive. */
  state: "idle" | "loading" | "stuck" = "idle";
  private readonly icon = element("span", "");
  private readonly label = element("span", "");
  private readonly small = element("small", "");
  private readonly news = element("span", "unseen");
  private readonly count = element("span", "count");
  private drawn = "";

  constructor(texts: LauncherTexts, open: () => void) {
    this.texts = texts;
    this.status.role = "status";
    this.button.type = "button";
    this.button.ariaHasPopup = "dialog";
    this.button.addEventListener("click", open);
    const label = element("span", "label");
    label.append(this.label, this.news, this.small);
    this.count.ariaHidden = "true";
    this.button.append(this.icon, label, this.count);
  }

  /** Null: there is nothing to offer, or the window is open. */
  show(face: Face | null): void {
    this.button.hidden = !face;
    if (!face) return;
    const { kind, unread, place } = face;
    const { texts, state } = this;
    const look = JSON.stringify([face, state, texts.launcher]);
    if (look === this.drawn) return;
    this.drawn = look;
    const label = state === "stuck" ? texts.stuck
      : kind === "form" ? texts.leave
      : kind === "waiting" ? (place === 1 ? texts.next : texts.inLine)
      : texts.launcher;
    const said = unread ? fill(texts.unread, { n: unread }) : "";
    this.button.className = kind === "form" ? "launcher form" : "launcher";
    this.button.ariaBusy = String(state === "loading");
    this.news.textContent = said && `, ${said}`;
    this.label.textContent = label;
    this.small.textContent = kind === "waiting" && place !== undefined ? fill(texts.place, { n: place }) : "";
    this.count.textContent = unread ? String(unread) : "";
    this.status.textContent = said;
    this.draw(state === "loading" ? "" : kind === "waiting" ? clock : kind === "form" ? mail : unread ? bellRings : bell, unread > 0);
  }

  /** The bell swings once for what is new: a new element, so that the motion begins again. */
  private draw(path: string, swings: boolean): void {
    const holder = element("span", !path ? "spin" : swings ? "icon swing" : "icon");
    if (path) holder.append(svg(path));
    this.icon.replaceChildren(holder);
  }
}

/** An icon. */
export function svg(path: string): SVGElement {
  const made = document.createElementNS(SVG, "svg");
  const line = document.createElementNS(SVG, "path");
  line.setAttribute("d", path);
  made.setAttribute("viewBox", "0 0 24 24");
  made.setAttribute("aria-hidden", "true");
  made.append(line);
  return made;
}

export function element<Name extends keyof HTMLElementTagNameMap>(name: Name, className: string): HTMLElementTagNameMap[Name] {
  const made = document.createElement(name);
  made.className = className;
  return made;
}
