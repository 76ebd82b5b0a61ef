/** The state of the list of canned replies that a slash in the reply opens. */

import { useEffect, useState } from "preact/hooks";

import type { Chat } from "../chats.ts";
import type { OperatorDesk } from "../operator.ts";
import { filledIn, found, lettersAt, type Choice, type Values } from "./canned.ts";
import { insertInto } from "./writing.ts";

/** Colleagues change replies too: a list older than this (ms) is asked for anew when it opens. */
const FRESH_MS = 30_000;
let askedAt = -Infinity;

export interface Picker {
  open: boolean;
  letters: string;
  /** Null while they are loading. */
  choices: readonly Choice[] | null;
  failed: boolean;
  active: number;
  move(to: number): void;
  choose(choice: Choice): void;
  close(): void;
  /** Closes it for good: the slash is to be sent. */
  dismiss(): void;
  /** Closes it and takes away what was typed for it. */
  drop(): void;
  /** Opens it at the caret, behind what is written already. */
  call(): void;
  /** Hears of each change of the text, and that the focus has come. */
  typed(field: HTMLTextAreaElement): void;
  load(): void;
}

/** `field` is the reply's; what it holds is `draft`. */
export function usePicker(desk: OperatorDesk, chat: Chat, field: () => HTMLTextAreaElement | null, draft: string): Picker {
  /** Where the slash stands; null if none opened the list. */
  const [slash, setSlash] = useState<number | null>(null);
  const [caret, setCaret] = useState(0);
  const [active, setActive] = useState(0);
  const [failed, setFailed] = useState(false);
  /** Esc was pressed: this text's first slash is meant as it is. */
  const [meant, setMeant] = useState(false);
  const letters = slash === null ? null : lettersAt(draft, slash, caret);
  const open = letters !== null;
  const replies = desk.canned.value;
  const choices = open && replies ? found(replies, letters, localeOf(chat), desk.shop.value?.languages ?? []) : null;

  const load = () => {
    askedAt = Date.now();
    setFailed(false);
    desk.loadCanned().catch(() => {
      askedAt = -Infinity;
      setFailed(true);
    });
  };
  useEffect(() => {
    if (open && (desk.canned.value === null || Date.now() - askedAt > FRESH_MS)) load();
  }, [open]);
  useEffect(() => setActive(0), [letters]);

  const close = () => setSlash(null);
  const dismiss = () => {
    setMeant(true);
    close();
  };
  const drop = () => {
    const into = field();
    close();
    if (into && slash !== null) insertInto(into, "", slash, caret);
  };
  const choose = ({ text }: Choice) => {
    const into = field();
    if (!into || slash === null) return;
    const from = slash;
    close();
    insertInto(into, filledIn(text, valuesFor(desk, chat)), from, caret);
  };
  const call = () => {
    const into = field();
    if (!into) return;
    insertInto(into, "/");
    setSlash(into.selectionStart - 1);
    setCaret(into.selectionStart);
  };
  const typed = (into: HTMLTextAreaElement) => {
    const { value } = into;
    setCaret(into.selectionStart);
    if (!value.startsWith("/")) setMeant(false);
    if (slash !== null && value[slash] !== "/") close();
    if (slash === null && !meant && lettersAt(value, 0, value.length) !== null) setSlash(0);
  };
  return { open, letters: letters ?? "", choices, failed, active, move: setActive, choose, close, dismiss, drop, call, typed, load };
}

/** The visitor's language, as their browser told it when they began. */
export const localeOf = (chat: Chat) => chat.lines?.find((line) => line.locale)?.locale ?? "";

/** What fills itself in a reply. People are greeted by their first name. */
export function valuesFor(desk: OperatorDesk, chat: Chat): Values {
  return {
    name: chat.visitor.name?.trim().split(/\s+/)[0],
    page: desk.onSite(chat)?.page?.title,
    operator: desk.me.value?.name,
  };
}
