/** The right end of the desk bar: search, sounds, keyboard, and the person's own menu. */

import { keyboard, search, soundOff, soundOn, Icon } from "../../shared/icons.tsx";
import { heldBack } from "../alerts/bell.ts";
import type { Counter } from "../counter.ts";
import type { OperatorDesk } from "../operator.ts";
import { language } from "../ui.tsx";
import { Account } from "./account.tsx";
import { choices, turn } from "./choices.ts";
import { open } from "./overlay.ts";
import "./tools.css";
import { PREFERENCES } from "./texts.ts";

interface Props {
  desk: OperatorDesk;
  counter: Counter;
  /** `/` goes to a search of the page's own. */
  ownSearch?: boolean;
}

export function DeskTools({ desk, counter, ownSearch = false }: Props) {
  const texts = PREFERENCES[language.value];
  const key = choices.letters.value && !ownSearch ? "/" : "Ctrl K";
  return (
    <div class="tools-row" role="group" aria-label={texts.tools}>
      <button class="btn quiet sm find-all" aria-keyshortcuts={key.replace(" ", "+").replace("Ctrl", "Control")} title={texts.search} onClick={() => open("search")}>
        <Icon d={search} size={17} /><span class="word">{texts.search}</span><kbd aria-hidden="true">{key}</kbd>
      </button>
      <SoundSwitch />
      <button class="ib lg wide-only by-keys" aria-label={texts.keyboard} title={texts.keyboard} onClick={() => open("keys")}><Icon d={keyboard} size={19} /></button>
      <Account desk={desk} counter={counter} />
    </div>
  );
}

function SoundSwitch() {
  const texts = PREFERENCES[language.value];
  const on = choices.sounds.value;
  const held = on && heldBack.value;
  const said = held ? texts.soundsHeld : on ? texts.soundsOn : texts.soundsOff;
  return (
    <button class={`ib lg wide-only ${held ? "held" : ""}`} aria-pressed={on} aria-label={texts.sounds} title={said} onClick={() => turn("sounds", !on)}>
      <Icon d={on ? soundOn : soundOff} size={18} />
    </button>
  );
}
