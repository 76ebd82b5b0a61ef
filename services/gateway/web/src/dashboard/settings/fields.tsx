/** What the parts of the settings are built of: sections of lines, each a name, what it does, and a control. */

import type { ComponentChildren } from "preact";
import { useId, useState } from "preact/hooks";

import { Icon, minus, plus, warning } from "../../shared/icons.tsx";
import { fill } from "../../shared/language.ts";
import { language } from "../ui.tsx";
import { MINUTE_S, unitOf } from "./durations.ts";
import { SETTINGS } from "./texts.ts";

/** A card of lines under its heading. */
export function Section({ title, hint, children }: { title: string; hint?: string; children: ComponentChildren }) {
  const id = useId();
  return (
    <section aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      {hint && <p class="about">{hint}</p>}
      <div class="card">{children}</div>
    </section>
  );
}

/** A name with what it does, and its control beside it. `of`: the control's id. */
export function Line({ label, hint, of, flaw, children }: {
  label: string; hint?: string | undefined; of?: string; flaw?: string | undefined; children: ComponentChildren;
}) {
  return (
    <div class="line">
      <span class="grow">
        {of ? <label class="b5" for={of}>{label}</label> : <span class="b5">{label}</span>}
        {hint && <span class="d" id={of && `${of}-hint`}>{hint}</span>}
        {flaw && <Flaw id={of && `${of}-flaw`}>{flaw}</Flaw>}
      </span>
      {children}
    </div>
  );
}

export function Flaw({ id, children }: { id?: string | undefined; children: ComponentChildren }) {
  return <span class="err" id={id} role="alert"><Icon d={warning} size={14} stroke={1.1} />{children}</span>;
}

export function SwitchLine({ label, hint, on, onChange }: { label: string; hint?: string; on: boolean; onChange(on: boolean): void }) {
  const id = useId();
  return (
    <button type="button" class="line" role="switch" aria-checked={on} aria-labelledby={id} aria-describedby={hint && `${id}h`} onClick={() => onChange(!on)}>
      <span class="grow"><span class="b5" id={id}>{label}</span>{hint && <span class="d" id={`${id}h`}>{hint}</span>}</span>
      <span class={`sw ${on ? "on" : ""}`} aria-hidden="true" />
    </button>
  );
}

/** A line with one line of text. */
export function TextLine({ label, hint, value, most, flaw, keys = "text", onChange }: {
  label: string; hint?: string; value: string; most: number; flaw?: string | undefined; keys?: "text" | "email" | "url"; onChange(value: string): void;
}) {
  const id = useId();
  return (
    <Line label={label} hint={hint} of={id} flaw={flaw}>
      <input id={id} class="in short" inputMode={keys} value={value} maxLength={most} aria-invalid={flaw !== undefined}
        aria-describedby={`${id}-hint ${id}-flaw`} onInput={(event) => onChange(event.currentTarget.value)} />
    </Line>
  );
}

export function SelectLine<T extends string>({ label, hint, value, options, onChange }: {
  label: string; hint?: string; value: T; options: readonly { value: T; label: string }[]; onChange(value: T): void;
}) {
  const id = useId();
  return (
    <Line label={label} hint={hint} of={id}>
      <select id={id} value={value} aria-describedby={`${id}-hint`} onChange={(event) => onChange(event.currentTarget.value as T)}>
        {options.map((each) => <option key={each.value} value={each.value}>{each.label}</option>)}
      </select>
    </Line>
  );
}

/** A whole number: typed, or one more or less by a button. `unit` stands behind it. */
export function NumberLine({ label, hint, value, least, most, unit, onChange }: {
  label: string; hint?: string; value: number; least: number; most: number; unit?: string; onChange(value: number): void;
}) {
  const id = useId();
  return (
    <Line label={label} hint={hint} of={id}>
      <Stepper id={id} label={label} value={value} least={least} most={most} unit={unit} onChange={onChange} />
    </Line>
  );
}

/** What is typed and is no number yet, or out of bounds, is put right when the field is left. */
function Stepper({ id, label, value, least, most, unit, onChange, onTyping }: {
  id: string; label: string; value: number; least: number; most: number; unit?: string | undefined; onChange(value: number): void;
  /** The field has the focus now, or has it no longer. */
  onTyping?(typing: boolean): void;
}) {
  const texts = SETTINGS[language.value];
  const set = (to: number) => Number.isFinite(to) && onChange(Math.min(most, Math.max(least, Math.round(to))));
  return (
    <span class="step">
      <button type="button" class="ib" aria-label={fill(texts.fewer, { what: label })} disabled={value <= least} onClick={() => set(value - 1)}><Icon d={minus} /></button>
      <input id={id} type="number" inputMode="numeric" min={least} max={most} value={value} aria-describedby={`${id}-hint`}
        onInput={(event) => set(event.currentTarget.valueAsNumber)} onFocus={() => onTyping?.(true)}
        onBlur={(event) => { event.currentTarget.value = String(value); onTyping?.(false); }} />
      {unit && <span class="unit">{unit}</span>}
      <button type="button" class="ib" aria-label={fill(texts.more, { what: label })} disabled={value >= most} onClick={() => set(value + 1)}><Icon d={plus} /></button>
    </span>
  );
}

/** A time in seconds, shown in minutes where it is several whole ones. Null: never, if `never` says what that is called. */
export function DurationLine<T extends number | null>({ label, hint, value, most, never, usual, onChange }: {
  label: string; hint?: string; value: T; most: number; never?: string;
  /** Seconds, for who turns it on. */
  usual: number; onChange(value: T): void;
}) {
  const id = useId();
  const seconds = value ?? usual;
  const [held, setHeld] = useState<number | null>(null);
  const unit = unitOf(seconds, held);
  return (
    <Line label={label} hint={hint} of={value === null ? `${id}-on` : id}>
      {value !== null && (
        <Stepper id={id} label={label} value={seconds / unit} least={1} most={Math.floor(most / unit)} unit={unit === MINUTE_S ? "min" : "s"}
          onTyping={(typing) => setHeld(typing ? unit : null)} onChange={(to) => onChange((to * unit) as T)} />
      )}
      {never !== undefined && (
        <button id={`${id}-on`} type="button" class="sw-row" role="switch" aria-checked={value !== null} aria-label={label} title={value === null ? never : undefined} onClick={() => onChange((value === null ? usual : null) as T)}>
          <span class={`sw ${value === null ? "" : "on"}`} aria-hidden="true" />
        </button>
      )}
    </Line>
  );
}
