/** One day's hours for other days as well. */

import { useState } from "preact/hooks";

import { check, Icon } from "../../../shared/icons.tsx";
import { fill } from "../../../shared/language.ts";
import { Dialog } from "../../parts.tsx";
import { language } from "../../ui.tsx";
import { weekday } from "../changes/wording.ts";
import { HOURS } from "./texts.ts";

export function Copying({ day, onCopy, onClose }: { day: number; onCopy(days: number[]): void; onClose(): void }) {
  const texts = HOURS[language.value];
  const others = [0, 1, 2, 3, 4, 5, 6].filter((each) => each !== day);
  const [days, setDays] = useState<number[]>(others.filter((each) => each < 5));
  const toggle = (each: number) => setDays((before) => (before.includes(each) ? before.filter((one) => one !== each) : [...before, each]));
  const copy = (event: Event) => {
    event.preventDefault();
    onCopy(days);
  };
  return (
    <Dialog title={fill(texts.copyOf, { day: weekday(language.value, day) })} onClose={onClose}>
      <form onSubmit={copy}>
        <ul class="cons">
          {others.map((each) => (
            <li key={each}><label class="tick"><input type="checkbox" checked={days.includes(each)} onChange={() => toggle(each)} /><span class="cb"><Icon d={check} size={12} stroke={1.2} /></span>{weekday(language.value, each)}</label></li>
          ))}
        </ul>
        <div class="row"><button class="btn primary" disabled={days.length === 0}>{texts.copyYes}</button><button type="button" class="btn" onClick={onClose}>{texts.cancel}</button></div>
      </form>
    </Dialog>
  );
}
