/** Under the desk bar: who waits too long for an answer, and who has come without a window. One line, never more. */

import { bellRings, cross, Icon } from "../../shared/icons.tsx";
import { fill, plural } from "../../shared/language.ts";
import type { Chat } from "../chats.ts";
import type { Counter } from "../counter.ts";
import { inFocus } from "../keyboard/chosen.ts";
import type { OperatorDesk } from "../operator.ts";
import { routeOf } from "../route.ts";
import { ago, language, nameOf, narrow, t } from "../ui.tsx";
import { arrived, goTo, putAside } from "./alerts.ts";
import "./strip.css";
import { forUs } from "./calls.ts";
import { ALERTS } from "./texts.ts";

interface Props { desk: OperatorDesk; counter: Counter }

export function Strip({ desk, counter }: Props) {
  const calls = forUs(desk.alerts.value, desk.me.value?.id, desk.desk.value?.operators ?? [])
    .filter((chat) => !putAside.value.has(chat.id) && !isBeforeUs(chat, counter));
  const came = arrived.value.flatMap((id) => desk.chats.value.get(id) ?? []).filter((chat) => !calls.includes(chat));
  if (calls.length > 0) return <Calls desk={desk} counter={counter} calls={calls} />;
  return came.length > 0 ? <Came counter={counter} came={came} /> : null;
}

/** Being answered, or, on a phone, the one that fills the screen. */
function isBeforeUs({ id }: Chat, counter: Counter): boolean {
  const answered = inFocus.value === id && counter.drafts.value[id] !== undefined;
  return answered || (narrow.value && routeOf(location.hash).page === "chat" && counter.docked.value.some((each) => each.id === id));
}

/** The words that are read out stand still; only the time beside them goes on. */
function Calls({ desk, counter, calls }: Props & { calls: readonly Chat[] }) {
  const texts = ALERTS[language.value];
  const first = calls[0]!;
  const name = nameOf(first);
  const mine = first.operator?.id === desk.me.value?.id;
  const said = calls.length === 1 ? fill(texts.waits, { name }) : plural(language.value, calls.length, texts.waitsCount);
  return (
    <div class="strip red">
      <p role="alert" class="cut"><Icon d={bellRings} size={18} /><b class="cut">{said}</b></p>
      <span class="when" aria-hidden="true">
        {calls.length > 1 && `${fill(texts.longest, { name })}, `}{fill(texts.since, { time: ago(first.unansweredSince ?? first.at) })}
      </span>
      {!mine && <span class="when cut">{fill(texts.heldBy, { name: first.operator?.name ?? "" })}</span>}
      <Buttons onOpen={() => goTo(counter, first.id)} onAside={() => (putAside.value = new Set([...putAside.value, ...calls.map((each) => each.id)]))} />
    </div>
  );
}

function Came({ counter, came }: { counter: Counter; came: readonly Chat[] }) {
  const texts = ALERTS[language.value];
  const first = came[0]!;
  const said = came.length === 1 ? fill(texts.withYou, { name: nameOf(first) }) : plural(language.value, came.length, texts.withYouCount);
  return (
    <div class="strip brass">
      <p role="status" class="cut"><span class="swings" key={first.id}><Icon d={bellRings} size={18} /></span><b class="cut">{said}</b></p>
      {came.length === 1 && first.last?.from === "visitor" && <span class="when cut" dir="auto">{first.last.text}</span>}
      <Buttons onOpen={() => goTo(counter, first.id)} onAside={() => (arrived.value = [])} />
    </div>
  );
}

function Buttons({ onOpen, onAside }: { onOpen(): void; onAside(): void }) {
  const texts = ALERTS[language.value];
  return (
    <span class="row ends">
      <button class="btn sm" onClick={onOpen}>{texts.open}</button>
      <button class="ib" aria-label={`${texts.aside}, ${t().close}`} title={texts.aside} onClick={onAside}><Icon d={cross} /></button>
    </span>
  );
}
