/** Languages by their codes. Pure. */

/** `fr` of `fr-CA`. */
export const baseOf = (locale: string) => locale.split(/[-_]/)[0]!.toLowerCase();

/** The language's name in the reader's own: `French`, `français`, `francuski`. */
export function languageName(reader: string, code: string): string {
  try {
    return new Intl.DisplayNames([reader], { type: "language" }).of(code) ?? code;
  } catch {
    return code;
  }
}
