/** What is wrong with what was filled in. Pure. */

import { lengthOf, MAX_TEXT } from "../shared/protocol.ts";
import { asked, filled, type FieldName, type FieldRules, type Values } from "./fields.ts";

/** What a field lacks, or by how many characters it is too long. */
export type Flaw = "empty" | "at" | "dot" | "digits" | "unfit" | number;
/** By field, and of the consent that the shop wants. */
export type Flaws = Partial<Record<FieldName | "consent", Flaw>>;

/** Longest values, in characters, as the gateway has them. */
const MOST: Record<FieldName, number> = { first_name: 100, last_name: 100, email: 254, phone: 40, message: MAX_TEXT };
const FEWEST_DIGITS = 3;

/** `unticked`: the shop wants consent and has none. */
export function flaws(rules: FieldRules, values: Values, unticked = false): Flaws {
  const given = filled(rules, values);
  const pairs = asked(rules).map((name) => [name, flaw(name, given[name] ?? "", rules[name]?.required === true)]);
  return { ...Object.fromEntries(pairs.filter(([, what]) => what !== undefined)), ...(unticked && { consent: "empty" }) };
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
