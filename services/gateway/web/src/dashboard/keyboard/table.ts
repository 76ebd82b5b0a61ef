/** Which key means what. Pure. */

export type Deed =
  | { do: "window"; number: number }
  | { do: "part" | "step"; by: 1 | -1 }
  | { do: "palette" | "search" | "keys" | "save" }
  | { do: "longest" | "transfer" | "note" | "minimise" | "hide" | "end" | "channel" | "online" }
  | { do: "publish" | "reject" | "answer" };

/** As the browser tells it. */
export interface Pressed {
  key: string;
  code: string;
  alt: boolean;
  ctrl: boolean;
  shift: boolean;
  /** The key that types a third sign, on many keyboards. */
  altGraph: boolean;
}

export interface Where {
  /** Letters are typed there. */
  field: boolean;
  /** A dialog, menu or list has its own keys. */
  dialog: boolean;
  /** Single keys are switched on. */
  letters: boolean;
  /** Reviews are read there: some letters are about them. */
  reviews: boolean;
}

const LETTERS: Record<string, Deed> = {
  j: { do: "step", by: 1 }, k: { do: "step", by: -1 }, r: { do: "longest" }, t: { do: "transfer" }, i: { do: "note" },
  m: { do: "minimise" }, h: { do: "hide" }, e: { do: "end" }, n: { do: "channel" }, o: { do: "online" },
};

const LETTERS_OF_REVIEWS: Record<string, Deed> = { p: { do: "publish" }, x: { do: "reject" }, r: { do: "answer" } };

/** Signs that need Shift on some keyboards. */
const SIGNS: Record<string, Deed> = { "/": { do: "search" }, "?": { do: "keys" } };

export function deedOf(pressed: Pressed, where: Where): Deed | null {
  const { key, code, alt, ctrl, shift, altGraph } = pressed;
  if (altGraph) return null;
  if (ctrl) return alt || shift ? null : withControl(key.toLowerCase(), where);
  if (alt) return where.dialog || shift ? null : windowOf(code);
  if (key === "F6") return where.dialog ? null : { do: "part", by: shift ? -1 : 1 };
  if (where.field || where.dialog || !where.letters) return null;
  if (SIGNS[key] || (shift && key === key.toUpperCase())) return SIGNS[key] ?? null;
  const letter = letterOf(key, code);
  return (where.reviews ? LETTERS_OF_REVIEWS[letter] : undefined) ?? LETTERS[letter] ?? null;
}

function withControl(key: string, { dialog }: Where): Deed | null {
  if (key === "s") return { do: "save" };
  return key === "k" && !dialog ? { do: "palette" } : null;
}

/** By the key's place: what Alt types there differs from keyboard to keyboard. */
function windowOf(code: string): Deed | null {
  const digit = /^(?:Digit|Numpad)([1-9])$/.exec(code)?.[1];
  return digit ? { do: "window", number: Number(digit) } : null;
}

/** What is printed on the key, or, where no Latin letter is, what stands there elsewhere. */
function letterOf(key: string, code: string): string {
  if (/^[a-z]$/i.test(key)) return key.toLowerCase();
  return key.length === 1 && key > "\u007f" ? code.replace(/^Key/, "").toLowerCase() : "";
}
