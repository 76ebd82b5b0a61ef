/** The recap as a bar: on the chat page when it is folded, at the foot of every other page. */

import "./recap.css";

import { chat as chatIcon, Icon, up } from "../../shared/icons.tsx";
import { plural } from "../../shared/language.ts";
import { OnlineSwitch } from "../desk-bar/online-switch.tsx";
import type { OperatorDesk } from "../operator.ts";
import { language, TurnMark } from "../ui.tsx";
import { RECAP_TEXTS } from "./texts.ts";

export function RecapBar({ desk, onUnfold }: { desk: OperatorDesk; onUnfold(): void }) {
  const texts = RECAP_TEXTS[language.value];
  const [ongoing, finished, turns] = [desk.ongoing.value.length, desk.finished.value.length, desk.ourTurn.value];
  const waiting = desk.desk.value?.waiting ?? 0;
  return (
    <aside class="rcbar" aria-label={texts.conversations}>
      <button class="row" aria-expanded={false} onClick={onUnfold}>
        <Icon d={chatIcon} size={17} />
        <span class="nowrap">{ongoing || !finished ? plural(language.value, ongoing, texts.ongoingCount) : plural(language.value, finished, texts.finishedCount)}</span>
        {turns > 0 && <TurnMark turn="ours" word={plural(language.value, turns, texts.yourTurn)} />}
        {waiting > 0 && <span class="tag brass">{plural(language.value, waiting, texts.waiting)}</span>}
        <span class="sr">{texts.unfold}</span>
      </button>
      <OnlineSwitch desk={desk} />
      <button class="ib" tabIndex={-1} aria-hidden="true" onClick={onUnfold}><Icon d={up} /></button>
    </aside>
  );
}
