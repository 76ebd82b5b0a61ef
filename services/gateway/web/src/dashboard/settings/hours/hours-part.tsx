/** Opening hours: the shop's week in its own time zone, and days that are otherwise. */

import "./hours.css";

import { useId, useMemo, useState } from "preact/hooks";

import { clock, Icon } from "../../../shared/icons.tsx";
import { fill } from "../../../shared/language.ts";
import { Notice } from "../../parts.tsx";
import { language, now } from "../../ui.tsx";
import { calendarDay, weekday } from "../changes/wording.ts";
import { change, flaw } from "../draft.ts";
import { SwitchLine } from "../fields.tsx";
import type { PartProps } from "../registry.ts";
import type { OpeningHours, ShopSettings } from "../shop-settings.ts";
import { Copying } from "./copying.tsx";
import { Exceptions } from "./exceptions.tsx";
import { clashIn, clockOf, shown, usualHours } from "./spans.ts";
import { clockChange, standingAt, wallOf } from "./standing.ts";
import { HOURS } from "./texts.ts";
import { Week, type Chosen } from "./week.tsx";

export function HoursPart({ settings }: PartProps) {
  const texts = HOURS[language.value];
  const { hours, time_zone: zone } = settings;
  const put = (next: OpeningHours | null) => change({ hours: next });
  return (
    <div class="sform hours-part">
      <header class="row">
        <div class="grow"><h2>{texts.title}</h2><p class="about">{texts.hint}</p></div>
        {hours && <Now hours={hours} zone={zone} />}
        <Zone settings={settings} />
      </header>
      <div class="card"><SwitchLine label={texts.keep} hint={hours ? texts.keepHint : texts.alwaysHint} on={hours !== null} onChange={(on) => put(on ? usualHours() : null)} /></div>
      {hours && <Hours hours={hours} zone={zone} put={put} />}
    </div>
  );
}

function Hours({ hours, zone, put }: { hours: OpeningHours; zone: string; put(hours: OpeningHours): void }) {
  const [chosen, setChosen] = useState<Chosen | null>(null);
  const [copying, setCopying] = useState<number | null>(null);
  const today = wallOf(zone, now.value).date;
  const copy = (days: number[]) => {
    put({ ...hours, week: hours.week.map((each, at) => (days.includes(at) ? hours.week[copying!]! : each)) });
    setCopying(null);
  };
  return (
    <>
      <Week hours={hours} today={(new Date(`${today}T00:00:00Z`).getUTCDay() + 6) % 7} chosen={chosen} onChoose={setChosen} onChange={put} onCopy={setCopying} />
      <Notes hours={hours} zone={zone} />
      <Exceptions hours={hours} today={today} onChange={put} />
      {copying !== null && <Copying day={copying} onCopy={copy} onClose={() => setCopying(null)} />}
    </>
  );
}

/** Whether the shop is open by what stands in the form. */
function Now({ hours, zone }: { hours: OpeningHours; zone: string }) {
  const texts = HOURS[language.value];
  const { open, until } = standingAt(hours, zone, now.value);
  const next = until && (until.days === 0 ? until.clock : fill(texts.dayAndTime, { day: calendarDay(language.value, until.date), clock: until.clock }));
  const said = open ? fill(texts.openNow, { clock: next! }) : next ? fill(texts.closedNow, { clock: next }) : texts.closedLong;
  return <span class={open ? "tag green" : "tag"} role="status"><Icon d={clock} size={14} />{said}</span>;
}

function Zone({ settings }: { settings: ShopSettings }) {
  const texts = HOURS[language.value];
  const id = useId();
  const zones = Intl.supportedValuesOf("timeZone");
  const all = zones.includes(settings.time_zone) ? zones : [settings.time_zone, ...zones];
  return (
    <span class="row zone">
      <label class="sr" for={id}>{texts.zone}</label>
      <select id={id} value={settings.time_zone} aria-invalid={flaw("time_zone") !== undefined} onChange={(event) => change({ time_zone: event.currentTarget.value })}>
        {all.map((each) => <option key={each} value={each}>{each.replaceAll("_", " ")}</option>)}
      </select>
      <span class="meta">{fill(texts.there, { clock: clockOf(wallOf(settings.time_zone, now.value).minutes) })}</span>
    </span>
  );
}

function Notes({ hours, zone }: { hours: OpeningHours; zone: string }) {
  const texts = HOURS[language.value];
  const today = wallOf(zone, now.value).date;
  const change = useMemo(() => clockChange(zone, Date.parse(today)), [zone, today]);
  const said = flaw("hours.week");
  return (
    <>
      {hours.week.map((day, at) => {
        const clash = clashIn(day);
        return clash && <Notice key={at} tone="red">{fill(texts.overlap, { day: weekday(language.value, at), one: fill(texts.span, shown(clash[0])), other: fill(texts.span, shown(clash[1])) })}</Notice>;
      })}
      {said && <Notice tone="red"><span lang="en">{said}</span></Notice>}
      {change && <Notice>{fill(texts.clocks, { day: calendarDay(language.value, change) })}</Notice>}
    </>
  );
}
