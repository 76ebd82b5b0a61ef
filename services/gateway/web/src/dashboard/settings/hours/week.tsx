/** The week as seven lines of a day each: spans are dragged, moved with the arrows, or typed below. */

import { useRef } from "preact/hooks";

import { Icon, plus, trash } from "../../../shared/icons.tsx";
import { fill } from "../../../shared/language.ts";
import { language } from "../../ui.tsx";
import { weekday } from "../changes/wording.ts";
import type { OpeningHours, Span } from "../shop-settings.ts";
import { SpanFields } from "./span-fields.tsx";
import { clashIn, DAY, inOrder, joined, minutesOf, moved, openMinutes, roomIn, shown, STEP, withDay, type Edge } from "./spans.ts";
import { HOURS } from "./texts.ts";

export interface Chosen { day: number; at: number }
interface Props { hours: OpeningHours; today: number; chosen: Chosen | null; onChoose(chosen: Chosen | null): void; onChange(hours: OpeningHours): void; onCopy(day: number): void }

const TICKS = Array.from({ length: 13 }, (_, at) => at * 2);

/** `13 h`, `7 h 30 min`. */
function lengthIn(minutes: number): string {
  const texts = HOURS[language.value];
  const [hours, more] = [Math.floor(minutes / 60), minutes % 60];
  return [hours && fill(texts.hours, { n: hours }), more && fill(texts.minutes, { n: more })].filter(Boolean).join(" ");
}

export function Week(props: Props) {
  const texts = HOURS[language.value];
  const { hours, chosen } = props;
  const span = chosen ? hours.week[chosen.day]?.[chosen.at] : undefined;
  return (
    <section class="card week" aria-label={texts.week}>
      <div class="ticks" aria-hidden="true"><i /><div>{TICKS.map((hour) => <span key={hour} style={`inset-inline-start:${(hour / 24) * 100}%`}>{hour}</span>)}</div><span class="meta">{texts.inAll}</span></div>
      {hours.week.map((day, at) => <DayLine key={at} {...props} day={day} at={at} />)}
      {chosen && span ? <Editor {...props} chosen={chosen} span={span} /> : <p class="d how">{texts.how}</p>}
    </section>
  );
}

function DayLine({ day, at, hours, today, chosen, onChoose, onChange }: Props & { day: readonly Span[]; at: number }) {
  const texts = HOURS[language.value];
  const name = weekday(language.value, at);
  const track = useRef<HTMLDivElement>(null);
  const change = (index: number, span: Span) => {
    onChange(withDay(hours, at, day.map((each, place) => (place === index ? span : each))));
    onChoose({ day: at, at: index });
  };
  const add = () => {
    onChange(withDay(hours, at, [roomIn([])!]));
    onChoose({ day: at, at: 0 });
  };
  return (
    <div class="wday">
      <span class="b5 of-day">{name}</span>
      <div ref={track} class="track">
        {day.map((span, index) => (
          <Bar key={index} name={nameOf(at, index, day.length)} span={span} track={track} clashes={clashIn(day)?.includes(span) ?? false} chosen={chosen?.day === at && chosen.at === index}
            onChoose={() => onChoose({ day: at, at: index })} onChange={(next) => change(index, next)}
            onRemove={() => { onChange(withDay(hours, at, day.filter((_, place) => place !== index))); onChoose(null); }} />
        ))}
        {day.length === 0 && <button type="button" class="closed" aria-label={`${name}: ${texts.closedAdd}`} onClick={add}>{texts.closedAdd}</button>}
      </div>
      <span class="meta total">{[day.length ? lengthIn(openMinutes(day)) : texts.closed, at === today ? texts.today : ""].filter(Boolean).join(", ")}</span>
    </div>
  );
}

interface BarProps { name: string; span: Span; track: { current: HTMLElement | null }; clashes: boolean; chosen: boolean; onChoose(): void; onChange(span: Span): void; onRemove(): void }

