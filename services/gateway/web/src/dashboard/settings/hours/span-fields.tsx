/** One span, typed: when it opens and when it closes. */

import { useEffect, useState } from "preact/hooks";

import { language } from "../../ui.tsx";
import type { Span } from "../shop-settings.ts";
import { typedClock } from "./spans.ts";
import { HOURS } from "./texts.ts";

/** `of`: whose hours they are, for who hears them. */
export function SpanFields({ of, span, onChange }: { of: string; span: Span; onChange(span: Span): void }) {
  const texts = HOURS[language.value];
  return (
    <span class="row span-in">
      <Clock label={`${of}, ${texts.opens}`} value={span.opens} fits={(clock) => clock < span.closes} onChange={(opens) => onChange({ ...span, opens })} />
      <span class="muted">{texts.to}</span>
      <Clock label={`${of}, ${texts.closes}`} value={span.closes} fits={(clock) => clock > span.opens} onChange={(closes) => onChange({ ...span, closes })} />
    </span>
  );
}

/** What is no time, or turns the span round, is marked and changes nothing. */
function Clock({ label, value, fits, onChange }: { label: string; value: string; fits(clock: string): boolean; onChange(clock: string): void }) {
  const [typed, setTyped] = useState(value);
  useEffect(() => setTyped(value), [value]);
  const clock = typedClock(typed);
  const wrong = clock === null || !fits(clock);
  return (
    <input class="in clock" aria-label={label} inputMode="numeric" maxLength={5} value={typed} aria-invalid={wrong}
      onInput={(event) => {
        const now = event.currentTarget.value;
        setTyped(now);
        const read = typedClock(now);
        if (read !== null && now.length > 3 && fits(read)) onChange(read);
      }}
      onBlur={() => (wrong ? setTyped(value) : (setTyped(clock), clock !== value && onChange(clock)))} />
  );
}
