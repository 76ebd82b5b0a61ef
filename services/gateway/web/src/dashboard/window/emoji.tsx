/** A small choice of emoji, as the reader's device draws them. A screen reader says each one's own name. */

import { useRef } from "preact/hooks";

import { storage } from "../../shared/connection/environment.ts";
import { language } from "../ui.tsx";
import { moveFocus, Popover } from "./popover.tsx";
import { WINDOW } from "./texts.ts";

const ACROSS = 7;
const USUAL = [..."🙂😀😄😂🥲😉😊😍🤗🤔😅😌😮😕😢🙏👍👎👌👏🙌💪👋🤝✅❌⭐🎉🎁🔥💡📦🚚🏠📍📞📧💳🧾🔍⏰☀️❤️💙".matchAll(/\p{Emoji}\uFE0F?/gu)].map(([sign]) => sign);
const KEY = "shopbell:choice:emoji";

export function EmojiPicker({ onChoose, onClose }: { onChoose(sign: string): void; onClose(): void }) {
  const texts = WINDOW[language.value];
  const grid = useRef<HTMLDivElement>(null);
  const signs = [...new Set([...recent(), ...USUAL])].slice(0, 42);
  const choose = (sign: string) => {
    remember(sign);
    onChoose(sign);
  };
  return (
    <Popover label={texts.emojiChoose} place="from-foot" onClose={onClose}
      onKeyDown={(event) => moveFocus(event, [...grid.current!.querySelectorAll("button")], ACROSS)}>
      <div ref={grid} class="emoji">
        {signs.map((sign, at) => <button key={sign} tabIndex={at === 0 ? 0 : -1} data-first={at === 0 || undefined} onClick={() => choose(sign)}>{sign}</button>)}
      </div>
    </Popover>
  );
}

const kept = storage("localStorage");
/** Those used last on this device come first: one row of them. */
const recent = () => (kept?.getItem(KEY) ?? "").split(" ").filter(Boolean).slice(0, ACROSS);

function remember(sign: string): void {
  try {
    kept?.setItem(KEY, [sign, ...recent().filter((each) => each !== sign)].join(" "));
  } catch {
    // A full storage costs the order, not the emoji.
  }
}
