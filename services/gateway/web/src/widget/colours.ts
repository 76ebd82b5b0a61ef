/** The shop's own colours, with an ink that can be read on them. An ink without a background of its own is not taken. */

import { inkOn } from "../shared/contrast.ts";
import type { ColourPair, ColoursShown } from "../shared/protocol.ts";

const NAMES = { header: "--head", operator: "--bubble-operator", visitor: "--bubble-visitor" };

/** As the style of whatever is drawn in them. */
export function styleOf(part: keyof typeof NAMES, { background, text }: ColourPair): Record<string, string> {
  const name = NAMES[part];
  return background ? { [name]: background, [`${name}-ink`]: inkOn(background, text) } : {};
}

/** Draws all in them that is in `element`; what is not set is as shipped. */
export function paint({ style }: HTMLElement, colours: Partial<ColoursShown> = {}): void {
  for (const [part, name] of Object.entries(NAMES)) {
    style.removeProperty(name);
    style.removeProperty(`${name}-ink`);
    const set = styleOf(part as keyof typeof NAMES, colours[part as keyof typeof NAMES] ?? {});
    for (const each in set) style.setProperty(each, set[each]!);
  }
}
