/** A window's head: who it is, whose turn, and the window's own buttons. */

import type { ComponentChildren } from "preact";

import { back, cross, hide, Icon, minus, moved } from "../../shared/icons.tsx";
import { clockTime, fill } from "../../shared/language.ts";
import { turnOf, turnSince, type Chat } from "../chats.ts";
import type { Counter } from "../counter.ts";
import { ago, idOf, language, nameOf, t, TurnMark, turnWord } from "../ui.tsx";
import { WINDOW } from "./texts.ts";

interface Props {
  counter: Counter;
  chat: Chat;
  /** Closing it ends the conversation. */
  ends: boolean;
  onClose(): void;
  onTransfer?: (() => void) | undefined;
  children: ComponentChildren;
}

/** `children`: the menu. */
export function Head({ counter, chat, ends, onClose, onTransfer, children }: Props) {
  const texts = t();
  const closing = ends ? texts.endIt : texts.closeWindow;
  const passing = WINDOW[language.value].transfer;
  return (
    <header>
      <div class="row head1">
        <button class="ib phone-only" aria-label={texts.conversations} onClick={() => counter.hide(chat.id)}><Icon d={back} size={20} /></button>
        <h2 class="cut grow" dir="auto" title={nameOf(chat)}>{nameOf(chat)}</h2>
        <button class="ib wide-only" aria-label={texts.hideWindow} title={texts.hideWindow} onClick={() => counter.hide(chat.id)}><Icon d={hide} /></button>
        <button class="ib wide-only" aria-label={texts.minimise} title={texts.minimise} onClick={() => counter.minimise(chat.id)}><Icon d={minus} /></button>
        <button class="ib wide-only" aria-label={closing} title={closing} onClick={onClose}><Icon d={cross} /></button>
      </div>
      <div class="row head2">
        <Turn chat={chat} />
        <span class="id cut" title={idOf(chat)}>{idOf(chat)}</span>
        {onTransfer && <button class="ib phone-only" aria-label={passing} onClick={onTransfer}><Icon d={moved} size={20} /></button>}
        {children}
      </div>
    </header>
  );
}

/** The only part that is drawn anew as time passes. */
function Turn({ chat }: { chat: Chat }) {
  const turn = turnOf(chat);
  if (turn === "over") return <TurnMark turn={turn} word={howItEnded(chat)} />;
  const since = ago(turnSince(chat));
  return <TurnMark turn={turn} word={`${turnWord(turn, chat.status)}${since ? `, ${since}` : ""}`} />;
}

/** `Ended by visitor, 14:11`. */
function howItEnded(chat: Chat): string {
  const texts = WINDOW[language.value];
  const by = chat.lines?.findLast((line) => line.kind === "ended")?.by;
  const operator = chat.operator?.name;
  const word = chat.status === "archived" ? t().archived
    : by === "visitor" ? texts.endedByVisitor : by === "operator" && operator ? fill(texts.endedBy, { name: operator }) : texts.endedNow;
  return chat.at ? `${word}, ${clockTime(language.value, chat.at)}` : word;
}
