/** One conversation on the counter. */

import "./window/window.css";
import { useEffect, useRef, useState } from "preact/hooks";

import { Icon, up } from "../shared/icons.tsx";
import { fill } from "../shared/language.ts";
import { turnOf, type Chat } from "./chats.ts";
import type { Counter } from "./counter.ts";
import { onceDrawn } from "./keyboard/once-drawn.ts";
import { useWishes } from "./keyboard/wishes.ts";
import type { OperatorDesk } from "./operator.ts";
import { nameOf, t, TurnMark, turnWord } from "./ui.tsx";
import { DropHere, useDrop } from "./window/files/choosing.tsx";
import { traysOf } from "./window/files/trays.ts";
import { Foot } from "./window/foot.tsx";
import { Head } from "./window/head.tsx";
import { Messages } from "./window/messages.tsx";
import { noteKey } from "./window/note-key.ts";
import { Question, type Asking } from "./window/questions.tsx";
import { HandedOver, Whereabouts } from "./window/strips.tsx";
import { TransferPopover } from "./window/transfer.tsx";
import { WindowMenu } from "./window/window-menu.tsx";

interface Props { desk: OperatorDesk; counter: Counter; chat: Chat; minimised: boolean }

export function ChatWindow({ desk, counter, chat, minimised }: Props) {
  useEffect(() => desk.load(chat.id), [chat.id]);
  return minimised ? <Bar counter={counter} chat={chat} /> : <Whole desk={desk} counter={counter} chat={chat} />;
}

const labelOf = (chat: Chat) => fill(t().window, { name: nameOf(chat), turn: turnWord(turnOf(chat), chat.status) });

function Bar({ counter, chat }: { counter: Counter; chat: Chat }) {
  const turn = turnOf(chat);
  return (
    <section class={`win mini ${turn}`} aria-label={labelOf(chat)} data-conversation={chat.id} tabIndex={-1}>
      <button class="mini-bar" title={t().restore} onClick={() => counter.minimise(chat.id)}>
        <TurnMark turn={turn} /><b class="cut grow" dir="auto">{nameOf(chat)}</b><span class={`word ${turn}`}>{turnWord(turn, chat.status)}</span>
        {chat.unread > 0 && <span class="count">{chat.unread}</span>}
        <span class="sr">. {t().restore}</span><Icon d={up} />
      </button>
    </section>
  );
}

function Whole({ desk, counter, chat }: Omit<Props, "minimised">) {
  const [asking, ask] = useState<Asking | null>(null);
  const [isNote, setNote] = useState(() => beganNote(counter, chat.id));
  const box = useRef<HTMLElement>(null);
  const holds = chat.operator?.id === desk.me.value?.id;
  const open = chat.status === "open" && holds;
  const write = (note: boolean) => {
    setNote(note);
    // After the composer is drawn as the other one.
    onceDrawn(() => box.current?.querySelector("textarea")?.focus());
  };
  // What is not ours to end has nothing to ask: the window just goes.
  const close = () => (open ? ask("end") : counter.hide(chat.id));

  // It may have ended by itself while we ask.
  useEffect(() => {
    if (!open) ask((now) => (now === "end" || now === "transfer" ? null : now));
  }, [open]);
  useInView(() => desk.look(chat.id), chat.seq);
  useWishes(chat.id, (wish) => {
    if (wish === "note" && chat.status !== "archived") write(!isNote);
    if (wish === "transfer" && open) ask("transfer");
    if (wish === "end") close();
  });
  const drop = useDrop(open && !isNote && desk.settings.value.attachments !== false ? (files) => traysOf(desk).add(chat.id, files) : null);
  const onKey = (event: KeyboardEvent) => {
    if (event.key !== "Escape" || event.target === box.current) return;
    event.stopPropagation();
    box.current!.focus();
  };
  return (
    <section ref={box} class={`win ${turnOf(chat)}`} aria-label={labelOf(chat)} data-conversation={chat.id} tabIndex={-1} onKeyDown={onKey} {...drop.on}>
      {drop.over && <DropHere />}
      <Head counter={counter} chat={chat} ends={open} onClose={close} onTransfer={open ? () => ask("transfer") : undefined}>
        <WindowMenu desk={desk} chat={chat} isMine={open} onAsk={ask} onNote={() => write(true)} />
      </Head>
      <Whereabouts desk={desk} chat={chat} />
      <HandedOver desk={desk} chat={chat} />
      <Messages desk={desk} chat={chat} />
      <Foot desk={desk} counter={counter} chat={chat} isNote={isNote} onMode={write} />
      {asking === "transfer"
        ? <TransferPopover desk={desk} chat={chat} onClose={() => ask(null)} />
        : asking && <Question desk={desk} chat={chat} asking={asking} onDone={() => ask(null)} />}
    </section>
  );
}

/** Of what was being written, only a note is left. */
function beganNote(counter: Counter, id: string): boolean {
  const drafts = counter.drafts.peek();
  return drafts[id] === undefined && drafts[noteKey(id)] !== undefined;
}

/** Calls `look` now, whenever `news` changes, and when the page comes into view. */
function useInView(look: () => void, news: number): void {
  useEffect(() => {
    look();
    document.addEventListener("visibilitychange", look);
    return () => document.removeEventListener("visibilitychange", look);
  }, [news]);
}
