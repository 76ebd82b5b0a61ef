/** How often each of a few was chosen: bars to compare, and the same as a table. */

import "./chart.css";

import { numberOf, percentOf } from "./numbers.ts";
import { CHART } from "./texts.ts";
import { language } from "../ui.tsx";

export interface Bar { name: string; count: number }

const sumOf = (bars: readonly Bar[]) => bars.reduce((sum, each) => sum + each.count, 0);

/** `label` says what is counted. The longest bar is the darkest. */
export function Bars({ label, bars }: { label: string; bars: readonly Bar[] }) {
  const all = sumOf(bars);
  const most = Math.max(0, ...bars.map((each) => each.count));
  return (
    <ul class="ch-bars" aria-label={label}>
      {bars.map(({ name, count }) => (
        <li key={name}>
          <span class="ch-name" dir="auto">{name}</span>
          <span class="ch-track" aria-hidden="true"><i class={count > 0 && count === most ? "most" : ""} style={`inline-size:${all ? (count / all) * 100 : 0}%`} /></span>
          <span class="ch-count"><b>{numberOf(count)}</b> <span class="muted">{percentOf(count, all)}</span></span>
        </li>
      ))}
    </ul>
  );
}

/** `of`: what the first column holds. */
export function BarTable({ label, of, bars }: { label: string; of: string; bars: readonly Bar[] }) {
  const texts = CHART[language.value];
  const all = sumOf(bars);
  return (
    <table class="ch-table" aria-label={label}>
      <thead><tr><th>{of}</th><th class="r">{texts.count}</th><th class="r">{texts.share}</th></tr></thead>
      <tbody>
        {bars.map(({ name, count }) => <tr key={name}><th scope="row" dir="auto">{name}</th><td class="r">{numberOf(count)}</td><td class="r">{percentOf(count, all)}</td></tr>)}
      </tbody>
    </table>
  );
}
