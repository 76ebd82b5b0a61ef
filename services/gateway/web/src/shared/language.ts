/** Languages of widget and dashboard, and how texts are filled in. */

export const LANGUAGES = ["en", "fr", "pl"] as const;
export type Language = (typeof LANGUAGES)[number];

/** The first of the wanted languages that we speak, else English. `fr-CA` is French. */
export function pickLanguage(...wanted: (string | null | undefined)[]): Language {
  for (const each of wanted) {
    const short = each?.slice(0, 2).toLowerCase();
    const found = LANGUAGES.find((language) => language === short);
    if (found) return found;
  }
  return "en";
}

/** Puts values into a text: `{name} is writing`. */
export function fill(text: string, values: Record<string, string | number>): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}

export type Forms = Partial<Record<Intl.LDMLPluralRule, string>>;

/** The form for a number: `one`, `few`, `many` or `other`, as the language has it, with `{n}` filled in as the language writes it. */
export function plural(language: Language, n: number, forms: Forms): string {
  return fill(forms[new Intl.PluralRules(language).select(n)] ?? forms.other ?? "", { n: new Intl.NumberFormat(language).format(n) });
}

/** Hours and minutes of a moment, in the reader's time zone. */
export function clockTime(language: Language, at: string): string {
  return new Intl.DateTimeFormat(language, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" }).format(new Date(at));
}
