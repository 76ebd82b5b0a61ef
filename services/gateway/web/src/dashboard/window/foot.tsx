/** A window's foot: the composer, or why there is none. */

import { useEffect, useState } from "preact/hooks";

import { barred, clock, Icon, moved, plus, reopen } from "../../shared/icons.tsx";
import { fill } from "../../shared/language.ts";
import type { Chat } from "../chats.ts";
import type { Counter } from "../counter.ts";
import type { OperatorDesk } from "../operator.ts";
import { language, nameOf, t } from "../ui.tsx";
import { blockOf, learnBlocks, unblock } from "./blocks.ts";
import { Editor } from "./editor.tsx";
import { WINDOW } from "./texts.ts";

interface Props { desk: OperatorDesk; counter: Counter; chat: Chat; isNote: boolean; onMode(isNote: boolean): void }

export function Foot({ desk, counter, chat, isNote, onMode }: Props) {
  const mine = chat.operator?.id === desk.me.value?.id;
  if (chat.status === "open" && mine) return <Editor desk={desk} counter={counter} chat={chat} isNote={isNote} onlyNotes={false} onMode={onMode} />;
  // Only who holds a conversation answers; others may leave a note.
  const noting = isNote && chat.status !== "archived";
  return (
    <>
      {noting && <Editor desk={desk} counter={counter} chat={chat} isNote onlyNotes onMode={onMode} />}
      {chat.status === "open" && <Elsewhere desk={desk} chat={chat} />}
      {chat.status === "waiting" && <Waits desk={desk} chat={chat} />}
      {(chat.status === "ended" || chat.status === "archived") && <Over desk={desk} counter={counter} chat={chat} />}
    </>
  );
}

function Elsewhere({ desk, chat }: { desk: OperatorDesk; chat: Chat }) {
  const texts = WINDOW[language.value];
  const busy = desk.underWay.value.has(`take_over ${chat.id}`);
  return (
    <div class="ed over">
      <p class="grow muted">{chat.operator ? fill(texts.hasIt, { name: chat.operator.name }) : texts.nobodyHasIt}</p>
      <button class="btn sm" aria-disabled={busy} onClick={() => !busy && desk.takeOver(chat.id)}><Icon d={moved} />{texts.takeOver}</button>
    </div>
  );
}

/** A channel more serves the first in line, who is not always this one. */
function Waits({ desk, chat }: { desk: OperatorDesk; chat: Chat }) {
  const texts = WINDOW[language.value];
  const place = desk.waiting.value.findIndex((each) => each.id === chat.id) + 1;
  const state = desk.desk.value;
  const helps = place === 1 && desk.manual.value && desk.online.value && state !== null && state.busy < state.limit;
  return (
    <div class="ed over">
      <Icon d={clock} /><p class="grow muted">{fill(desk.absent.value.has(chat.id) ? texts.waitsAway : texts.waitsInLine, { n: place })}</p>
      {helps && <button class="btn sm primary" onClick={() => desk.openChannel()}><Icon d={plus} />{texts.openChannel}</button>}
    </div>
  );
}

function Over({ desk, counter, chat }: { desk: OperatorDesk; counter: Counter; chat: Chat }) {
  const texts = t();
  const shop = desk.shop.value?.id ?? "";
  const blocked = blockOf(chat);
  const busy = desk.underWay.value.has(`reopen ${chat.id}`);
  // Who ended it by blocking finds here how to take that back.
  useEffect(() => void learnBlocks(shop, chat), [chat.id, chat.status]);
  return (
    <>
      {blocked && <Blocked name={nameOf(chat)} onUnblock={() => unblock(shop, blocked)} />}
      <div class="ed over">
        {chat.status === "ended" && !blocked && <button class="btn sm grow" aria-disabled={busy} onClick={() => !busy && desk.reopen(chat.id)}><Icon d={reopen} />{texts.reopen}</button>}
        <button class="btn sm quiet" onClick={() => counter.hide(chat.id)}>{texts.closeWindow}</button>
      </div>
    </>
  );
}

function Blocked({ name, onUnblock }: { name: string; onUnblock(): Promise<void> }) {
  const texts = WINDOW[language.value];
  const [failed, setFailed] = useState(false);
  return (
    <div class="ctx foot" role="status">
      <Icon d={barred} size={14} stroke={1.1} /><span class="grow">{failed ? texts.notUnblocked : fill(texts.isBlocked, { name })}</span>
      <button class="btn sm quiet" onClick={() => onUnblock().catch(() => setFailed(true))}>{texts.unblock}</button>
    </div>
  );
}
