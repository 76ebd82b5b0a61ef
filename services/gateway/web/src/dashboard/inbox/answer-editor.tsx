/** Where an answer is written. What is typed stays, whatever happens, until it is stored. */

import { useEffect, useRef, useState } from "preact/hooks";

import { Icon, sendUp } from "../../shared/icons.tsx";
import { fill } from "../../shared/language.ts";
import { cleanText, lengthOf, MAX_TEXT } from "../../shared/protocol.ts";
import { Notice } from "../parts.tsx";
import { Failure, newKey } from "../rest.ts";
import { language } from "../ui.tsx";
import { draftOf, keepDraft } from "./drafts.ts";
import { sendAnswer, type Message } from "./rest.ts";
import { INBOX } from "./texts.ts";

export function AnswerEditor({ shop, message, replyTo, focus, onSent }: {
  shop: string; message: Message; replyTo: string; focus: boolean; onSent(): void;
}) {
  const texts = INBOX[language.value];
  const [draft, setDraft] = useState(() => draftOf(message.id));
  const [busy, setBusy] = useState(false);
  const [why, setWhy] = useState<string | null>(null);
  const field = useRef<HTMLTextAreaElement>(null);
  const over = lengthOf(cleanText(draft.text)) - MAX_TEXT;
  const able = !busy && over <= 0 && cleanText(draft.text) !== "";
  useEffect(() => {
    if (focus) field.current?.focus();
  }, [focus]);

  const type = (text: string) => {
    // Another text is another answer: the key of one that may have been stored is not used for it.
    const changed = { text, key: why ? newKey() : draft.key };
    setWhy(null);
    setDraft(changed);
    keepDraft(message.id, changed);
  };
  const send = async () => {
    if (!able) return;
    setBusy(true);
    setWhy(null);
    try {
      await sendAnswer(shop, message.id, cleanText(draft.text), draft.key);
      keepDraft(message.id, { ...draft, text: "" });
      onSent();
    } catch (error) {
      const lost = error instanceof Failure && (error.status === 0 || error.status >= 500);
      setWhy(lost ? texts.unreachable : texts.refusedText);
    } finally {
      setBusy(false);
    }
  };
  const onKey = (event: KeyboardEvent) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) void send();
    if (event.key === "Escape") field.current?.blur();
  };

  return (
    <form class="card ans" onSubmit={(event) => { event.preventDefault(); void send(); }}>
      <div class="to"><span class="k">{texts.to}</span><span class="b5 cut">{message.email}</span>{replyTo && <span class="meta ends cut">{fill(texts.replyTo, { address: replyTo })}</span>}</div>
      <textarea ref={field} class="body" rows={6} value={draft.text} placeholder={texts.write} aria-label={fill(texts.answer, { address: message.email ?? "" })}
        aria-invalid={over > 0} aria-describedby="answer-state" dir="auto" onInput={(event) => type(event.currentTarget.value)} onKeyDown={onKey} />
      <div id="answer-state" class="state">
        {busy && <Notice>{texts.sending}</Notice>}
        {why && <Notice tone="red">{fill(texts.notSent, { why })}</Notice>}
        {over > 0 && <p class="err" role="alert">{fill(texts.tooLong, { n: over })}</p>}
      </div>
      <div class="ft">
        <span class="meta grow cut">{texts.quoted}</span><span class="meta wide-only">{texts.sendKey}</span>
        <button class="btn primary" aria-disabled={!able}><Icon d={sendUp} />{texts.send}</button>
      </div>
    </form>
  );
}
