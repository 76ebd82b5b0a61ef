/** One review in a list: what was written, what may be wrong with it, and what staff do with it. */

import { useId, useState } from "preact/hooks";

import { check, confirmed, cross, Icon, warning } from "../../shared/icons.tsx";
import { fill } from "../../shared/language.ts";
import { exactly, momentOf } from "../dates.ts";
import { draftOf } from "../inbox/drafts.ts";
import { Stars } from "../parts.tsx";
import { language, now } from "../ui.tsx";
import { ReplyEditor } from "./reply-editor.tsx";
import type * as rest from "./rest.ts";
import { REVIEWS } from "./texts.ts";

export const elementOf = (id: string) => document.getElementById(`review-${id}`);

interface Props {
  shop: string;
  review: rest.Review;
  /** The keys are about it. */
  chosen: boolean;
  busy: boolean;
  writing: boolean;
  /** Why the last deed was not done. */
  why: string | null;
  onChoose(): void;
  onDecide(deed: rest.Deed): void;
  onWrite(on: boolean): void;
  onReplied(review: rest.Review): void;
}

export function Review({ shop, review, chosen, busy, writing, why, onChoose, onDecide, onWrite, onReplied }: Props) {
  const texts = REVIEWS[language.value];
  const id = useId();
  return (
    <li>
      <article id={`review-${review.id}`} class={`rv-one ${chosen ? "sel" : ""}`} tabIndex={-1} aria-labelledby={id} aria-busy={busy} onFocusCapture={onChoose} onPointerDown={onChoose}>
        <Picture review={review} />
        <div class="rv-said">
          <div class="rv-head">
            <Stars score={review.stars} />
            <h2 id={id} dir="auto">{review.product}{review.variant && <span class="muted">, {review.variant}</span>}</h2>
            {review.confirmed && <span class="rv-sure"><Icon d={confirmed} size={15} />{texts.confirmed}</span>}
          </div>
          {review.text && <p class="rv-text" lang={review.language} dir="auto">{review.text}</p>}
          <p class="meta rv-by"><bdi>{review.author || texts.customer}</bdi>{review.order && `, ${fill(texts.order, { number: review.order })}`}, <time dateTime={review.written_at} title={exactly(language.value, review.written_at)}>{momentOf(language.value, review.written_at, now.value)}</time></p>
          {review.hints.length > 0 && <Hints review={review} />}
          {writing ? <ReplyEditor shop={shop} review={review} onSaved={onReplied} onClose={() => onWrite(false)} /> : <Replies review={review} onWrite={() => onWrite(true)} />}
          {why && <p class="err" role="alert"><Icon d={warning} size={15} />{fill(texts.notDone, { why })}</p>}
        </div>
        <Deeds review={review} chosen={chosen} busy={busy} writing={writing} onDecide={onDecide} onWrite={() => onWrite(!writing)} />
      </article>
    </li>
  );
}

/** The product's picture as the order has it, or its first letter. */
function Picture({ review: { image, product } }: { review: rest.Review }) {
  const [lost, setLost] = useState(false);
  return image && !lost
    ? <img class="rv-pic" src={image} alt="" width={56} height={56} loading="lazy" decoding="async" referrerpolicy="no-referrer" onError={() => setLost(true)} />
    : <span class="rv-pic" aria-hidden="true">{[...product][0]?.toLocaleUpperCase()}</span>;
}

function Hints({ review }: { review: rest.Review }) {
  const texts = REVIEWS[language.value];
  return (
    <p class="row rv-hints">
      {review.hints.map((hint) => <span key={hint} class="tag brass"><Icon d={warning} size={14} />{texts.hints[hint]}</span>)}
      {review.state === "waiting" && <span class="meta">{texts.hidden}</span>}
    </p>
  );
}

/** What the shop has replied, and what it is about to. */
function Replies({ review, onWrite }: { review: rest.Review; onWrite(): void }) {
  const texts = REVIEWS[language.value];
  const { reply } = review;
  const draft = draftOf(review.id).text;
  return (
    <>
      {reply && (
        <div class="rv-reply">
          <p><b>{reply.by ? fill(texts.replyOf, { name: reply.by }) : texts.yourReply}</b> <span class="meta">{review.state === "published" ? momentOf(language.value, reply.at, now.value) : texts.withReview}</span></p>
          <p class="rv-text" dir="auto">{reply.text}</p>
        </div>
      )}
      {draft && review.state !== "rejected" && <button class="rv-reply" onClick={onWrite}><b>{texts.draft}</b><span class="rv-text" dir="auto">{draft}</span></button>}
    </>
  );
}

function Deeds({ review, chosen, busy, writing, onDecide, onWrite }: Pick<Props, "review" | "chosen" | "busy" | "writing" | "onDecide"> & { onWrite(): void }) {
  const texts = REVIEWS[language.value];
  const { state, reply } = review;
  return (
    <div class="rv-deeds">
      {state !== "published" && <button class={`btn sm ${chosen && !writing ? "primary" : ""}`} aria-disabled={busy} aria-keyshortcuts="P" onClick={() => onDecide("publish")}><Icon d={check} size={15} />{texts.publish}</button>}
      {state !== "rejected" && <button class="btn sm" aria-expanded={writing} aria-keyshortcuts="R" onClick={onWrite}>{reply ? texts.changeReply : texts.reply}</button>}
      {state !== "rejected" && <button class="btn sm quiet" aria-disabled={busy} aria-keyshortcuts="X" onClick={() => onDecide("reject")}>{state === "published" ? <><Icon d={cross} size={14} />{texts.takeDown}</> : texts.reject}</button>}
    </div>
  );
}
