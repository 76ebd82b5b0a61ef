/** What grew over time: lines with their names beside them, a cursor for mouse and keys, and the same as a table. */

import "./chart.css";

import type { RefObject } from "preact";
import { useLayoutEffect, useRef, useState } from "preact/hooks";

import { clockTime, fill } from "../../shared/language.ts";
import { dayAlone, momentAlone } from "../dates.ts";
import { language, now } from "../ui.tsx";
import { numberOf } from "./numbers.ts";
import { BandNames, Bands, bandsAt, begunBy, boxesOf, type Band } from "./bands.tsx";
import { apart, DAY_MS, moments, nearest, scaleOf, ticksTo } from "./scale.ts";
import { CHART } from "./texts.ts";

export interface Line {
  name: string;
  /** How it is drawn: in full, dashed, or dotted in red. */
  kind: "full" | "dashed" | "dotted";
  values: readonly number[];
  /** The room under it is tinted. */
  filled?: boolean;
}

export interface LinesProps {
  /** What is shown, for who does not see it; `summary` says how it stands. */
  label: string;
  summary: string;
  /** Moments in ms, rising. Every line has a value for each. */
  at: readonly number[];
  lines: readonly Line[];
  /** A level that nothing passes. */
  whole?: { value: number; label: string } | undefined;
  /** Where the first line will be if it goes on like this. */
  forecast?: { at: number; value: number } | undefined;
  /** Whiles in which something was otherwise. */
  bands?: readonly Band[] | undefined;
  height?: number;
}

const ROOM = { top: 14, foot: 32, start: 52, end: 110 };
const NARROW_PX = 520;
const LABEL_PX = 17;
const MARK_PX = 84;

export function Lines(props: LinesProps) {
  const { label, summary, at, lines, height = 320 } = props;
  const box = useRef<HTMLDivElement>(null);
  const width = useWidth(box);
  const [cursor, setCursor] = useState<number | null>(null);
  const last = at.length - 1;
  const on = cursor === null ? null : Math.min(cursor, last);
  const end = width < NARROW_PX ? 14 : ROOM.end;
  const until = Math.max(at[last]!, props.forecast?.at ?? 0, at[0]! + 1);
  const x = scaleOf([at[0]!, until], [ROOM.start, width - end]);
  const onKey = (event: KeyboardEvent) => {
    const steps: Record<string, number> = { ArrowLeft: -1, ArrowRight: 1, ArrowDown: -1, ArrowUp: 1, PageDown: -10, PageUp: 10, Home: -last, End: last };
    const step = steps[event.key];
    if (step === undefined || event.altKey || event.ctrlKey) return;
    event.preventDefault();
    setCursor(Math.max(0, Math.min(last, (on ?? last) + step)));
  };
  const onPointer = (event: PointerEvent) => {
    const inside = event.clientX - box.current!.getBoundingClientRect().left;
    setCursor(nearest(at, scaleOf([ROOM.start, width - end], [at[0]!, until])(inside)));
  };
  return (
    <>
      <p class="sr">{summary}</p>
      <div ref={box} class="ch-plot" style={`block-size:${height}px`} role="slider" tabIndex={0} dir="ltr" aria-label={fill(CHART[language.value].values, { what: label })}
        aria-valuemin={0} aria-valuemax={last} aria-valuenow={on ?? last} aria-valuetext={readOut(props, on ?? last)}
        onKeyDown={onKey} onFocus={() => setCursor((before) => before ?? last)} onBlur={() => setCursor(null)} onPointerMove={onPointer} onPointerLeave={() => setCursor(null)}>
        {width > 0 && <Drawing {...props} width={width} height={height} end={end} until={until} x={x} on={on} />}
        {on !== null && width > 0 && <ReadOut {...props} on={on} left={x(at[on]!)} after={x(at[on]!) > width / 2} width={width} />}
      </div>
      {width < NARROW_PX && <Legend lines={lines} bands={props.bands} />}
    </>
  );
}

/** Of the box, in pixels: what is written in a plot must not grow with it. */
function useWidth(box: RefObject<HTMLElement | null>): number {
  const [width, setWidth] = useState(0);
  useLayoutEffect(() => {
    const look = () => setWidth(Math.floor(box.current?.getBoundingClientRect().width ?? 0));
    const observer = new ResizeObserver(look);
    observer.observe(box.current!);
    look();
    return () => observer.disconnect();
  }, []);
  return width;
}

interface Drawn extends LinesProps { width: number; height: number; end: number; until: number; x(at: number): number; on: number | null }

