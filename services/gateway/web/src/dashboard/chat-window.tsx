/** One conversation on the counter. */

import "./window/window.css";
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";

import { back, cross, hide, Icon, minus, reopen, up, warning } from "../shared/icons.tsx";
import { fill } from "../shared/language.ts";
import { cleanText, lengthOf, MAX_TEXT } from "../shared/protocol.ts";
import type { Entry } from "../shared/connection/outbox.ts";
import { turnOf, type Chat } from "./chats.ts";
import type { Counter } from "./counter.ts";
import type { OperatorDesk } from "./operator.ts";
import { Transcript } from "./transcript.tsx";
import { ago, Confirm, idOf, nameOf, t, TurnMark, turnWord } from "./ui.tsx";

interface Props { desk: OperatorDesk; counter: Counter; chat: Chat }

export function ChatWindow({ desk, counter, chat, minimised }: Props & { minimised: boolean }) {
  const texts = t();
  const turn = turnOf(chat);
  const word = turnWord(turn, chat.status);
  const [asking, setAsking] = useState(false);
  const name = nameOf(chat);
  const open = chat.status === "open";

  useEffect(() => desk.load(chat.id), [chat.id]);
  useEffect(() => {
    if (minimised) return;
    const look = () => desk.look(chat.id);
    look();
    document.addEventListener("visibilitychange", look);
    return () => document.removeEventListener("visibilitychange", look);
  }, [chat.seq, minimised]);

  // Ended already, there is nothing to ask: the window just goes.
  const close = () => (open ? setAsking(true) : counter.hide(chat.id));
  const label = fill(texts.window, { name, turn: word });

  if (minimised) {
    return (
      <section class={`win mini ${turn}`} aria-label={label}>
        <button class="mini-bar" onClick={() => counter.minimise(chat.id)} aria-label={`${texts.restore}: ${label}`}>
          <TurnMark turn={turn} /><b class="cut grow">{name}</b><span class="meta">{word}</span>
          {chat.unread > 0 && <span class="count">{chat.unread}</span>}
          <Icon d={up} />
        </button>
      </section>
    );
  }

  return (
    <section class={`win ${turn}`} aria-label={label} data-conversation={chat.id}
      onKeyDown={(event) => event.key === "Escape" && (event.target as HTMLElement).blur()}>
      <header>
        <div class="row">
          <button class="ib phone-only" aria-label={texts.conversations} onClick={() => counter.hide(chat.id)}><Icon d={back} size={20} /></button>
          <h3 class="cut grow">{name}</h3>
          <button class="ib" aria-label={texts.hideWindow} title={texts.hideWindow} onClick={() => counter.hide(chat.id)}><Icon d={hide} /></button>
          <button class="ib wide-only" aria-label={texts.minimise} title={texts.minimise} onClick={() => counter.minimise(chat.id)}><Icon d={minus} /></button>
          <button class="ib" aria-label={open ? texts.endIt : texts.closeWindow} title={open ? texts.endIt : texts.closeWindow} onClick={close}><Icon d={cross} /></button>
        </div>
        <div class="row">
          <TurnMark turn={turn} word={`${word}${chat.at && turn !== "over" ? `, ${ago(chat.at)}` : ""}`} />
          <span class="id">{idOf(chat)}</span>
        </div>
      </header>
      <Messages desk={desk} counter={counter} chat={chat} />
      {open ? <Editor desk={desk} counter={counter} chat={chat} /> : <Over desk={desk} counter={counter} chat={chat} />}
      {asking && open && (
        <Confirm inline title={fill(texts.endSure, { name })} hint={fill(texts.endHint, { name })} yes={texts.endButton} no={texts.keepOpen}
          onYes={() => { desk.end(chat.id); setAsking(false); }} onNo={() => setAsking(false)} />
      )}
    </section>
  );
}

