/** What is said of push services that asked to be left alone for a while. */

import { clockTime, fill } from "../../shared/language.ts";
import { numberOf } from "../chart/numbers.ts";
import { momentOf } from "../dates.ts";
import { language, now } from "../ui.tsx";
import { LIVE } from "./live-texts.ts";
import type { Pause } from "./rest.ts";

const MINUTE_S = 60;
const HOUR_S = 60 * MINUTE_S;
/** So long in the smaller unit. */
const UNITS = 2;

/** `60 s`, `50 min`, `3 h`. */
export function spanWords(since: string, until: string): string {
  const texts = LIVE[language.value];
  const seconds = Math.round((Date.parse(until) - Date.parse(since)) / 1000);
  if (seconds < UNITS * MINUTE_S) return fill(texts.seconds, { n: numberOf(seconds) });
  if (seconds < UNITS * HOUR_S) return fill(texts.minutes, { n: numberOf(Math.round(seconds / MINUTE_S)) });
  return fill(texts.hours, { n: numberOf(Math.round(seconds / HOUR_S)) });
}

/** A sentence for each service: the pause that it has, or its last one. `moving`: something may still go out. */
export function pauseWords(pauses: readonly Pause[], moving: boolean): string[] {
  const texts = LIVE[language.value];
  const byName = new Map<string, Pause[]>();
  for (const pause of pauses) byName.set(pause.name, [...(byName.get(pause.name) ?? []), pause]);
  return [...byName].map(([name, all]) => {
    const { since, until } = all.at(-1)!;
    const isOn = moving && Date.parse(until) > now.value;
    return fill(isOn ? texts.pauseOn : all.length > 1 ? texts.pauses : texts.pauseOver, {
      name, n: numberOf(all.length), span: spanWords(since, until), when: isToday(since) ? fill(texts.atTime, { time: clockTime(language.value, since) }) : momentOf(language.value, since, now.value),
      until: isToday(until) ? clockTime(language.value, until) : momentOf(language.value, until, now.value),
    });
  });
}

const isToday = (at: string) => new Date(at).toDateString() === new Date(now.value).toDateString();
