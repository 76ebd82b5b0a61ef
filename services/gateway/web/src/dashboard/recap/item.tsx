/** One conversation in the recap. Drawn anew only when something of its own has changed. */

import { bellRings, Icon } from "../../shared/icons.tsx";
import { clockTime, fill, plural } from "../../shared/language.ts";
import { turnOf, turnSince, type Chat } from "../chats.ts";
import type { Left } from "../counter.ts";
import type { OperatorDesk } from "../operator.ts";
import { Ago, idOf, language, nameOf, TurnMark, turnWord } from "../ui.tsx";
import { RECAP_TEXTS, type RecapTexts } from "./texts.ts";

export interface ItemProps {
  desk: OperatorDesk;
  chat: Chat;
  docked: boolean;
  /** Somebody writes in its window now. */
  focused: boolean;
  left: Left | undefined;
  called: boolean;
  /** The visitor is marked away. */
  absent: boolean;
  /** The department it waits for. */
  handover: string | undefined;
  /** Whether the visitor is on the site; undefined: not known. */
  here: boolean | undefined;
  onOpen(id: string): void;
  /** Which one of the list, from 0, and of how many. */
  at: number;
  of: number;
  measure(row: Element | null): void;
}

export function Item(props: ItemProps) {
  const { desk, chat, focused, onOpen } = props;
  const texts = RECAP_TEXTS[language.value];
  const over = chat.status === "ended";
  const turn = turnOf(chat);
  return (
    <li ref={props.measure} class={focused ? "sel" : ""} data-index={props.at} aria-setsize={props.of} aria-posinset={props.at + 1}>
      <button class="li" onClick={() => onOpen(chat.id)}>
        <TurnMark turn={turn} />
        <span class="grow">
          <span class="l1">
            <b class="cut">{nameOf(chat)}</b><span class={chat.visitor.signed_in ? "meta cut known" : "meta"}>{idOf(chat)}</span>
            {over ? <time dateTime={chat.at}>{clockTime(language.value, chat.at)}</time> : <time dateTime={turnSince(chat)}><Ago key={turnSince(chat)} at={turnSince(chat)} /></time>}
          </span>
          <span class="l2">
            <span class="sr">{turnWord(turn, chat.status)}. </span>
            <span class="cut grow">{said(chat, texts)}</span>
            {!over && <Marks {...props} />}
            {over && props.here === false && <span class="meta">{texts.leftSite}</span>}
          </span>
        </span>
      </button>
      {over && props.here !== false && (
        <span class="row again">
          <button class="btn sm" onClick={() => { desk.reopen(chat.id); onOpen(chat.id); }}>{texts.reopen}</button>
          {props.here && <span class="meta">{texts.stillHere}</span>}
        </span>
      )}
    </li>
  );
}

function said(chat: Chat, texts: RecapTexts): string {
  if (chat.status === "ended" && chat.score !== undefined) return fill(texts.rated, { n: chat.score });
  if (!chat.last) return texts.noWords;
  return chat.last.from === "visitor" ? chat.last.text : fill(texts.you, { text: chat.last.text });
}

/** The one thing worth a word, and what is unread. */
function Marks({ chat, docked, left, called, absent, handover }: ItemProps) {
  const texts = RECAP_TEXTS[language.value];
  const word = handover !== undefined ? fill(texts.handover, { name: handover })
    : absent ? texts.visitorAway : docked || !left ? null : left === "hidden" ? texts.hidden : texts.replaced;
  return (
    <>
      {word && <span class="meta">{word}</span>}
      {called && <span class="brass-ink" role="img" aria-label={texts.called} title={texts.called}><Icon d={bellRings} size={15} stroke={1.1} /></span>}
      {chat.unread > 0 && <span class="count" aria-label={plural(language.value, chat.unread, texts.unread)} role="img">{chat.unread}</span>}
    </>
  );
}
