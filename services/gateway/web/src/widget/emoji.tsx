/** A choice of emoji over the composer, as the visitor's device draws them; found by a word of the visitor's language. */

import { useEffect, useRef, useState } from "preact/hooks";

import { Icon, search } from "../shared/icons.tsx";
import type { Say } from "./say.ts";
import { emojiIn } from "./texts/emoji.ts";

const ACROSS = 8;

export interface EmojiProps { say: Say; onChoose(sign: string): void; onClose(): void }

export function EmojiPicker({ say: { language, texts }, onChoose, onClose }: EmojiProps) {
  const box = useRef<HTMLDivElement>(null);
  const [wanted, setWanted] = useState("");
  const found = emojiIn(language).filter(({ words }) => plain(words).includes(plain(wanted)));
  useEffect(() => box.current!.querySelector("input")!.focus(), []);
  const onKey = (event: KeyboardEvent) => {
    const all = [...box.current!.querySelectorAll<HTMLElement>("button")];
    const at = all.indexOf((box.current!.getRootNode() as ShadowRoot).activeElement as HTMLElement);
    const mirrored = getComputedStyle(box.current!).direction === "rtl" ? -1 : 1;
    const by = { ArrowRight: mirrored, ArrowLeft: -mirrored, ArrowDown: at < 0 ? 1 : ACROSS, ArrowUp: -ACROSS }[event.key];
    if (event.key === "Escape") onClose();
    else if (event.key === "Enter" && at < 0) all[0]?.click();
    // In the search the arrows to the sides move the caret.
    else if (by && (at >= 0 || event.key === "ArrowDown")) (all[at + by] ?? (at + by < 0 ? box.current!.querySelector("input") : null))?.focus();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div ref={box} class="emoji" role="group" aria-label={texts.emoji} onKeyDown={onKey}>
      <label class="find">
        <Icon d={search} size={18} />
        <input value={wanted} placeholder={texts.emojiFind} aria-label={texts.emojiFind} dir="auto" onInput={(event) => setWanted(event.currentTarget.value)} />
      </label>
      <div class="grid">
        {found.map(({ sign, words }, at) => (
          <button key={sign} type="button" tabIndex={at === 0 ? 0 : -1} aria-label={words} title={words} onClick={() => onChoose(sign)}>{sign}</button>
        ))}
      </div>
      {found.length === 0 && <p class="quiet" role="status">{texts.emojiNone}</p>}
    </div>
  );
}

/** Small letters without their marks: "cœur" is found by "coeur", "święto" by "swieto". */
function plain(text: string): string {
  return text.toLowerCase().normalize("NFD").replace(/\p{M}/gu, "").replace(/œ/g, "oe").replace(/ł/g, "l");
}
