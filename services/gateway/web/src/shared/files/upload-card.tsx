/** One file that has not gone on as a message: how much of it has arrived, or why it did not and what helps. */

import { useLayoutEffect, useRef } from "preact/hooks";

import { cross, Icon, reopen } from "../icons.tsx";
import { clockTime, fill, type Language } from "../language.ts";
import { sizeText } from "./sizes.ts";
import type { FileTexts } from "./texts/en.ts";
import { Thumb } from "./thumb.tsx";
import { MOST_BYTES, MOST_IN_ALL_BYTES, mayRetry, type Standing } from "./uploads.ts";

const HOUR_MS = 3_600_000;

interface Props {
  /** `file` itself, while it is on this page. */
  what: { name: string; size: number; file?: File };
  standing: Standing;
  language: Language;
  texts: FileTexts;
  onRetry?(): void;
  onRemove?(): void;
}

export function UploadCard({ what: { name, size, file }, standing, language, texts, onRetry, onRemove }: Props) {
  const { state, loaded } = standing;
  const card = useRef<HTMLDivElement>(null);
  // It is taken away, or has gone on as a message: whoever was at its buttons goes on writing.
  useLayoutEffect(() => () => leave(card.current!), []);
  const failed = state === "failed";
  const part = Math.floor((100 * loaded) / (size || 1));
  const percent = new Intl.NumberFormat(language, { style: "percent" }).format(part / 100);
  return (
    <div ref={card} class={failed ? "att bad" : "att"}>
      <Thumb file={file} />
      <span class="grow">
        <span class="att-name"><bdi>{name}</bdi></span>
        {failed && <span class="att-bad" role="alert">{reason(standing, size, language, texts)}</span>}
        {state === "goes" && (
          <>
            <span class="att-meta" aria-live="off">
              <span>{fill(texts.progress, { done: sizeText(language, loaded), all: sizeText(language, size) })}</span><span>{percent}</span>
            </span>
            <span class="att-bar" role="progressbar" aria-label={name} aria-valuenow={part}><i style={{ width: `${part}%` }} /></span>
          </>
        )}
        {(state === "waits" || state === "arrived") && <span class="att-meta">{sizeText(language, size)}</span>}
      </span>
      {onRetry && mayRetry(standing) && <Tool d={reopen} name={fill(texts.again, { name })} onClick={() => { onRetry(); leave(card.current!); }} />}
      {onRemove && <Tool d={cross} name={fill(failed || state === "arrived" ? texts.remove : texts.cancel, { name })} onClick={onRemove} />}
    </div>
  );
}

/** Moves the focus, if it is in the card, to the field that it stands by; one in a form is for something else. */
function leave(card: HTMLElement): void {
  const focused = (card.getRootNode() as Document | ShadowRoot).activeElement;
  if (!card.contains(focused)) return;
  for (let place = card.parentElement; place; place = place.parentElement) {
    const field = [...place.querySelectorAll<HTMLElement>("textarea")].find((each) => !each.closest("form"));
    if (field) return field.focus({ preventScroll: true });
  }
}

function Tool({ d, name, onClick }: { d: string; name: string; onClick(): void }) {
  return <button type="button" class="att-tool" aria-label={name} title={name} onClick={onClick}><Icon d={d} size={18} /></button>;
}

function reason({ why = "broke", retryAt }: Standing, size: number, language: Language, texts: FileTexts): string {
  const most = sizeText(language, why === "full" ? MOST_IN_ALL_BYTES : MOST_BYTES);
  const time = clockTime(language, new Date(retryAt ?? Date.now() + HOUR_MS).toISOString());
  return fill(texts[why], { size: sizeText(language, size), most, time });
}
