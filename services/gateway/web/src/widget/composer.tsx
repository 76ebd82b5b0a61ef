/** Where the visitor writes. It is never disabled: what cannot go now is kept and goes later. */

import { useLayoutEffect, useRef, useState } from "preact/hooks";

import { clip, Icon, sendUp, smile } from "../shared/icons.tsx";
import { fill } from "../shared/language.ts";
import { cleanText, lengthOf, MAX_TEXT } from "../shared/protocol.ts";
import { extras, lazily } from "./lazily.tsx";
import type { Face } from "./window.tsx";

const TALLEST_PX = 126;

const EmojiPicker = lazily(extras, "EmojiPicker");

export function Composer({ session, say, inside }: Face) {
  const { texts } = say;
  const [picking, setPicking] = useState(false);
  const field = useRef<HTMLTextAreaElement>(null);
  const draft = session.typed.text.value;
  const text = cleanText(draft);
  const excess = lengthOf(text) - MAX_TEXT;
  const ready = text !== "" && excess <= 0;

  useLayoutEffect(() => {
    if (inside.current) field.current?.focus({ preventScroll: true });
  }, []);
  useLayoutEffect(() => grow(field.current!), [draft]);

  const send = () => {
    if (ready) session.write(text);
    field.current?.focus();
  };
  const onKey = (event: KeyboardEvent) => {
    // While an input method composes, Enter picks a word.
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    send();
  };

  const onPaste = (event: ClipboardEvent) => {
    const { files, types } = event.clipboardData!;
    // Office programs add a picture of the text that was copied.
    if (files.length === 0 || types.includes("text/plain")) return;
    event.preventDefault();
    session.attach(files);
  };

  const stopPicking = () => {
    setPicking(false);
    field.current?.focus();
  };
  const choose = (sign: string) => {
    const { value, selectionStart: from, selectionEnd: to } = field.current!;
    session.type(value.slice(0, from) + sign + value.slice(to));
    stopPicking();
    setTimeout(() => field.current?.setSelectionRange(from + sign.length, from + sign.length));
  };

  return (
    <div class="composer">
      {picking && <EmojiPicker say={say} onChoose={choose} onClose={stopPicking} />}
      {excess > 0 && <p class="error" id="excess" role="alert">{fill(texts.tooLong, { n: excess })}</p>}
      {session.attaches.value && <Attach session={session} say={say} />}
      <textarea ref={field} rows={1} value={draft} placeholder={texts.write} aria-label={texts.write} dir="auto"
        aria-invalid={excess > 0} aria-describedby={excess > 0 ? "excess" : undefined}
        onInput={(event) => session.type(event.currentTarget.value)} onKeyDown={onKey} onPaste={onPaste} onBlur={() => session.look()} />
      <button class="tool" onClick={() => setPicking(!picking)} aria-label={texts.emoji} title={texts.emoji} aria-expanded={picking}><Icon d={smile} size={20} /></button>
      <button class="send" onClick={send} aria-label={texts.send} aria-disabled={!ready}><Icon d={sendUp} size={20} stroke={1.8} /></button>
    </div>
  );
}

function Attach({ session, say: { texts } }: Omit<Face, "inside">) {
  const picker = useRef<HTMLInputElement>(null);
  const choose = ({ currentTarget: input }: { currentTarget: HTMLInputElement }) => {
    session.attach(input.files!);
    input.value = "";
  };
  return (
    <>
      <button class="tool" onClick={() => picker.current!.click()} aria-label={texts.attach} title={texts.attach}><Icon d={clip} size={20} /></button>
      <input ref={picker} type="file" multiple hidden onChange={choose} />
    </>
  );
}

/** As tall as its text, up to six lines. */
function grow(field: HTMLTextAreaElement): void {
  field.style.height = "auto";
  field.style.height = `${Math.min(field.scrollHeight + 2, TALLEST_PX)}px`;
}
