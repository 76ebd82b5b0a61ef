/** The window's composer: a reply to the visitor, or a note that only staff see. */

import { computed } from "@preact/signals";
import { useEffect, useId, useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";

import { bolt, check, Icon, note as noteIcon, sendUp, smile } from "../../shared/icons.tsx";
import { fill } from "../../shared/language.ts";
import { cleanText, lengthOf, MAX_TEXT } from "../../shared/protocol.ts";
import type { Chat } from "../chats.ts";
import type { Counter } from "../counter.ts";
import type { OperatorDesk } from "../operator.ts";
import { language, t } from "../ui.tsx";
import { filledIn, gapIn, textFor } from "./canned.ts";
import { CannedList } from "./canned-list.tsx";
import { EmojiPicker } from "./emoji.tsx";
import { ClipButton, pastedFiles } from "./files/choosing.tsx";
import { Tray } from "./files/tray.tsx";
import { traysOf } from "./files/trays.ts";
import { noteKey } from "./note-key.ts";
import { localeOf, usePicker, valuesFor, type Picker } from "./picker.ts";
import { WINDOW } from "./texts.ts";
import { fitHeight, insertInto } from "./writing.ts";

/** It grows with its text up to this, in px. */
const HIGHEST = 132;
/** As many canned replies stand over the composer on a phone. */
const CHIPS = 12;

interface Props {
  desk: OperatorDesk;
  counter: Counter;
  chat: Chat;
  isNote: boolean;
  /** Not ours: only notes may be written. */
  onlyNotes: boolean;
  onMode(isNote: boolean): void;
}

/** Never disabled while we are away: what is written is kept and goes later. */
export function Editor({ desk, counter, chat, isNote, onlyNotes, onMode }: Props) {
  const field = useRef<HTMLTextAreaElement>(null);
  const box = useRef<HTMLDivElement>(null);
  const id = useId();
  const key = isNote ? noteKey(chat.id) : chat.id;
  // Drawn anew for this draft only, not for those of the windows beside it.
  const draft = useDraft(counter, key);
  const text = cleanText(draft);
  const excess = lengthOf(text) - MAX_TEXT;
  const trays = traysOf(desk);
  const held = trays.isHeld(chat.id);
  const attaches = !isNote && desk.settings.value.attachments !== false;
  const ready = (text !== "" || (!isNote && trays.hasSome(chat.id))) && excess <= 0;
  const [gapAsked, askGap] = useState<string | null>(null);
  const picker = usePicker(desk, chat, () => field.current, draft);
  const label = isNote ? WINDOW[language.value].noteField : t().reply;

  useLayoutEffect(() => fitHeight(field.current!, HIGHEST), [draft, isNote]);

  const type = (into: HTMLTextAreaElement) => {
    counter.draft(key, into.value);
    if (isNote) return;
    // What somebody is still writing is not what they sent.
    trays.release(chat.id);
    desk.tellTyping(chat.id, into.value !== "");
    picker.typed(into);
  };
  const send = () => {
    field.current?.focus();
    if (!ready) return;
    const gap = isNote ? null : gapIn(draft);
    if (gap && gapAsked !== draft) {
      askGap(draft);
      return field.current?.setSelectionRange(gap.from, gap.to);
    }
    if (!isNote) return trays.whenHere(chat.id, () => reply(desk, counter, chat.id));
    desk.note(chat.id, text);
    counter.draft(key, "");
  };
  const onPaste = (event: ClipboardEvent) => {
    const files = attaches ? pastedFiles(event) : [];
    if (files.length === 0) return;
    event.preventDefault();
    trays.add(chat.id, files);
  };
  const onKey = (event: KeyboardEvent) => {
    if (event.isComposing || (picker.open && picks(event, picker))) return;
    if (event.key !== "Enter" || event.shiftKey) return;
    event.preventDefault();
    send();
  };
  const onLeave = (event: FocusEvent) => {
    if (!box.current?.contains(event.relatedTarget as Node | null)) picker.close();
  };

  return (
    <div ref={box} class={`ed ${isNote ? "noting" : ""}`} onFocusOut={onLeave}>
      {!isNote && !picker.open && <Chips desk={desk} chat={chat} onChoose={(chosen) => insertInto(field.current!, chosen)} />}
      {picker.open && <CannedList id={id} picker={picker} />}
      {excess > 0 && <p class="err" role="alert">{fill(t().tooLong, { n: excess })}</p>}
      {gapAsked === draft && draft && <p class="gap" role="alert">{fill(WINDOW[language.value].fillGap, { field: gapIn(draft)?.field ?? "" })}</p>}
      {!isNote && <Tray trays={trays} conversation={chat.id} onGone={() => field.current?.focus()} />}
      {!isNote && <p class="sends-later" role="status">{held && WINDOW[language.value].heldBack}</p>}
      <textarea ref={field} rows={1} placeholder={label} aria-label={label} dir="auto" value={draft} aria-invalid={excess > 0} enterkeyhint={isNote ? "done" : "send"}
        aria-autocomplete={isNote ? undefined : "list"} aria-haspopup={isNote ? undefined : "listbox"}
        aria-controls={picker.choices?.length ? id : undefined} aria-activedescendant={picker.choices?.length ? `${id}-${picker.active}` : undefined}
        onInput={(event) => type(event.currentTarget)} onKeyDown={onKey} onPaste={onPaste}
        onFocus={(event) => { counter.focused(chat.id); if (!isNote) picker.typed(event.currentTarget); }} onBlur={() => counter.focused(null)} />
      <Tools counter={counter} chat={chat} isNote={isNote} onlyNotes={onlyNotes} ready={ready} held={held} picker={picker} onAttach={attaches ? (files) => trays.add(chat.id, files) : undefined} field={() => field.current!} onMode={onMode} onSend={send} />
    </div>
  );
}

/** Sends what is written by now, and the files that have arrived. */
function reply(desk: OperatorDesk, counter: Counter, id: string): void {
  const text = cleanText(counter.drafts.peek()[id] ?? "");
  const [first = [], ...more] = traysOf(desk).take(id);
  if (text || first.length > 0) desk.say(id, text, first);
  for (const files of more) desk.say(id, "", files);
  counter.draft(id, "");
}

function useDraft(counter: Counter, key: string): string {
  const draft = useMemo(() => computed(() => counter.drafts.value[key] ?? ""), [counter, key]);
  return draft.value;
}

/** The keys that the open list takes; true if it took this one. */
function picks(event: KeyboardEvent, picker: Picker): boolean {
  const count = picker.choices?.length ?? 0;
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  const chosen = picker.choices?.[picker.active];
  const takes = event.key === "Enter" && !event.shiftKey || (event.key === "Tab" && !event.shiftKey && chosen !== undefined);
  if (event.key === "Escape") event.stopPropagation();
  else if (step === undefined && !takes) return false;
  event.preventDefault();
  if (step !== undefined && count) picker.move((picker.active + step + count) % count);
  else if (event.key === "Escape") picker.dismiss();
  else if (takes && chosen) picker.choose(chosen);
  return true;
}

interface ToolsProps {
  counter: Counter; chat: Chat; isNote: boolean; onlyNotes: boolean; ready: boolean; picker: Picker;
  /** What is to be sent waits for its files. */
  held: boolean;
  onAttach: ((files: File[]) => void) | undefined;
  field(): HTMLTextAreaElement; onMode(isNote: boolean): void; onSend(): void;
}

function Tools({ counter, chat, isNote, onlyNotes, ready, held, picker, onAttach, field, onMode, onSend }: ToolsProps) {
  const texts = WINDOW[language.value];
  const [emoji, setEmoji] = useState(false);
  const sending = isNote ? texts.saveNote : t().send;
  const kept = useDraft(counter, noteKey(chat.id)) !== "" && !isNote;
  const noteLabel = isNote ? texts.backToReply : kept ? `${texts.note}. ${texts.noteKept}` : texts.note;
  return (
    <div class="tools">
      {onAttach && <ClipButton onChoose={onAttach} />}
      <button class="ib" aria-label={texts.emoji} title={texts.emoji} aria-haspopup="dialog" aria-expanded={emoji} onClick={() => setEmoji(!emoji)}><Icon d={smile} size={17} /></button>
      {!isNote && <button class="ib bolt" aria-label={texts.canned} title={`${texts.canned}  /`} aria-expanded={picker.open}
        onPointerDown={(event) => event.preventDefault()} onClick={() => (picker.open ? picker.close() : picker.call())}><Icon d={bolt} size={17} /></button>}
      {!onlyNotes && <button class={kept ? "ib to-note has" : "ib to-note"} aria-label={noteLabel} title={noteLabel} aria-pressed={isNote} onClick={() => onMode(!isNote)}><Icon d={noteIcon} size={17} /></button>}
      <button class="btn primary sm send" aria-disabled={!ready} aria-busy={held} aria-label={sending} title={held ? texts.heldBack : undefined} data-save={isNote || undefined} onClick={onSend}>
        <span class="word">{sending}</span><Icon d={isNote ? check : sendUp} size={18} />
      </button>
      {emoji && <EmojiPicker onClose={() => setEmoji(false)} onChoose={(sign) => {
        setEmoji(false);
        insertInto(field(), sign);
      }} />}
    </div>
  );
}

/** On a phone, where a slash is far away: the shop's canned replies at a touch. */
function Chips({ desk, chat, onChoose }: { desk: OperatorDesk; chat: Chat; onChoose(text: string): void }) {
  useEffect(() => {
    if (innerWidth < 600 && desk.canned.value === null) desk.loadCanned().catch(() => {});
  }, []);
  const replies = desk.canned.value;
  if (!replies?.length) return null;
  const insert = (reply: (typeof replies)[number]) => {
    const { text } = textFor(reply, localeOf(chat), desk.shop.value?.languages ?? []);
    onChoose(filledIn(text, valuesFor(desk, chat)));
  };
  return (
    <div class="chips" role="group" aria-label={WINDOW[language.value].canned}>
      {replies.slice(0, CHIPS).map((reply) => <button key={reply.id} onClick={() => insert(reply)}>/{reply.shortcut}</button>)}
    </div>
  );
}
