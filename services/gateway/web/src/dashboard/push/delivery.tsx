/** How a campaign is delivered: how long, how urgently, in place of which, and how often for one subscriber. */

import { useId } from "preact/hooks";

import { plural } from "../../shared/language.ts";
import { language } from "../ui.tsx";
import { Box } from "./cards.tsx";
import { COMPOSE } from "./compose-texts.ts";
import { CAP_MOST, TOPIC_MOST, topicOf, TTLS_S, URGENCIES_IN_ORDER, type Form } from "./form.ts";
import type { Urgency } from "./rest.ts";
import { URGENCIES } from "./texts.ts";

const HOUR_S = 3_600;
const CAP_DAYS = [1, 7, 14, 30, 90] as const;
const USUAL = { quiet: { start: "21:00", end: "08:00" }, cap: { most: 2, days: 7 } };

export function Delivery({ form, onChange }: { form: Form; onChange(given: Partial<Form>): void }) {
  const texts = COMPOSE[language.value];
  const id = useId();
  const ttls = [...new Set([...TTLS_S, form.ttl])].sort((a, b) => a - b);
  return (
    <section class="pu-f" aria-labelledby={id}>
      <div class="row pu-lab"><span class="b5" id={id}>{texts.delivery}</span></div>
      <div class="card pu-pad pu-how">
        <label class="b5">{texts.ttl}
          <select value={String(form.ttl)} onChange={(event) => onChange({ ttl: Number(event.currentTarget.value) })}>{ttls.map((each) => <option key={each} value={String(each)}>{spanOf(each)}</option>)}</select>
        </label>
        <label class="b5">{texts.urgency}
          <select value={form.urgency} onChange={(event) => onChange({ urgency: event.currentTarget.value as Urgency })}>{URGENCIES_IN_ORDER.map((each) => <option key={each} value={each}>{URGENCIES[language.value][each]}</option>)}</select>
        </label>
        <label class="b5"><span class="row"><span class="grow">{texts.topic}</span><span class="meta">{texts.topicHint}</span></span>
          <input class="in" value={form.topic} maxLength={TOPIC_MOST} autocomplete="off" spellcheck={false} dir="ltr" onInput={(event) => onChange({ topic: (event.currentTarget.value = topicOf(event.currentTarget.value)) })} />
        </label>
        <Quiet form={form} onChange={onChange} />
        <Cap form={form} onChange={onChange} />
      </div>
    </section>
  );
}

function Quiet({ form: { quiet }, onChange }: { form: Form; onChange(given: Partial<Form>): void }) {
  const texts = COMPOSE[language.value];
  return (
    <div class="pu-rest">
      <Box on={quiet !== null} onChange={(on) => onChange({ quiet: on ? USUAL.quiet : null })}>{texts.quiet}</Box>
      {quiet && (
        <span class="row">
          <label><span class="sr">{texts.quiet}: </span>{texts.from} <input class="in" type="time" required value={quiet.start} onInput={(event) => event.currentTarget.value && onChange({ quiet: { ...quiet, start: event.currentTarget.value } })} /></label>
          <label><span class="sr">{texts.quiet}: </span>{texts.to} <input class="in" type="time" required value={quiet.end} onInput={(event) => event.currentTarget.value && onChange({ quiet: { ...quiet, end: event.currentTarget.value } })} /></label>
        </span>
      )}
    </div>
  );
}

function Cap({ form: { cap }, onChange }: { form: Form; onChange(given: Partial<Form>): void }) {
  const texts = COMPOSE[language.value];
  if (!cap) return <div class="pu-rest"><Box on={false} onChange={() => onChange({ cap: USUAL.cap })}>{texts.capOn}</Box></div>;
  const set = (most: number) => Number.isInteger(most) && most >= 1 && most <= CAP_MOST && onChange({ cap: { ...cap, most } });
  const days = [...new Set([...CAP_DAYS, cap.days])].sort((a, b) => a - b);
  const [before, between, after] = texts.cap.split(/\{\w+\}/);
  return (
    <div class="pu-rest">
      <Box on onChange={() => onChange({ cap: null })}><span class="sr">{texts.capOn}</span><span aria-hidden="true">{before}</span></Box>
      <span class="row pu-cap">
        <input class="in" type="number" inputMode="numeric" min={1} max={CAP_MOST} value={cap.most} aria-label={texts.capMost} onInput={(event) => set(event.currentTarget.valueAsNumber)} onBlur={(event) => (event.currentTarget.value = String(cap.most))} />
        <span aria-hidden="true">{between}</span>
        <select aria-label={texts.capDays} value={String(cap.days)} onChange={(event) => onChange({ cap: { ...cap, days: Number(event.currentTarget.value) } })}>{days.map((each) => <option key={each} value={String(each)}>{spanOf(each * 24 * HOUR_S)}</option>)}</select>
        <span aria-hidden="true">{after}</span>
      </span>
    </div>
  );
}

/** `12 hours`, `3 days`, `1 week`. */
export function spanOf(seconds: number): string {
  const texts = COMPOSE[language.value];
  const hours = Math.round(seconds / HOUR_S);
  if (seconds === 0) return texts.ttlNow;
  if (hours % (7 * 24) === 0) return plural(language.value, hours / (7 * 24), texts.weeks);
  return hours % 24 === 0 ? plural(language.value, hours / 24, texts.days) : plural(language.value, Math.max(1, hours), texts.hours);
}
