/** Chat: the shop's conversations above, the counter with windows and recap below. */

import { useState } from "preact/hooks";

import { bell, clock, chat as chatIcon, Icon } from "../shared/icons.tsx";
import { fill } from "../shared/language.ts";
import { ChatWindow } from "./chat-window.tsx";
import { turnOf, type Chat } from "./chats.ts";
import type { Counter } from "./counter.ts";
import { OnlineSwitch } from "./frame.tsx";
import type { OperatorDesk } from "./operator.ts";
import { ago, Avatar, Empty, idOf, nameOf, t, TurnMark, turnWord } from "./ui.tsx";

interface Props { desk: OperatorDesk; counter: Counter }

export function ChatPage({ desk, counter }: Props) {
  const docked = counter.docked.value.filter((each) => desk.chats.value.has(each.id));
  return (
    <main class={`chat ${docked.length ? "talking" : ""}`}>
      <Floor desk={desk} counter={counter} />
      <div class="counter">
        <div class="windows">
          {docked.map(({ id, minimised }) => (
            <ChatWindow key={id} desk={desk} counter={counter} chat={desk.chats.value.get(id)!} minimised={minimised} />
          ))}
        </div>
        <Recap desk={desk} counter={counter} />
      </div>
    </main>
  );
}

function Floor({ desk, counter }: Props) {
  const texts = t();
  const rows = [...desk.waiting.value, ...desk.ongoing.value, ...desk.others.value];
  return (
    <section class="floor" aria-label={texts.live}>
      <div class="hd"><h2>{texts.live}</h2><span class="meta">{rows.length > 0 && rows.length}</span></div>
      {rows.length === 0
        ? <Empty icon={bell} title={texts.quiet} hint={desk.online.value ? texts.quietHint : texts.quietOffline}>
          {!desk.online.value && desk.desk.value && <button class="btn primary" onClick={() => desk.goOnline(true)}>{texts.goOnline}</button>}
        </Empty>
        : <div class="card vl">
          <table>
            <thead><tr><th>{texts.visitor}</th><th>{texts.lastMessage}</th><th>{texts.since}</th><th>{texts.state}</th><th><span class="sr">{texts.showIt}</span></th></tr></thead>
            <tbody>{rows.map((chat) => <Row key={chat.id} desk={desk} counter={counter} chat={chat} />)}</tbody>
          </table>
        </div>}
    </section>
  );
}

function Row({ desk, counter, chat }: Props & { chat: Chat }) {
  const texts = t();
  const place = desk.waiting.value.indexOf(chat) + 1;
  const mine = chat.operator?.id === desk.me.value?.id;
  const docked = counter.docked.value.some((each) => each.id === chat.id);
  const state = desk.desk.value;
  // One more channel helps only below the shop's limit.
  const helps = desk.manual.value && desk.online.value && state !== null && state.busy < state.limit;
  return (
    <tr class={docked ? "sel" : ""}>
      <td><div class="row"><Avatar chat={chat} small /><span class="b5 cut">{nameOf(chat)}</span><span class="meta">{idOf(chat)}</span></div></td>
      <td><span class="cut line1">{chat.last?.text}</span></td>
      <td class="muted">{ago(chat.at)}</td>
      <td>
        {place > 0
          ? <span class="tag brass"><Icon d={clock} size={13} stroke={1} />{fill(texts.waitingNth, { n: place })}</span>
          : <span class="tag"><Icon d={chatIcon} size={13} stroke={1} />{mine ? texts.withYou : fill(texts.withName, { name: chat.operator?.name ?? "" })}</span>}
      </td>
      <td class="r">
        {place === 0 && <button class="btn sm quiet" onClick={() => counter.show(chat.id)}>{texts.showIt}</button>}
        {place === 1 && helps && <button class="btn sm primary" onClick={() => desk.openChannel()}>{texts.openFor}</button>}
        {place > 1 && helps && <span class="meta">{texts.afterFirst}</span>}
      </td>
    </tr>
  );
}

export function Recap({ desk, counter }: Props) {
  const texts = t();
  const [tab, setTab] = useState<"ongoing" | "finished">("ongoing");
  const ongoing = desk.ongoing.value;
  const finished = desk.finished.value;
  const list = tab === "ongoing" ? ongoing : finished;
  return (
    <aside class="rc" aria-label={texts.conversations}>
      <header><h3 class="grow">{texts.conversations}</h3></header>
      <div class="tabs" role="tablist">
        <button role="tab" aria-selected={tab === "ongoing"} onClick={() => setTab("ongoing")}>{texts.ongoing} <span class="count quiet">{ongoing.length}</span></button>
        <button role="tab" aria-selected={tab === "finished"} onClick={() => setTab("finished")}>{texts.finished} <span class="count quiet">{finished.length}</span></button>
      </div>
      <ul role="tabpanel">
        {list.map((chat) => <Item key={chat.id} desk={desk} counter={counter} chat={chat} />)}
        {list.length === 0 && <li class="none muted">{tab === "ongoing" ? texts.noneOngoing : texts.noneFinished}</li>}
      </ul>
      {tab === "finished" && finished.length > 0 && <p class="meta none">{texts.movesOnOffline}</p>}
      <footer><OnlineSwitch desk={desk} /></footer>
    </aside>
  );
}

function Item({ desk, counter, chat }: Props & { chat: Chat }) {
  const texts = t();
  const turn = turnOf(chat);
  const said = chat.last?.from === "visitor" ? chat.last.text : chat.last && fill(texts.you, { text: chat.last.text });
  const docked = counter.docked.value.some((each) => each.id === chat.id);
  return (
    <li class={docked ? "sel" : ""}>
      <button class="li" onClick={() => counter.show(chat.id)}>
        <TurnMark turn={turn} />
        <span class="grow">
          <span class="l1"><b class="cut">{nameOf(chat)}</b><span class="meta">{idOf(chat)}</span><time>{ago(chat.at)}</time></span>
          <span class="l2"><span class="sr">{turnWord(turn, chat.status)}. </span><span class="cut grow">{said}</span>{chat.unread > 0 && <span class="count">{chat.unread}</span>}</span>
        </span>
      </button>
      {chat.status === "ended" && <button class="btn sm" onClick={() => { desk.reopen(chat.id); counter.show(chat.id); }}>{texts.reopen}</button>}
    </li>
  );
}
