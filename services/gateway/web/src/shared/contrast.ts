/** Which colours can be read on which (WCAG 2.2). Colours are `#rrggbb`. Pure. */

/** What text needs, as a ratio. */
export const READABLE = 4.5;

/** How far two colours are from each other: 1 to 21. */
export function contrast(one: string, other: string): number {
  const [darker = 0, lighter = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (lighter + 0.05) / (darker + 0.05);
}

/** What text on a background is drawn in: the colour wanted for it if that can be read, else black or white. */
export function inkOn(background: string, wanted = ""): string {
  if (wanted && contrast(background, wanted) >= READABLE) return wanted;
  return contrast(background, "#000000") > contrast(background, "#ffffff") ? "#000000" : "#ffffff";
}

/** Of a colour's lighter and darker shades the nearest that can be read on a background. One of black and white can. */
export function nearest(colour: string, background: string): string {
  for (let part = 0; part <= 1; part += 0.01) {
    for (const end of ["#000000", "#ffffff"]) {
      const shade = mixed(colour, end, part);
      if (contrast(shade, background) >= READABLE) return shade;
    }
  }
  return inkOn(background);
}

function luminance(colour: string): number {
  const [r = 0, g = 0, b = 0] = channels(colour).map((value) => {
    const share = value / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function mixed(one: string, other: string, part: number): string {
  const ends = channels(other);
  const mix = channels(one).map((value, at) => Math.round(value + (ends[at]! - value) * part));
  return `#${mix.map((value) => value.toString(16).padStart(2, "0")).join("")}`;
}

function channels(colour: string): number[] {
  return [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16));
}
