/** Where the visitor writes. It is never disabled: what cannot go now is kept and goes later. */

import { useEffect, useLayoutEffect, useRef } from "preact/hooks";

import { Icon, sendUp } from "../shared/icons.tsx";
import { fill } from "../shared/language.ts";
import { cleanText, lengthOf, MAX_TEXT } from "../shared/protocol.ts";
import type { Face } from "./window.tsx";

const TALLEST_PX = 126;

export function Composer({ session, say: { texts }, inside }: Face) {
  const field = useRef<HTMLTextAreaElement>(null);
  const draft = session.typed.text.value;
  const text = cleanText(draft);
  const excess = lengthOf(text) - MAX_TEXT;
  const ready = text !== "" && excess <= 0;

  useEffect(() => {
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

  return (
    <div class="composer">
      {excess > 0 && <p class="error" id="excess" role="alert">{fill(texts.tooLong, { n: excess })}</p>}
      <textarea ref={field} rows={1} value={draft} placeholder={texts.write} aria-label={texts.write} dir="auto"
        aria-invalid={excess > 0} aria-describedby={excess > 0 ? "excess" : undefined}
        onInput={(event) => session.type(event.currentTarget.value)} onKeyDown={onKey} onBlur={() => session.look()} />
      <button class="send" onClick={send} aria-label={texts.send} aria-disabled={!ready}><Icon d={sendUp} size={20} stroke={1.8} /></button>
    </div>
  );
}

/** As tall as its text, up to six lines. */
function grow(field: HTMLTextAreaElement): void {
  field.style.height = "auto";
  field.style.height = `${Math.min(field.scrollHeight + 2, TALLEST_PX)}px`;
}
