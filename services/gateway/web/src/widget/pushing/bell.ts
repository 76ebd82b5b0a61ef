/** The bell in the corner across from the launcher: what it shows, and what it says beside itself. */

import { check, cross, pushBell, pushBellOff, pushBellOn } from "../../shared/icons.tsx";
import { element, svg } from "../loader/launcher.ts";
import type { PushingTexts } from "./texts.ts";

/** `home`: an iPhone takes pushes once the shop is on its home screen. `asking` and `stopping` pass by themselves. */
export type BellState = "off" | "asking" | "on" | "stopping" | "blocked" | "home";

const ICONS: Record<BellState, string> = { off: pushBell, asking: "", on: pushBellOn, stopping: "", blocked: pushBellOff, home: pushBell };

export class Bell {
  readonly box = element("div", "pb");
  private readonly button = element("button", "pb-ring");
  /** Also read aloud, whenever it changes. */
  private readonly tip = element("p", "pb-tip");
  private drawn = "";

  constructor(press: () => void) {
    this.box.hidden = true;
    this.button.type = "button";
    this.button.addEventListener("click", press);
    this.tip.role = "status";
    this.box.append(this.button, this.tip);
    this.box.addEventListener("keydown", (event) => {
      // The shop's page has its own shortcuts.
      event.stopPropagation();
      if (event.key === "Escape") this.hush();
    });
    this.button.addEventListener("blur", () => this.hush());
    document.addEventListener("pointerdown", (event) => event.composedPath().includes(this.box) || this.hush());
  }

  /** Null: there is none. `said` stands beside it until the visitor turns to something else. */
  show(state: BellState | null, texts: PushingTexts, said = ""): void {
    this.box.hidden = !state;
    if (!state) return;
    const look = JSON.stringify([state, said, texts.off]);
    if (look === this.drawn) return;
    this.drawn = look;
    const label = state === "home" ? texts.off : texts[state];
    this.button.className = `pb-ring ${state}`;
    this.button.ariaLabel = label;
    this.button.ariaBusy = String(!ICONS[state]);
    this.button.replaceChildren(ICONS[state] ? svg(ICONS[state]) : element("span", "spin"), ...badge(state));
    const text = said || label;
    if (text !== this.tip.textContent) this.tip.textContent = text;
    this.tip.className = said ? "pb-tip open" : "pb-tip";
  }

  /** What was said is read; hovering and focus bring the short word again. */
  private hush(): void {
    this.tip.className = "pb-tip";
    this.drawn = "";
  }
}

function badge(state: BellState): Element[] {
  if (state !== "on" && state !== "blocked") return [];
  const mark = element("span", "pb-mark");
  mark.append(svg(state === "on" ? check : cross));
  return [mark];
}