function Drawing({ at, lines, whole, forecast, bands = [], width, height, end, until, x, on }: Drawn) {
  const most = Math.max(whole?.value ?? 0, forecast?.value ?? 0, ...lines.flatMap((line) => line.values));
  const levels = ticksTo(most);
  const foot = height - ROOM.foot;
  const y = scaleOf([0, levels.at(-1)!], [foot, ROOM.top]);
  const marks = moments(at[0]!, until, Math.max(2, (width - ROOM.start - end) / MARK_PX));
  const lastX = x(at.at(-1)!);
  const first = lines[0]!.values.at(-1)!;
  const boxes = boxesOf(bands, x, ROOM.start, width - end);
  return (
    <svg width={width} height={height} aria-hidden="true" focusable="false">
      <Bands boxes={boxes} top={ROOM.top} foot={foot} />
      {levels.map((level) => (
        <g key={level}><line class="ch-grid" x1={ROOM.start} x2={width - end} y1={y(level)} y2={y(level)} /><text x={ROOM.start - 8} y={y(level) + 4} text-anchor="end">{numberOf(level)}</text></g>
      ))}
      {marks.at.map((each) => (
        <text key={each} x={x(each)} y={height - 10} text-anchor={x(each) > width - 30 ? "end" : "middle"}>{marks.days ? dayAlone(language.value, new Date(each).toISOString(), now.value) : clockTime(language.value, new Date(each).toISOString())}</text>
      ))}
      {whole && <line class="ch-whole" x1={ROOM.start} x2={width - end} y1={y(whole.value)} y2={y(whole.value)} />}
      {lines.filter((line) => line.filled).map((line) => <path key={line.name} class="ch-fill" d={`${pathOf(at, line.values, x, y)}L${lastX} ${foot}L${x(at[0]!)} ${foot}z`} />)}
      {lines.map((line) => <path key={line.name} class={`ch-line ${line.kind}`} d={pathOf(at, line.values, x, y)} />)}
      {forecast && <path class="ch-forecast" d={`M${lastX} ${y(first)}L${x(forecast.at)} ${y(forecast.value)}`} />}
      {width >= NARROW_PX && <BandNames boxes={boxes} start={ROOM.start} end={width - end} top={ROOM.top} />}
      {on !== null && <line class="ch-cursor" x1={x(at[on]!)} x2={x(at[on]!)} y1={ROOM.top} y2={foot} />}
      {lines.map((line) => <circle key={line.name} class={`ch-dot ${line.kind}`} cx={x(at[on ?? at.length - 1]!)} cy={y(line.values[on ?? at.length - 1]!)} r={line === lines[0] ? 4.5 : on === null ? 0 : 3.5} />)}
      {width >= NARROW_PX && <Names lines={lines} whole={whole} x={lastX + 12} wholeX={width - end + 8} y={y} foot={foot} under={forecast !== undefined} />}
    </svg>
  );
}

const pathOf = (at: readonly number[], values: readonly number[], x: (at: number) => number, y: (value: number) => number) =>
  at.map((each, index) => `${index ? "L" : "M"}${x(each).toFixed(1)} ${y(values[index]!).toFixed(1)}`).join("");

/** Beside the end of each line its name and how far it came; `under` where the first goes on as a forecast. */
function Names({ lines, whole, x, wholeX, y, foot, under }: {
  lines: readonly Line[]; whole: LinesProps["whole"]; x: number; wholeX: number; y(value: number): number; foot: number; under: boolean;
}) {
  const wanted = lines.map((line, at) => y(line.values.at(-1)!) + (under && at === 0 ? 18 : 4));
  const places = apart([...wanted, ...(whole ? [y(whole.value) + 4] : [])], LABEL_PX, foot);
  return <>{whole && <text x={wholeX} y={places.at(-1)}>{whole.label}</text>}{lines.map((line, at) => <text key={line.name} class={`ch-label ${line.kind}`} x={x} y={places[at]}>{`${line.name} ${numberOf(line.values.at(-1)!)}`}</text>)}</>;
}

/** Where there is no room beside the lines. */
function Legend({ lines, bands = [] }: Pick<LinesProps, "lines" | "bands">) {
  return (
    <ul class="ch-legend" aria-hidden="true">
      {lines.map((line) => (
        <li key={line.name}><svg width="22" height="6"><path class={`ch-line ${line.kind}`} d="M1 3H21" /></svg>{line.name} <b>{numberOf(line.values.at(-1)!)}</b></li>
      ))}
      {[...new Set(bands.map((band) => band.label))].map((label) => <li key={label}><i class="ch-band-mark" />{label}</li>)}
    </ul>
  );
}

const momentOf = (at: number) => momentAlone(language.value, new Date(at).toISOString(), now.value);

const readOut = ({ at, lines, bands = [] }: LinesProps, on: number) => `${momentOf(at[on]!)}: ${[...lines.map((line) => `${line.name} ${numberOf(line.values[on]!)}`), ...bandsAt(bands, at[on]!).map((band) => band.label)].join(", ")}`;

function ReadOut({ at, lines, bands = [], on, left, after, width }: LinesProps & { on: number; left: number; after: boolean; width: number }) {
  return (
    <div class="ch-out" aria-hidden="true" style={after ? `right:${width - left + 10}px` : `left:${left + 10}px`}>
      <span class="meta">{momentOf(at[on]!)}</span>
      {lines.map((line) => <span key={line.name} class="row"><svg width="16" height="6"><path class={`ch-line ${line.kind}`} d="M1 3H15" /></svg><span class="grow">{line.name}</span><b>{numberOf(line.values[on]!)}</b></span>)}
      {bandsAt(bands, at[on]!).map((band) => <span key={band.from} class="brass-ink">{band.label}</span>)}
    </div>
  );
}

export function LineTable({ label, at, lines, bands = [] }: Pick<LinesProps, "label" | "at" | "lines" | "bands">) {
  const begun = begunBy(bands, at);
  const days = at.length > 1 && at[1]! - at[0]! >= DAY_MS;
  return (
    <div class="ch-scroll" tabIndex={0} role="region" aria-label={fill(CHART[language.value].values, { what: label })}>
      <table class="ch-table" aria-label={label}>
        <thead><tr><th>{CHART[language.value].time}</th>{lines.map((line) => <th key={line.name} class="r">{line.name}</th>)}{bands.length > 0 && <th>{CHART[language.value].meanwhile}</th>}</tr></thead>
        <tbody>
          {at.map((each, index) => (
            <tr key={each}>
              <th scope="row">{days ? dayAlone(language.value, new Date(each).toISOString(), now.value) : momentOf(each)}</th>
              {lines.map((line) => <td key={line.name} class="r">{numberOf(line.values[index]!)}</td>)}
              {bands.length > 0 && <td class="ch-meanwhile">{begun[index]}</td>}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