function Bar({ name, span, track, clashes, chosen, onChoose, onChange, onRemove }: BarProps) {
  const texts = HOURS[language.value];
  const drag = useRef<{ x: number; edge: Edge; from: Span } | null>(null);
  const said = fill(texts.span, shown(span));
  const start = (event: PointerEvent) => {
    const edge = (event.target as HTMLElement).dataset["edge"] as Edge | undefined;
    drag.current = { x: event.clientX, edge: edge ?? "both", from: span };
    (event.currentTarget as HTMLElement).setPointerCapture(event.pointerId);
    onChoose();
  };
  const move = (event: PointerEvent) => {
    if (!drag.current || !track.current) return;
    const { x, edge, from } = drag.current;
    const way = getComputedStyle(track.current).direction === "rtl" ? -1 : 1;
    const by = Math.round((((event.clientX - x) * way) / track.current.clientWidth) * (DAY / STEP)) * STEP;
    const next = moved(from, edge, by);
    if (next.opens !== span.opens || next.closes !== span.closes) onChange(next);
  };
  const onKey = (event: KeyboardEvent) => {
    const by = { ArrowLeft: -STEP, ArrowRight: STEP }[event.key];
    if (by !== undefined) onChange(moved(span, event.shiftKey ? "closes" : "both", by));
    else if (event.key === "Delete" || event.key === "Backspace") onRemove();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const [from, to] = [minutesOf(span.opens), minutesOf(span.closes)];
  return (
    <button type="button" class={`span-bar ${chosen ? "sel" : ""} ${clashes ? "clash" : ""}`} style={`inset-inline-start:${(from / DAY) * 100}%;inline-size:${((to - from) / DAY) * 100}%`}
      aria-label={`${name}: ${said}`} aria-pressed={chosen} onClick={onChoose} onKeyDown={onKey}
      onPointerDown={start} onPointerMove={move} onPointerUp={() => (drag.current = null)} onPointerCancel={() => (drag.current = null)}>
      <i data-edge="opens" /><span class="cut">{said}</span><i data-edge="closes" />
    </button>
  );
}

/** `Wednesday`, or `Wednesday, 2` where there are several spans. */
const nameOf = (day: number, at: number, count: number) => (count > 1 ? `${weekday(language.value, day)}, ${at + 1}` : weekday(language.value, day));

/** The bar of a day, or its button if the shop is closed then: once the days are drawn anew. */
const focusDay = (week: Element | null | undefined, day: number) => void setTimeout(() => week?.querySelectorAll(".wday")[day]?.querySelector("button")?.focus());

function Editor({ hours, chosen, span, onChoose, onChange, onCopy }: Props & { chosen: Chosen; span: Span }) {
  const texts = HOURS[language.value];
  const box = useRef<HTMLDivElement>(null);
  const day = hours.week[chosen.day]!;
  const put = (spans: Span[]) => onChange(withDay(hours, chosen.day, spans));
  const room = roomIn(day);
  const add = () => {
    if (!room) return;
    const spans = inOrder([...day, room]);
    put(spans);
    onChoose({ day: chosen.day, at: spans.indexOf(room) });
  };
  const leave = (spans: Span[]) => {
    focusDay(box.current?.closest(".week"), chosen.day);
    put(spans);
    onChoose(null);
  };
  return (
    <div ref={box} class="row edit">
      <span class="b5">{nameOf(chosen.day, chosen.at, day.length)}</span>
      <SpanFields key={`${chosen.day} ${chosen.at}`} of={nameOf(chosen.day, chosen.at, day.length)} span={span} onChange={(next) => put(day.map((each, at) => (at === chosen.at ? next : each)))} />
      <button type="button" class="btn sm" onClick={() => onCopy(chosen.day)}>{texts.copy}</button>
      {clashIn(day) && <button type="button" class="btn sm" onClick={() => leave(joined(day))}>{texts.join}</button>}
      {room && <button type="button" class="btn sm" onClick={add}><Icon d={plus} size={14} />{texts.another}</button>}
      <button type="button" class="btn sm quiet" onClick={() => leave(day.filter((_, at) => at !== chosen.at))}><Icon d={trash} size={14} />{texts.remove}</button>
      <span class="meta by-keys wide-only"><kbd>←</kbd> <kbd>→</kbd> {texts.keys} <kbd>Shift</kbd> {texts.keysEnd}</span>
    </div>
  );
}
