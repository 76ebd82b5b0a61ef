/** Where a reply is written. What is typed stays in this tab until it is saved. */

import { useEffect, useRef, useState } from "preact/hooks";

import { Icon, warning } from "../../shared/icons.tsx";
import { fill, plural } from "../../shared/language.ts";
import { cleanText, lengthOf } from "../../shared/protocol.ts";
import { draftOf, keepDraft } from "../inbox/drafts.ts";
import { Failure, newKey } from "../rest.ts";
import { language } from "../ui.tsx";
import * as rest from "./rest.ts";
import { REVIEWS } from "./texts.ts";

const MOST = 2_000;

export function ReplyEditor({ shop, review, onSaved, onClose }: { shop: string; review: rest.Review; onSaved(review: rest.Review): void; onClose(): void }) {
  const texts = REVIEWS[language.value];
  const [draft, setDraft] = useState(() => begun(review));
  const [busy, setBusy] = useState(false);
  const [why, setWhy] = useState<string | null>(null);
  const field = useRef<HTMLTextAreaElement>(null);
  useEffect(() => field.current?.focus(), []);
  const text = cleanText(draft.text);
  const over = lengthOf(text) - MOST;
  const able = !busy && over <= 0 && text !== "";

  const type = (typed: string) => {
    // Another text is another reply: the key of one that may have been stored is not used for it.
    const changed = { text: typed, key: why ? newKey() : draft.key };
    setWhy(null);
    setDraft(changed);
    keepDraft(review.id, typed === review.reply?.text ? { ...changed, text: "" } : changed);
  };
  const save = async (said: string, key: string) => {
    setBusy(true);
    setWhy(null);
    try {
      const now = await rest.reply(shop, review.id, said, key);
      keepDraft(review.id, { ...draft, text: "" });
      onSaved(now);
    } catch (error) {
      setWhy(error instanceof Failure && error.status !== 0 && error.status < 500 ? texts.refused : texts.unreachable);
      setBusy(false);
    }
  };
  const send = () => void (able && save(text, draft.key));
  const onKey = (event: KeyboardEvent) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) send();
    if (event.key === "Escape") onClose();
  };
  return (
    <form class="rv-write" onSubmit={(event) => { event.preventDefault(); send(); }}>
      <textarea ref={field} class="in" rows={3} value={draft.text} placeholder={texts.write} aria-label={`${texts.yourReply}: ${review.product}`} aria-invalid={over > 0} aria-describedby={`state-${review.id}`} dir="auto"
        onInput={(event) => type(event.currentTarget.value)} onKeyDown={onKey} />
      <div id={`state-${review.id}`}>
        {over > 0 && <p class="err" role="alert"><Icon d={warning} size={15} />{plural(language.value, over, texts.tooLong)}</p>}
        {why && <p class="err" role="alert"><Icon d={warning} size={15} />{fill(texts.notDone, { why })}</p>}
      </div>
      <div class="row">
        <button class="btn sm primary" data-save aria-disabled={!able}>{busy ? texts.sending : texts.send}</button>
        <button type="button" class="btn sm" onClick={onClose}>{texts.close}</button>
        {review.reply && <button type="button" class="btn sm quiet" aria-disabled={busy} onClick={() => void (!busy && save("", newKey()))}>{texts.remove}</button>}
        <span class="meta wide-only ends">{texts.sendKey}</span>
      </div>
    </form>
  );
}

/** The draft, or the reply as it stands. */
function begun(review: rest.Review) {
  const draft = draftOf(review.id);
  return draft.text ? draft : { ...draft, text: review.reply?.text ?? "" };
}
