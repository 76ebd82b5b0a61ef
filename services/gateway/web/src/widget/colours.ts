/** The shop's own colours: as they are set, and the ink that can be read on them where none is. Pure. */

export interface Colours { background: string; text: string }

/** Where black and white are equally far from a colour (WCAG 2, relative luminance). */
const MIDDLE = 0.179;

export function headerStyle({ background, text }: Colours): Record<string, string> {
  const ink = text || (background && (luminance(background) > MIDDLE ? "#000" : "#fff"));
  return { ...(background && { "--head": background }), ...(ink && { "--head-ink": ink }) };
}

/** Of `#rrggbb`, 0 to 1. */
function luminance(colour: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => (parseInt(colour.slice(at, at + 2), 16) / 255) ** 2.2);
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}