function Messages({ desk, chat }: Props) {
  const box = useRef<HTMLDivElement>(null);
  const atEnd = useRef(true);
  const texts = t();
  const unsent = desk.texts.value.filter((entry) => entry.lane === chat.id);
  const writing = desk.writing.value.has(chat.id);
  const lines = chat.lines ?? [];

  useLayoutEffect(() => {
    if (atEnd.current) box.current!.scrollTop = box.current!.scrollHeight;
  }, [lines.length, unsent.length, writing]);
  useEffect(() => {
    const watch = new ResizeObserver(() => atEnd.current && box.current && (box.current.scrollTop = box.current.scrollHeight));
    watch.observe(box.current!);
    return () => watch.disconnect();
  }, []);
  const onScroll = () => {
    const { scrollTop, scrollHeight, clientHeight } = box.current!;
    atEnd.current = scrollHeight - scrollTop - clientHeight < 40;
  };

  return (
    <div ref={box} class="log" role="log" aria-live="polite" aria-label={texts.messages} tabIndex={0} onScroll={onScroll}>
      <Transcript lines={lines} visitor={nameOf(chat)} readUpto={chat.read["visitor"] ?? 0} />
      {unsent.map((entry) => <Unsent key={entry.key} desk={desk} entry={entry} />)}
      {writing && <p class="sys">{fill(texts.writing, { name: chat.visitor.name ?? texts.theVisitor })}</p>}
    </div>
  );
}

function Unsent({ desk, entry }: { desk: OperatorDesk; entry: Entry }) {
  const texts = t();
  const failed = entry.state === "failed";
  const why = entry.code ? texts.codes[entry.code] : undefined;
  return (
    <div class="q ours">
      <div class="bb" dir="auto">{entry.text}</div>
      {!failed && <div class="by">{entry.state === "stored" ? texts.sent : desk.away.value ? texts.later : texts.sending}</div>}
      {failed && (
        <div class="by fail">
          <Icon d={warning} size={13} stroke={1} />
          {entry.retryable
            ? <button onClick={() => desk.retry(entry)} title={why}>{texts.failed}</button>
            : <span>{why ? fill(texts.failedFor, { why }) : texts.failed}</span>}
          <button onClick={() => desk.discard(entry)}>{texts.discard}</button>
        </div>
      )}
    </div>
  );
}

/** Never disabled while we are away: what is written is kept and goes later. */
function Editor({ desk, counter, chat }: Props) {
  const texts = t();
  const field = useRef<HTMLTextAreaElement>(null);
  const draft = counter.drafts.value[chat.id] ?? "";
  const text = cleanText(draft);
  const excess = lengthOf(text) - MAX_TEXT;
  const ready = text !== "" && excess <= 0;

  useLayoutEffect(() => {
    field.current!.style.height = "auto";
    field.current!.style.height = `${Math.min(field.current!.scrollHeight, 120)}px`;
  }, [draft]);

  const type = (value: string) => {
    counter.draft(chat.id, value);
    desk.tellTyping(chat.id, value !== "");
  };
  const send = () => {
    field.current?.focus();
    if (!ready) return;
    desk.say(chat.id, text);
    counter.draft(chat.id, "");
  };
  const onKey = (event: KeyboardEvent) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    send();
  };

  return (
    <div class="ed">
      <textarea ref={field} rows={2} placeholder={texts.reply} aria-label={texts.reply} dir="auto" value={draft} aria-invalid={excess > 0}
        onInput={(event) => type(event.currentTarget.value)} onKeyDown={onKey}
        onFocus={() => counter.focused(chat.id)} onBlur={() => counter.focused(null)} />
      <div class="tools">
        {excess > 0 && <span class="err" role="alert">{fill(texts.tooLong, { n: excess })}</span>}
        <button class="btn primary sm send" aria-disabled={!ready} onClick={send}>{texts.send}</button>
      </div>
    </div>
  );
}

function Over({ desk, counter, chat }: Props) {
  return (
    <div class="ed over">
      {chat.status === "ended" && <button class="btn sm" onClick={() => desk.reopen(chat.id)}><Icon d={reopen} />{t().reopen}</button>}
      <button class="btn sm quiet" onClick={() => counter.hide(chat.id)}>{t().closeWindow}</button>
    </div>
  );
}
