/** What a change is called, and how its values are told. Pure. */

import { fill, type Language } from "../../../shared/language.ts";
import type { Path } from "../changes.ts";
import { languageName, nameOfPath } from "../names.ts";
import type { Change } from "./rest.ts";
import { CHANGES } from "./texts.ts";

type Members = Record<string, unknown>;
export type NameOf = (staff: string) => string;

const isMembers = (value: unknown): value is Members => typeof value === "object" && value !== null && !Array.isArray(value);

/** In seconds. */
const DURATIONS = /^(visitor_away_after|forgotten_after|operator_grace|line_grace|unanswered_after)$/;
const COLOUR = /^#[0-9a-f]{6}$/i;

/** `opening hours: Saturday`, `department Wholesale`, `canned reply /delivery`. */
export function whatOf(language: Language, change: Change): string {
  const texts = CHANGES[language];
  const [first = "", second = "", ...rest] = change.what.split(".");
  const one = named(change);
  if (first === "canned") return fill(texts.cannedReply, { shortcut: one });
  if (first === "departments" && second) return fill(texts.department, { name: one });
  if (first === "invitations" && second) return fill(texts.invitation, { name: one });
  const name = nameOfPath(language, change.what);
  const more = first === "hours" && second === "week" ? weekday(language, Number(rest[0]))
    : first === "hours" && second === "exceptions" ? calendarDay(language, rest[0] ?? "")
    : /(^|\.)(chat_fields|fields)\.(\w+)$/.exec(change.what) ? texts.members[change.what.split(".").at(-1)!]
    : first === "mail" && second === "templates" ? `${texts.templates[rest[0] ?? ""] ?? rest[0]}, ${languageName(language, rest[1] ?? "")}`
    : /^colours\.|^offline_form\.(background|text)$/.test(change.what) ? texts.members[change.what.split(".").at(-1)!]
    : undefined;
  return more ? `${name}, ${more}` : name;
}

/** The name that an item of a list has or had. */
function named({ before, after }: Change): string {
  const value = isMembers(after) ? after : isMembers(before) ? before : {};
  return String(value["name"] ?? value["shortcut"] ?? "");
}

/** Of something with members only those that differ are told, where both are there. */
export function valuesOf(language: Language, change: Change, nameOf: NameOf): { before: string; after: string } {
  const { what, before, after } = change;
  if (!isMembers(before) || !isMembers(after)) return { before: told(language, what, filled(before), nameOf), after: told(language, what, filled(after), nameOf) };
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].filter((name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]));
  const part = (value: Members) => told(language, what, Object.fromEntries(names.map((name) => [name, value[name]])), nameOf);
  return { before: part(before), after: part(after) };
}

/** Of what is new or gone the members that say something. */
const filled = (value: unknown) => (isMembers(value) ? Object.fromEntries(Object.entries(value).filter(([, each]) => each !== null && each !== "")) : value);

/** A value in words; `path` says of what. */
export function told(language: Language, path: Path, value: unknown, nameOf: NameOf): string {
  const texts = CHANGES[language];
  if (value === null || value === undefined || value === "") return path === "hours" ? texts.alwaysOpen : path.startsWith("hours.exceptions.") ? texts.asInTheWeek : path.startsWith("retention.") ? texts.forEver : texts.nothing;
  if (path === "line") return value ? texts.line : texts.form;
  if (path === "mode" || path === "on_leave") return texts.words[String(value)] ?? String(value);
  if (typeof value === "boolean") return value ? texts.on : texts.off;
  if (typeof value === "number") return DURATIONS.test(path) ? duration(language, value) : path.startsWith("retention.") ? fill(texts.days, { n: value }) : new Intl.NumberFormat(language).format(value);
  if (Array.isArray(value)) return toldList(language, path, value, nameOf);
  if (isMembers(value)) return toldMembers(language, path, value, nameOf);
  return String(value);
}

function toldList(language: Language, path: Path, value: readonly unknown[], nameOf: NameOf): string {
  const texts = CHANGES[language];
  if (path.startsWith("hours.")) return value.length ? value.map((span) => fill(texts.span, span as { opens: string; closes: string })).join(", ") : texts.closed;
  if (value.length === 0) return texts.nobody;
  if (path.startsWith("departments.")) return value.map((id) => nameOf(String(id))).join(", ");
  return value.map((each) => (path === "languages" ? languageName(language, String(each)) : String(each))).join(", ");
}

function toldMembers(language: Language, path: Path, value: Members, nameOf: NameOf): string {
  const texts = CHANGES[language];
  if (path === "hours") return texts.weekly;
  if (path.startsWith("hours.exceptions.")) return told(language, "hours.", value["hours"], nameOf);
  if ("required" in value || "requested" in value) return value["required"] ? texts.required : value["requested"] === false ? texts.notAsked : texts.asked;
  const parts = Object.entries(value).filter(([name]) => name !== "id").map(([name, each]) => {
    const inside = isMembers(each) ? toldTexts(language, each) : told(language, `${path}.${name}`, each, nameOf);
    return fill(texts.member, { name: texts.members[name] ?? name, value: inside });
  });
  return parts.join(" · ");
}

/** By language. */
function toldTexts(language: Language, by: Members): string {
  const texts = CHANGES[language];
  return Object.entries(by).map(([code, text]) => fill(texts.member, { name: languageName(language, code), value: String(text) })).join(" · ") || texts.nothing;
}

/** The colours among the values, to be shown. */
export const colourOf = (value: unknown) => (typeof value === "string" && COLOUR.test(value) ? value : null);

function duration(language: Language, seconds: number): string {
  const [value, unit] = seconds % 60 === 0 ? [seconds / 60, "minute"] : [seconds, "second"];
  return new Intl.NumberFormat(language, { style: "unit", unit, unitDisplay: "short" }).format(value);
}

/** Monday is 0. */
export const weekday = (language: Language, day: number) =>
  new Intl.DateTimeFormat(language, { weekday: "long", timeZone: "UTC" }).format(new Date(Date.UTC(2024, 0, 1 + day)));

/** `2026-12-24` as `24 Dec 2026`. */
export function calendarDay(language: Language, date: string): string {
  const day = new Date(`${date}T00:00:00Z`);
  if (Number.isNaN(day.getTime())) return date;
  return new Intl.DateTimeFormat(language === "en" ? "en-GB" : language, { weekday: "short", day: "numeric", month: "short", year: "numeric", timeZone: "UTC" }).format(day);
}

/** A deed about access: a sentence without its author. */
export function deedOf(language: Language, change: Change): { did: string; more: string } {
  const texts = CHANGES[language];
  const details = change.details ?? {};
  const whom = change.subject?.name || String(details["name"] ?? details["email"] ?? details["kid"] ?? "");
  const role = (name: string) => (typeof details[name] === "string" ? texts.roles[details[name]] ?? details[name] : "");
  const scopes = Array.isArray(details["scopes"]) ? details["scopes"].join(", ") : "";
  const roles = [role("former"), role("role")].filter(Boolean).join(` ${texts.to} `);
  return { did: fill(texts.deeds[change.what] ?? change.what, { whom }).trim(), more: [roles, scopes].filter(Boolean).join(", ") };
}

/** Undoing these is felt by visitors at once. */
export const VISITORS_NOTICE = /^(line|limit|offline_mode|mode|languages|hours|hours\..+|departments|departments\..+|attachments|push\.on|privacy\.consent)$/;
