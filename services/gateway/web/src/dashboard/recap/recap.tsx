/** The operator's own conversations: ongoing, and those that ended since they came. */

import "./recap.css";

import type { RefObject } from "preact";
import { useId, useRef, useState } from "preact/hooks";

import { bell, Icon, minus } from "../../shared/icons.tsx";
import { plural } from "../../shared/language.ts";
import type { Chat } from "../chats.ts";
import type { Counter } from "../counter.ts";
import { OnlineSwitch } from "../desk-bar/online-switch.tsx";
import { inFocus } from "../keyboard/chosen.ts";
import type { OperatorDesk } from "../operator.ts";
import { Empty, language, narrow } from "../ui.tsx";
import { useVirtual } from "../virtual.ts";
import { Item } from "./item.tsx";
import { RECAP_TEXTS } from "./texts.ts";

/** How high one is, at a guess; then it is measured. */
const ITEM_PX = 53;
const FINISHED_PX = 86;

export type Tab = "ongoing" | "finished";

interface Props { desk: OperatorDesk; counter: Counter; onOpen(id: string): void }

export function Recap({ desk, counter, onOpen, onFold }: Props & { onFold(): void }) {
  const texts = RECAP_TEXTS[language.value];
  const [tab, setTab] = useState<Tab>("ongoing");
  const panel = useId();
  const box = useRef<HTMLDivElement>(null);
  const waiting = desk.desk.value?.waiting ?? 0;
  return (
    <aside class="rc" aria-label={texts.conversations}>
      <header>
        <h2 class="grow">{texts.conversations}</h2>
        <button class="ib" aria-label={texts.fold} title={texts.fold} onClick={onFold}><Icon d={minus} /></button>
      </header>
      <Tabs tab={tab} panel={panel} ongoing={desk.ongoing.value.length} finished={desk.finished.value.length} onChoose={setTab} />
      <div ref={box} id={panel} class="panel" role="tabpanel" aria-labelledby={`${panel}-${tab}`}>
        <List key={tab} desk={desk} counter={counter} box={box} tab={tab} onOpen={onOpen} />
      </div>
      <footer>
        <OnlineSwitch desk={desk} />
        {waiting > 0 && <span class="meta ends">{plural(language.value, waiting, texts.waiting)}</span>}
      </footer>
    </aside>
  );
}

function Tabs({ tab, panel, ongoing, finished, onChoose }: { tab: Tab; panel: string; ongoing: number; finished: number; onChoose(tab: Tab): void }) {
  const texts = RECAP_TEXTS[language.value];
  const onKey = (event: KeyboardEvent) => {
    if (event.key !== "ArrowLeft" && event.key !== "ArrowRight") return;
    const other: Tab = tab === "ongoing" ? "finished" : "ongoing";
    onChoose(other);
    document.getElementById(`${panel}-${other}`)?.focus();
  };
  const each = (name: Tab, count: number) => (
    <button id={`${panel}-${name}`} role="tab" aria-selected={tab === name} aria-controls={panel} tabIndex={tab === name ? 0 : -1} onClick={() => onChoose(name)}>
      {texts[name]} <span class="count quiet">{count}</span>
    </button>
  );
  return <div class="tabs" role="tablist" aria-label={texts.conversations} onKeyDown={onKey}>{each("ongoing", ongoing)}{each("finished", finished)}</div>;
}

/** Of hundreds only those in view are drawn. */
function List({ desk, counter, box, tab, onOpen }: Props & { box: RefObject<HTMLDivElement | null>; tab: Tab }) {
  const texts = RECAP_TEXTS[language.value];
  const chats = tab === "ongoing" ? desk.ongoing.value : desk.finished.value;
  const { items, before, after, measure } = useVirtual(box, chats.length, tab === "ongoing" ? ITEM_PX : FINISHED_PX, (at) => chats[at]!.id);
  const docked = new Set(counter.docked.value.map((each) => each.id));
  const { value: focused } = inFocus;
  const called = new Set(desk.alerts.value.map((each) => each.id));
  const { value: left } = counter.left;
  const { value: absent } = desk.absent;
  const { value: handovers } = desk.handovers;
  const departmentOf = (chat: Chat) => {
    const id = handovers.get(chat.id);
    return id && (desk.departments.value.find((each) => each.id === id)?.name ?? id);
  };
  if (chats.length === 0 && tab === "ongoing" && narrow.value) return <Quiet desk={desk} />;
  if (chats.length === 0) return <p class="none muted">{tab === "ongoing" ? texts.noneOngoing : texts.noneFinished}</p>;
  return (
    <>
      <ul>
        {before > 0 && <li aria-hidden="true" style={`height:${before}px`} />}
        {items.map(({ index }) => {
          const chat = chats[index];
          return chat && (
            <Item key={chat.id} desk={desk} chat={chat} docked={docked.has(chat.id)} focused={focused === chat.id} left={left[chat.id]}
              called={called.has(chat.id)} absent={absent.has(chat.id)} handover={departmentOf(chat)} here={desk.isHere(chat)} onOpen={onOpen}
              at={index} of={chats.length} measure={measure} />
          );
        })}
        {after > 0 && <li aria-hidden="true" style={`height:${after}px`} />}
      </ul>
      {tab === "finished" && <p class="meta none">{texts.movesOnOffline}</p>}
    </>
  );
}

/** A phone begins with this page: it says what to do next. */
function Quiet({ desk }: { desk: OperatorDesk }) {
  const texts = RECAP_TEXTS[language.value];
  const online = desk.online.value;
  return (
    <Empty icon={bell} title={texts.noneOngoing} hint={online ? texts.rings : texts.goOnlineHint}>
      {!online && desk.desk.value && <button class="btn primary" onClick={() => desk.goOnline(true)}>{texts.goOnline}</button>}
    </Empty>
  );
}
