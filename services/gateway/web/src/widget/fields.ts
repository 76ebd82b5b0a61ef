/** The fields that a form may ask for. Pure. */

import { cleanText, type VisitorInfo } from "../shared/protocol.ts";

export const FIELDS = ["first_name", "last_name", "email", "phone", "message"] as const;
export type FieldName = (typeof FIELDS)[number];

export type FieldRules = Partial<Record<FieldName, { requested?: boolean; required?: boolean }>>;
export type Values = Partial<Record<FieldName, string>>;

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

/** What the shop said of its customer, as the fields have it. */
export function known({ name, email, phone }: VisitorInfo): Values {
  const [first, ...rest] = name?.split(" ") ?? [];
  return {
    ...(first && { first_name: first, last_name: rest.join(" ") }), ...(email && { email }), ...(phone && { phone }),
  };
}
