/** To whom a conversation can be passed on, and how they stand. Pure. */

import { fill, plural, type Language } from "../../shared/language.ts";
import type { DeskState } from "../../shared/protocol.ts";
import { WINDOW } from "./texts.ts";

export interface Target {
  /** An operator's id, or a department's. */
  id: string;
  name: string;
  kind: "colleague" | "department";
  state: "online" | "away" | "offline";
  free: number;
  /** Of a colleague: all open channels. */
  channels: number;
  can: boolean;
}

/** Colleagues who are there first, those with a free channel before others; then the departments. */
export function targets(desk: DeskState | null, staff: readonly { id: string; name: string }[], me: string): Target[] {
  if (!desk) return [];
  const known = new Map(staff.map((each) => [each.id, each.name]));
  for (const each of desk.operators) known.set(each.id, each.name);
  known.delete(me);
  const colleagues = [...known].map(([id, name]) => colleague(desk, id, name)).sort(byUse);
  const departments = (desk.departments ?? []).map(({ id, name, online, free }): Target => ({
    id, name, kind: "department", state: online > 0 ? "online" : "offline", free, channels: 0, can: true,
  }));
  return [...colleagues, ...departments];
}

function colleague(desk: DeskState, id: string, name: string): Target {
  const shown = desk.operators.find((each) => each.id === id);
  const state = !shown?.online ? "offline" : shown.away ? "away" : "online";
  const channels = desk.channels.filter((each) => each.operator === id);
  const free = channels.filter((each) => !each.conversation).length;
  return { id, name, kind: "colleague", state, free, channels: channels.length, can: state === "online" && free > 0 };
}

function byUse(a: Target, b: Target): number {
  const rank = ({ can, state }: Target) => (can ? 0 : { online: 1, away: 2, offline: 3 }[state]);
  return rank(a) - rank(b) || b.free - a.free || a.name.localeCompare(b.name);
}

/** `Online, 2 of 4 busy`. */
export function toldOf(reader: Language, { kind, state, free, channels }: Target): string {
  const texts = WINDOW[reader];
  if (kind === "department") {
    if (state === "offline") return texts.departmentEmpty;
    return free > 0 ? plural(reader, free, texts.department) : texts.departmentFull;
  }
  if (state !== "online") return state === "away" ? texts.away : texts.offline;
  if (channels === 0) return texts.onlineNone;
  return free > 0 ? fill(texts.onlineBusy, { busy: channels - free, all: channels }) : texts.onlineFull;
}
