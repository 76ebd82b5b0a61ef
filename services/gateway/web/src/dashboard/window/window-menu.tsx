/** What can be done with a conversation beside talking. */

import { barred, cross, mail, moved, note, person, reopen } from "../../shared/icons.tsx";
import { fill } from "../../shared/language.ts";
import type { Chat } from "../chats.ts";
import type { OperatorDesk } from "../operator.ts";
import { addressOf } from "../route.ts";
import { language, nameOf, t } from "../ui.tsx";
import { blockOf, learnBlocks, unblock } from "./blocks.ts";
import { Menu, type Deed } from "./menu.tsx";
import type { Asking } from "./questions.tsx";
import { WINDOW } from "./texts.ts";

interface Props {
  desk: OperatorDesk;
  chat: Chat;
  /** It is open and with us. */
  isMine: boolean;
  onAsk(what: Asking): void;
  onNote(): void;
}

export function WindowMenu(props: Props) {
  const texts = WINDOW[language.value];
  const shop = props.desk.shop.value?.id ?? "";
  const learn = () => void learnBlocks(shop);
  return <Menu label={fill(texts.menu, { name: nameOf(props.chat) })} title={texts.more} deeds={deedsOf(props)} onOpen={learn} />;
}

function deedsOf({ desk, chat, isMine, onAsk, onNote }: Props): Deed[] {
  const texts = WINDOW[language.value];
  const open = chat.status === "open";
  const live = chat.status !== "archived";
  const blocked = blockOf(chat);
  const shop = desk.shop.value?.id ?? "";
  const deeds: (Deed | false)[] = [
    isMine && { icon: moved, label: texts.transfer, key: "T", run: () => onAsk("transfer") },
    open && !isMine && { icon: moved, label: texts.takeOver, run: () => desk.takeOver(chat.id) },
    live && { icon: note, label: texts.note, key: "I", run: onNote },
    { icon: mail, label: texts.transcript, run: () => onAsk("transcript") },
    chat.visitor.id !== "" && { icon: person, label: texts.person, href: addressOf("person", chat.visitor.id) },
    chat.status === "ended" && { icon: reopen, label: t().reopen, run: () => desk.reopen(chat.id) },
    isMine && { icon: cross, label: t().endIt, key: "E", run: () => onAsk("end") },
    blocked
      ? { icon: barred, label: texts.unblock, run: () => void unblock(shop, blocked).catch(() => {}) }
      : live && { icon: barred, label: texts.block, danger: true, run: () => onAsk("block") },
  ];
  return deeds.filter((deed) => deed !== false);
}
