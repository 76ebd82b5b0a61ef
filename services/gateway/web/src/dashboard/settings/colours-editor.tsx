/** Pairs of colours: a background and the text on it, measured against each other; what fails is offered the nearest that passes. */

import { useEffect, useId, useState } from "preact/hooks";

import { check, cross, Icon, warning } from "../../shared/icons.tsx";
import { contrast, inkOn, nearest, READABLE } from "../../shared/contrast.ts";
import { fill } from "../../shared/language.ts";
import { language } from "../ui.tsx";
import { COLOUR_TEXTS } from "./colour-texts.ts";
import type { ColourPair } from "./shop-settings.ts";

export interface Coloured {
  label: string;
  value: ColourPair;
  /** What the widget draws where nothing is chosen. */
  usual: ColourPair;
  onChange(value: ColourPair): void;
}

export function ColoursEditor({ rows }: { rows: readonly Coloured[] }) {
  const texts = COLOUR_TEXTS[language.value];
  return (
    <div class="colours" role="group" aria-label={texts.colours}>
      <div class="head meta" aria-hidden="true"><span>{texts.part}</span><span>{texts.background}</span><span>{texts.text}</span><span class="r">{texts.contrast}</span></div>
      {rows.map((row) => <Pair key={row.label} row={row} />)}
    </div>
  );
}

/** As the widget draws it: on a background of the shop's own, text without a colour is black or white. */
function drawn({ value, usual }: Coloured): ColourPair {
  const background = value.background || usual.background;
  return { background, text: value.text || (value.background ? inkOn(background) : usual.text) };
}

function Pair({ row }: { row: Coloured }) {
  const texts = COLOUR_TEXTS[language.value];
  const { label, value, onChange } = row;
  const now = drawn(row);
  const ratio = contrast(now.background, now.text);
  const passes = ratio >= READABLE;
  // The widget takes a text's colour only on a background of the shop's own.
  const own = value.background || value.text;
  return (
    <div class="pair">
      <b class="b5">{label}</b>
      <Colour label={`${label}, ${texts.background}`} value={value.background} shown={now.background} onChange={(background) => onChange({ ...value, background })} />
      <Colour label={`${label}, ${texts.text}`} value={value.text} shown={now.text} onChange={(text) => onChange({ background: now.background, text })} />
      <span class="row ends">
        <span class={`tag ${passes ? "green" : "red"}`}><Icon d={passes ? check : warning} size={14} />{ratioOf(ratio)}, {passes ? "AA" : texts.low}</span>
        {own && <button type="button" class="ib" aria-label={fill(texts.reset, { what: label })} title={fill(texts.reset, { what: label })} onClick={() => onChange({ background: "", text: "" })}><Icon d={cross} /></button>}
      </span>
      {!passes && <Offer row={row} now={now} />}
    </div>
  );
}

/** The nearest background on which the text can be read. */
function Offer({ row, now }: { row: Coloured; now: ColourPair }) {
  const texts = COLOUR_TEXTS[language.value];
  const better = nearest(now.background, now.text);
  return (
    <div class="note red offer" role="status">
      <span class="grow">{texts.hard}</span>
      <button type="button" class="btn sm" onClick={() => row.onChange({ background: better, text: row.value.text })}>
        <Swatch colour={better} />{fill(texts.use, { colour: better.toUpperCase(), ratio: ratioOf(contrast(better, now.text)) })}
      </button>
    </div>
  );
}

/** Picked, or typed as `#rrggbb`; what is not a colour yet changes nothing. */
function Colour({ label, value, shown, onChange }: { label: string; value: string; shown: string; onChange(value: string): void }) {
  const texts = COLOUR_TEXTS[language.value];
  const id = useId();
  const [typed, setTyped] = useState(value);
  useEffect(() => setTyped(value), [value]);
  const write = (text: string) => {
    setTyped(text);
    const colour = text.trim() === "" ? "" : hexOf(text);
    if (colour !== null && colour !== value) onChange(colour);
  };
  const wrong = typed.trim() !== "" && hexOf(typed) === null;
  return (
    <span class="hex" data-wrong={wrong || undefined}>
      <input type="color" value={shown} aria-label={label} onInput={(event) => onChange(event.currentTarget.value)} />
      <input id={id} type="text" value={typed} placeholder={shown.toUpperCase()} maxLength={7} spellcheck={false} autocomplete="off" aria-label={`${label}, ${texts.code}`} aria-invalid={wrong}
        onInput={(event) => write(event.currentTarget.value)} onBlur={() => setTyped(value)} />
    </span>
  );
}

/** `#1a2b3c` of what was typed with or without the sign; null if it is none. */
function hexOf(text: string): string | null {
  const found = /^#?([0-9a-f]{6})$/i.exec(text.trim());
  return found ? `#${found[1]!.toLowerCase()}` : null;
}

function Swatch({ colour }: { colour: string }) {
  return <svg class="swatch" width="16" height="16" aria-hidden="true"><rect width="16" height="16" rx="4" fill={colour} /></svg>;
}

/** `9.2 : 1`, cut rather than rounded: 4.49 does not pass as 4.5. */
const ratioOf = (ratio: number) => `${new Intl.NumberFormat(language.value, { minimumFractionDigits: 1, maximumFractionDigits: 1 }).format(Math.floor(ratio * 10) / 10)}\u00a0:\u00a01`;
