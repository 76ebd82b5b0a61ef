/** Days with hours of their own, which win over the week. */

import { useId, useState } from "preact/hooks";

import { cross, Icon, plus } from "../../../shared/icons.tsx";
import { fill } from "../../../shared/language.ts";
import { language } from "../../ui.tsx";
import { calendarDay } from "../changes/wording.ts";
import { flaw } from "../draft.ts";
import { Flaw } from "../fields.tsx";
import type { ExceptionalDay, OpeningHours } from "../shop-settings.ts";
import { SpanFields } from "./span-fields.tsx";
import { clashIn, roomIn, shown } from "./spans.ts";
import { HOURS } from "./texts.ts";

/** `today`: as the shop's wall shows it. */
export function Exceptions({ hours, today, onChange }: { hours: OpeningHours; today: string; onChange(hours: OpeningHours): void }) {
  const texts = HOURS[language.value];
  const id = useId();
  const put = (exceptions: ExceptionalDay[]) => onChange({ ...hours, exceptions: exceptions.sort((a, b) => a.date.localeCompare(b.date)) });
  const change = (day: ExceptionalDay) => put(hours.exceptions.map((each) => (each.date === day.date ? day : each)));
  const said = flaw("hours.exceptions");
  return (
    <section aria-labelledby={id}>
      <h2 id={id}>{texts.exceptions}</h2>
      <p class="about">{texts.exceptionsHint}</p>
      <div class="card">
        {hours.exceptions.map((day) => (
          <Day key={day.date} day={day} past={day.date < today} onChange={change} onRemove={() => put(hours.exceptions.filter((each) => each.date !== day.date))} />
        ))}
        <NewDay today={today} taken={hours.exceptions.map((each) => each.date)} onAdd={(date) => put([...hours.exceptions, { date, hours: [] }])} />
        {said && <div class="line"><Flaw><span lang="en">{said}</span></Flaw></div>}
      </div>
    </section>
  );
}

function Day({ day, past, onChange, onRemove }: { day: ExceptionalDay; past: boolean; onChange(day: ExceptionalDay): void; onRemove(): void }) {
  const texts = HOURS[language.value];
  const name = calendarDay(language.value, day.date);
  const room = roomIn(day.hours);
  const clash = clashIn(day.hours);
  return (
    <div class={past ? "line exception past" : "line exception"}>
      <span class="grow"><time class="b5" dateTime={day.date}>{name}</time>{past && <span class="d">{texts.past}</span>}{clash && <Flaw>{texts.overlapShort}</Flaw>}</span>
      <span class="row spans">
        {day.hours.length === 0 && <span class="tag">{texts.closed}</span>}
        {day.hours.map((span, at) => (
          <span key={at} class="row">
            <SpanFields of={day.hours.length > 1 ? `${name}, ${at + 1}` : name} span={span} onChange={(next) => onChange({ ...day, hours: day.hours.map((each, place) => (place === at ? next : each)) })} />
            <button type="button" class="ib" aria-label={fill(texts.removeSpan, { what: `${name}, ${fill(texts.span, shown(span))}` })} onClick={() => onChange({ ...day, hours: day.hours.filter((_, place) => place !== at) })}><Icon d={cross} size={14} /></button>
          </span>
        ))}
        {room && <button type="button" class="btn sm quiet" aria-label={`${name}: ${day.hours.length ? texts.another : texts.open}`} onClick={() => onChange({ ...day, hours: [...day.hours, room] })}>{day.hours.length ? texts.another : texts.open}</button>}
      </span>
      <button type="button" class="btn sm quiet" aria-label={fill(texts.removeSpan, { what: name })} onClick={onRemove}>{texts.remove}</button>
    </div>
  );
}

function NewDay({ today, taken, onAdd }: { today: string; taken: readonly string[]; onAdd(date: string): void }) {
  const texts = HOURS[language.value];
  const id = useId();
  const [date, setDate] = useState("");
  const double = taken.includes(date);
  const add = (event: Event) => {
    event.preventDefault();
    if (!date || double) return;
    onAdd(date);
    setDate("");
  };
  return (
    <form class="line new-day" onSubmit={add}>
      <label class="grow b5" for={id}>{texts.newDay}{double && <Flaw>{texts.takenDay}</Flaw>}</label>
      <input id={id} class="in short" type="date" min={today} value={date} aria-invalid={double} onInput={(event) => setDate(event.currentTarget.value)} />
      <button class="btn sm" aria-disabled={!date || double}><Icon d={plus} size={14} />{texts.addDay}</button>
    </form>
  );
}
