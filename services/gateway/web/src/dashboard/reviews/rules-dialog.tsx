/** Mode and days: whether, when and how customers are asked for reviews. */

import { useEffect, useId, useState } from "preact/hooks";

import { check, Icon, warning } from "../../shared/icons.tsx";
import { fill } from "../../shared/language.ts";
import { Dialog, Notice, Skeleton } from "../parts.tsx";
import { Failure } from "../rest.ts";
import { language, now, Switch, t } from "../ui.tsx";
import type { Rules } from "./rest.ts";
import * as rest from "./rest.ts";
import { BOUNDS, exampleOf, hourWords } from "./rules.ts";
import { RULES } from "./rules-texts.ts";
import { SeeMail } from "./see-mail.tsx";

const MODES = ["received", "placed"] as const;
const HOURS = Array.from({ length: 24 }, (_, hour) => hour);
const USUAL_REMINDER = 7;

/** `languages`: those of the shop, the first one first. */
interface Props { shop: string; languages: readonly string[]; onClose(): void; onSaved(): void }

export function RulesDialog({ shop, languages, onClose, onSaved }: Props) {
  const texts = RULES[language.value];
  const [rules, setRules] = useState<Rules | null>(null);
  const [unread, setUnread] = useState(false);
  const read = () => {
    setUnread(false);
    rest.rules(shop).then(setRules, () => setUnread(true));
  };
  useEffect(read, [shop]);
  return (
    <Dialog title={texts.title} onClose={onClose}>
      {rules ? <Form shop={shop} languages={languages} rules={rules} onChange={setRules} onClose={onClose} onSaved={onSaved} />
        : unread ? <Notice tone="red" action={<button class="btn sm" onClick={read}>{t().tryAgain}</button>}>{texts.unread}</Notice>
        : <Skeleton rows={4} />}
    </Dialog>
  );
}

function Form({ shop, languages, rules, onChange, onClose, onSaved }: Props & { rules: Rules; onChange(rules: Rules): void }) {
  const texts = RULES[language.value];
  const [busy, setBusy] = useState(false);
  const [why, setWhy] = useState<string | null>(null);
  const set = (given: Partial<Rules>) => onChange({ ...rules, ...given });
  const save = async () => {
    if (busy) return;
    setBusy(true);
    setWhy(null);
    try {
      await rest.setRules(shop, rules);
      onSaved();
      onClose();
    } catch (error) {
      setWhy(whyOf(error));
      setBusy(false);
    }
  };
  return (
    <form class="rv-rules" onSubmit={(event) => { event.preventDefault(); void save(); }}>
      <Switch on={rules.on} busy={false} label={texts.on} onChange={(on) => set({ on })} />
      <Mode value={rules.mode} onChange={(mode) => set({ mode })} />
      <div class="rv-when">
        <Count label={texts.days} value={rules.days} bounds={BOUNDS.days} onChange={(days) => set({ days })} />
        <label class="f">{texts.hour}<select value={String(rules.hour)} onChange={(event) => set({ hour: Number(event.currentTarget.value) })}>{HOURS.map((hour) => <option key={hour} value={String(hour)}>{hourWords(hour)}</option>)}</select></label>
        <Zone value={rules.zone} onChange={(zone) => set({ zone })} />
        <label class="tick rv-tick"><input type="checkbox" checked={rules.reminder_days !== null} onChange={(event) => set({ reminder_days: event.currentTarget.checked ? USUAL_REMINDER : null })} /><span class="cb" aria-hidden="true"><Icon d={check} size={12} stroke={1.5} /></span>{texts.reminder}</label>
        {rules.reminder_days !== null && <Count label={texts.reminderDays} value={rules.reminder_days} bounds={BOUNDS.reminder_days} onChange={(reminder_days) => set({ reminder_days })} />}
        <Count label={texts.linkDays} value={rules.link_days} bounds={BOUNDS.link_days} onChange={(link_days) => set({ link_days })} />
      </div>
      {rules.on && <Notice tone="blue">{exampleOf(rules, now.value)}</Notice>}
      <p class="meta rv-scope">{texts.scope}</p>
      <SeeMail shop={shop} languages={languages} mode={rules.mode} />
      {why && <p class="err" role="alert"><Icon d={warning} size={15} />{why}</p>}
      <div class="row"><button class="btn primary" data-save aria-disabled={busy}>{busy ? texts.saving : texts.save}</button><button type="button" class="btn" onClick={onClose}>{texts.cancel}</button></div>
    </form>
  );
}

function whyOf(error: unknown): string {
  const texts = RULES[language.value];
  if (!(error instanceof Failure) || error.status === 0 || error.status >= 500) return texts.failed;
  return fill(texts.refused, { why: error.problem.detail ?? error.problem.title ?? "" });
}

function Mode({ value, onChange }: { value: Rules["mode"]; onChange(mode: Rules["mode"]): void }) {
  const texts = RULES[language.value];
  const name = useId();
  return (
    <div role="radiogroup" aria-label={texts.mode} class="rv-modes">
      {MODES.map((mode) => (
        <label key={mode} class="rv-mode">
          <input type="radio" name={name} checked={mode === value} onChange={() => onChange(mode)} />
          <span class="rv-dot" aria-hidden="true" /><span class="grow"><b>{texts.modes[mode]}</b><span class="muted">{texts.modeHints[mode]}</span></span>
        </label>
      ))}
    </div>
  );
}

/** What is typed and is out of bounds is put right when the field is left. */
function Count({ label, value, bounds: [least, most], onChange }: { label: string; value: number; bounds: readonly [number, number]; onChange(value: number): void }) {
  const set = (typed: number) => Number.isInteger(typed) && typed >= least && typed <= most && onChange(typed);
  return (
    <label class="f">{label}
      <input class="in" type="number" inputMode="numeric" required min={least} max={most} value={value} onInput={(event) => set(event.currentTarget.valueAsNumber)} onBlur={(event) => (event.currentTarget.value = String(value))} />
    </label>
  );
}

function Zone({ value, onChange }: { value: string; onChange(zone: string): void }) {
  const zones = Intl.supportedValuesOf("timeZone");
  const all = zones.includes(value) ? zones : [value, ...zones];
  return <label class="f rv-zone">{RULES[language.value].zone}<select value={value} onChange={(event) => onChange(event.currentTarget.value)}>{all.map((each) => <option key={each} value={each}>{each}</option>)}</select></label>;
}
