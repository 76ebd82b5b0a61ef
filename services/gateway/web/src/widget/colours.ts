/** The shop's own colours: as they are set, but with an ink that can be read on them. Pure. */

export interface Colours { background: string; text: string }

/** What text needs (WCAG 2, AA). */
const READABLE = 4.5;
/** Where black and white are equally far from a colour (WCAG 2, relative luminance). */
const MIDDLE = 0.179;

export function headerStyle({ background, text }: Colours): Record<string, string> {
  const readable = !background || (text && contrast(background, text) >= READABLE);
  const ink = readable ? text : luminance(background) > MIDDLE ? "#000" : "#fff";
  return { ...(background && { "--head": background }), ...(ink && { "--head-ink": ink }) };
}

/** Of `#rrggbb`, 0 to 1. */
function luminance(colour: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => (parseInt(colour.slice(at, at + 2), 16) / 255) ** 2.2);
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(one: string, other: string): number {
  const [darker = 0, lighter = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (lighter + 0.05) / (darker + 0.05);
}
