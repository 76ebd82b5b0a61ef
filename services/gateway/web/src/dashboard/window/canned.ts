/** Canned replies in an editor: which ones a shortcut's first letters find, in which language, with what filled in. Pure. */

import { baseOf } from "./locales.ts";

export interface Reply { id: string; shortcut: string; texts: Record<string, string> }
export interface Choice { reply: Reply; language: string; text: string }
export type Values = Partial<Record<FieldName, string | undefined>>;

/** What stands in braces in a reply and fills itself. */
export const FIELDS = ["name", "page", "operator"] as const;
export type FieldName = (typeof FIELDS)[number];

const SHORTCUT = /^[a-z0-9][a-z0-9-]{0,39}$/;
const FIELD = new RegExp(`\\{(${FIELDS.join("|")})\\}`, "g");

export const isShortcut = (text: string) => SHORTCUT.test(text);

/** What is typed, as a shortcut may be: `Delivery NO` is `delivery-no`. */
export function asShortcut(typed: string): string {
  return plain(typed).replace(/^\/+/, "").replace(/[\s_]+/g, "-").replace(/[^a-z0-9-]/g, "").replace(/^-+/, "").slice(0, 40);
}

/** The text in the visitor's language, else in the first of `others` that there is, else in any. */
export function textFor(reply: Reply, locale: string, others: readonly string[]): { language: string; text: string } {
  const wanted = [locale, baseOf(locale), ...others];
  const language = wanted.find((each) => reply.texts[each]) ?? Object.keys(reply.texts)[0] ?? "";
  return { language, text: reply.texts[language] ?? "" };
}

/** Those that the letters find: by the shortcut's beginning first, then by the shortcut, then by the text. */
export function found(replies: readonly Reply[], letters: string, locale: string, others: readonly string[]): Choice[] {
  const wanted = plain(letters);
  return replies
    .map((reply) => ({ reply, ...textFor(reply, locale, others) }))
    .map((choice) => ({ choice, rank: rankOf(choice, wanted) }))
    .filter(({ rank }) => rank < 3)
    .sort((a, b) => a.rank - b.rank || (a.choice.reply.shortcut < b.choice.reply.shortcut ? -1 : 1))
    .map(({ choice }) => choice);
}

function rankOf({ reply, text }: Choice, wanted: string): number {
  if (reply.shortcut.startsWith(wanted)) return 0;
  if (reply.shortcut.includes(wanted)) return 1;
  return wanted.length > 1 && plain(text).includes(wanted) ? 2 : 3;
}

/** Small letters without accents, so that `zwrot` is found by `Zwrót`. */
export const plain = (text: string) => text.toLowerCase().replace(/ł/g, "l").normalize("NFD").replace(/\p{M}/gu, "");

/** With what is known filled in; what is not known stays in its braces. */
export function filledIn(text: string, values: Values): string {
  return text.replace(FIELD, (whole, name: FieldName) => values[name] || whole);
}

/** The first field that is not filled in, and where it stands. */
export function gapIn(text: string): { from: number; to: number; field: string } | null {
  const gap = text.search(FIELD);
  if (gap < 0) return null;
  const to = text.indexOf("}", gap) + 1;
  return { from: gap, to, field: text.slice(gap, to) };
}

/** The letters behind the slash at `at`, up to the caret; null if they are no beginning of a shortcut. */
export function lettersAt(text: string, at: number, caret: number): string | null {
  if (text[at] !== "/" || caret <= at) return null;
  const letters = text.slice(at + 1, caret);
  return /^[^\s/]{0,40}$/.test(letters) ? letters : null;
}
