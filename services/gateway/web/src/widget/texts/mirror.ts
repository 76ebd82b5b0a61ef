/** English in a right-to-left order of letters: shows what does not mirror, readable to whoever mends it. */

export function mirrored<T>(text: T): T {
  // What is filled in later keeps its own order.
  if (typeof text === "string") return `\u202E${text.replace(/\{\w+\}/g, "\u2066$&\u2069")}\u202C` as T;
  return Object.fromEntries(Object.entries(text as object).map(([key, value]) => [key, mirrored(value as unknown)])) as T;
}
