/** How the lines of a conversation stand together: days, and bubbles said in one breath. Pure. */

import type { Line } from "../chats.ts";

export interface Shown {
  line: Line;
  /** A new day begins with it. */
  newDay: boolean;
  /** It follows the bubble above without a gap; what is said of both stands under the last. */
  joined: boolean;
  /** Who said it and when stands under it. */
  closes: boolean;
  /** Who held the conversation before this line. */
  holder: string;
}

const MINUTE_MS = 60_000;

/** `now` in ms: the day of a conversation that began today is not said. */
export function standing(lines: readonly Line[], now: number): Shown[] {
  const shown: Shown[] = [];
  let day = dayOf(now);
  let holder = "";
  for (const line of lines) {
    const above = shown.at(-1);
    const newDay = dayOf(line.at) !== day;
    const joined = !newDay && above !== undefined && isOneBreath(above.line, line);
    if (joined) above.closes = false;
    shown.push({ line, newDay, joined, closes: true, holder });
    day = dayOf(line.at);
    holder = line.kind === "assigned" || line.kind === "transferred" ? (line.operator?.name ?? holder) : holder;
  }
  return shown;
}

function isOneBreath(a: Line, b: Line): boolean {
  const said = a.kind === "message" && b.kind === "message" && a.from === b.from && a.author === b.author;
  return said && minuteOf(a.at) === minuteOf(b.at);
}

const minuteOf = (at: string) => Math.floor(Date.parse(at) / MINUTE_MS);
const dayOf = (at: string | number) => new Date(at).toDateString();
