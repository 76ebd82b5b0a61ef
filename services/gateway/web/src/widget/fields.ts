/** The fields that a form may ask for, and what is wrong with what was filled in. Pure. */

import { cleanText, lengthOf, MAX_TEXT, type VisitorInfo } from "../shared/protocol.ts";

export const FIELDS = ["first_name", "last_name", "email", "phone", "message"] as const;
export type FieldName = (typeof FIELDS)[number];

export type FieldRules = Partial<Record<FieldName, { requested?: boolean; required?: boolean }>>;
export type Values = Partial<Record<FieldName, string>>;

/** What a field lacks, or by how many characters it is too long. */
export type Flaw = "empty" | "at" | "dot" | "digits" | "unfit" | number;
export type Flaws = Partial<Record<FieldName, Flaw>>;

/** Longest values, in characters, as the gateway has them. */
const MOST: Record<FieldName, number> = { first_name: 100, last_name: 100, email: 254, phone: 40, message: MAX_TEXT };
const FEWEST_DIGITS = 3;

export function asked(rules: FieldRules): FieldName[] {
  return FIELDS.filter((name) => rules[name]?.requested);
}

/** Breaks, and marks that turn the direction of what follows: they come with pasted text and mean nothing in one line. */
const UNSEEN = /[\n\t\u2028-\u202e\u2066-\u2069]+/g;

/** What would be sent: the fields that are asked for and filled in. */
export function filled(rules: FieldRules, values: Values): Values {
  const pairs = asked(rules).map((name) => {
    const text = cleanText(values[name] ?? "");
    return [name, name === "message" ? text : text.replace(UNSEEN, " ").trim()];
  });
  return Object.fromEntries(pairs.filter(([, value]) => value));
}

export function flaws(rules: FieldRules, values: Values): Flaws {
  const given = filled(rules, values);
  const pairs = asked(rules).map((name) => [name, flaw(name, given[name] ?? "", rules[name]?.required === true)]);
  return Object.fromEntries(pairs.filter(([, what]) => what !== undefined));
}

/** Of what was marked, what is wrong still: nothing new is marked while somebody types. */
export function still(marked: Flaws, now: Flaws): Flaws {
  return Object.fromEntries(Object.entries(now).filter(([name]) => name in marked));
}

function flaw(name: FieldName, value: string, required: boolean): Flaw | undefined {
  if (!value) return required ? "empty" : undefined;
  const excess = lengthOf(value) - MOST[name];
  if (excess > 0) return excess;
  if (name === "email") return flawOfEmail(value);
  return name === "phone" && !isPhone(value) ? "digits" : undefined;
}

/** The usual slips; whether an address can be one, the gateway knows better. */
export function flawOfEmail(value: string): Flaw | undefined {
  if (!/^[^\s@]+@[^\s@]/.test(value)) return "at";
  return /@[^\s@]+\.[^\s@.]{2,}$/.test(value) ? undefined : "dot";
}

function isPhone(value: string): boolean {
  return /^[\d\s+()./*#,;:xX–-]+$/.test(value) && value.replace(/\D/g, "").length >= FEWEST_DIGITS;
}

/** What the shop said of its customer, as the fields have it. */
export function known({ name, email, phone }: VisitorInfo): Values {
  const [first, ...rest] = name?.split(" ") ?? [];
  return {
    ...(first && { first_name: first, last_name: rest.join(" ") }), ...(email && { email }), ...(phone && { phone }),
  };
}
