/** How it was, asked once a conversation is over: one to five stars, and a word if the visitor likes. */

import { useEffect, useRef, useState } from "preact/hooks";

import { Icon, star, warning } from "../shared/icons.tsx";
import { fill } from "../shared/language.ts";
import { cleanText, lengthOf, MAX_TEXT } from "../shared/protocol.ts";
import type { Say } from "./say.ts";
import type { Session } from "./session.ts";

const SCORES = [1, 2, 3, 4, 5] as const;
export type Score = (typeof SCORES)[number];

export function Rating({ session, say: { texts } }: { session: Session; say: Say }) {
  const [score, setScore] = useState<Score | null>(null);
  const [comment, setComment] = useState("");
  const excess = lengthOf(cleanText(comment)) - MAX_TEXT;
  const box = useRef<HTMLFormElement>(null);
  // What a star opens is in view, too.
  useEffect(() => box.current!.scrollIntoView({ block: "nearest" }), [score]);
  const { rating } = session;
  const busy = rating.value === "sending";
  const onSubmit = (event: Event) => {
    event.preventDefault();
    if (score && excess <= 0 && !busy) session.rate(score, cleanText(comment));
  };
  return (
    <form ref={box} class="rating" onSubmit={onSubmit}>
      <fieldset>
        <legend>{texts.howWas}</legend>
        <p class="quiet">{score ? texts.scores[score] : texts.howHint}</p>
        <div class="stars">
          {SCORES.map((n) => (
            <label key={n} class={score && n <= score ? "on" : ""}>
              <input type="radio" name="score" value={n} checked={n === score} aria-label={texts.scores[n]} onChange={() => setScore(n)} />
              <Icon d={star} size={26} solid={!!score && n <= score} />
            </label>
          ))}
        </div>
      </fieldset>
      {score !== null && (
        <>
          <textarea class="in" rows={2} value={comment} dir="auto" aria-label={texts.comment} placeholder={texts.comment} readOnly={busy}
            aria-invalid={excess > 0} onInput={(event) => setComment(event.currentTarget.value)} />
          {excess > 0 && <p class="error" role="alert">{fill(texts.tooLong, { n: excess })}</p>}
          {rating.value === "failed" && <p class="error" role="alert"><Icon d={warning} size={14} stroke={1.1} />{texts.failed}</p>}
          <div class="buttons">
            <button class="btn primary" aria-disabled={busy}>{busy ? <><i class="spin" />{texts.sending}</> : texts.rate}</button>
            <button type="button" class="btn plain" onClick={() => (rating.value = "skipped")}>{texts.skip}</button>
          </div>
        </>
      )}
    </form>
  );
}
