/** The sheet of keys. */

import { cross, Icon } from "../../shared/icons.tsx";
import { Dialog } from "../parts.tsx";
import { choices, turn } from "../preferences/choices.ts";
import type { OverlayProps } from "../preferences/overlays.tsx";
import { language } from "../ui.tsx";
import { KEYBOARD, type KeyboardTexts } from "./texts.ts";
import "./sheet.css";

/** Keys pressed one after another stand in one list; `…` and `/` between them are said. */
type Line = readonly [keys: readonly string[], what: keyof KeyboardTexts];

type Title = "anywhere" | "writing" | "conversation" | "desk" | "reviews";

const PARTS: readonly (readonly [title: Title, lines: readonly Line[]])[] = [
  ["anywhere", [[["Alt", "1", "…", "4"], "window"], [["F6"], "part"], [["Ctrl", "K"], "palette"], [["Ctrl", "S"], "save"]]],
  ["writing", [[["Enter"], "send"], [["Shift", "Enter"], "newLine"], [["/"], "canned"], [["Esc"], "escape"]]],
  ["reviews", [[["P"], "publish"], [["X"], "reject"], [["R"], "replyReview"]]],
  ["desk", [[["/"], "search"], [["J", "/", "K"], "next"], [["R"], "longest"], [["N"], "channel"], [["O"], "online"], [["?"], "sheet"]]],
  ["conversation", [[["Enter"], "reply"], [["T"], "transfer"], [["I"], "note"], [["M"], "minimise"], [["H"], "hide"], [["E"], "end"]]],
];
/** Those that the switch turns off. */
const SINGLE: readonly Title[] = ["desk", "conversation", "reviews"];

export function Sheet({ onClose }: OverlayProps) {
  const texts = KEYBOARD[language.value];
  return (
    <Dialog title={texts.title} onClose={onClose}>
      <button class="ib shut" aria-label={texts.close} onClick={onClose}><Icon d={cross} size={18} /></button>
      <div class="keys">{PARTS.map(([title, lines]) => <Part key={title} title={title} lines={lines} />)}</div>
      <Letters />
    </Dialog>
  );
}

function Part({ title, lines }: { title: Title; lines: readonly Line[] }) {
  const texts = KEYBOARD[language.value];
  const off = SINGLE.includes(title) && !choices.letters.value;
  return (
    <section class={off ? "off" : ""}>
      <h3>{texts[title]}</h3>
      <dl>{lines.map(([keys, what]) => <><dt>{keys.map((key) => <Key key={key} sign={key} alone={keys.length === 1} />)}</dt><dd>{texts[what] as string}</dd></>)}</dl>
    </section>
  );
}

function Key({ sign, alone }: { sign: string; alone: boolean }) {
  const texts = KEYBOARD[language.value];
  if (sign === "…") return <span><span aria-hidden="true">…</span><span class="sr">{texts.to}</span></span>;
  if (sign === "/" && !alone) return <span><span aria-hidden="true">/</span><span class="sr">{texts.or}</span></span>;
  return <kbd>{sign}</kbd>;
}

function Letters() {
  const texts = KEYBOARD[language.value];
  const on = choices.letters.value;
  return (
    <p class="letters muted">
      {on ? texts.lettersHint : texts.lettersOff}{" "}
      <button class="textlink" onClick={() => turn("letters", !on)}>{on ? texts.lettersTurnOff : texts.lettersOn}</button>
    </p>
  );
}
