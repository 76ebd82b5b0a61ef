/**
 * Addresses within plain text. Pure.
 *
 * Only what leads to a web page or a mailbox becomes a link: nothing else than `https:`, `http:` and `mailto:` ever
 * comes out. What is shown is what was written, so an address that could be read as another (a name before an `@`, or
 * marks that turn the direction of the text) stays text.
 */

export interface Piece { text: string; href?: string }

const WEB = /(?:https?:\/\/|www\.)[^\s<>"“”„«»]+/u;
/** A bare host needs a path: `shop.example/mug`. "Done.Next" is none. */
const BARE = /(?:[\p{L}\p{N}](?:[\p{L}\p{N}-]*[\p{L}\p{N}])?\.)+\p{L}{2,}\/[^\s<>"“”„«»]*/u;
const MAILBOX = /[\w.+-]+@(?:[\p{L}\p{N}-]+\.)+\p{L}{2,}/u;
const ADDRESS = new RegExp(`(?<![\\p{L}\\p{N}@/.-])(?:${MAILBOX.source}|${WEB.source}|${BARE.source})`, "giu");
/** What ends a sentence, not an address. */
const TAIL = /[.,:;!?…'’*_~]+$/;
const TURNS_DIRECTION = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/;

/** The text in pieces, in order; joined they are the text again. */
export function linked(text: string): Piece[] {
  const pieces: Piece[] = [];
  let done = 0;
  for (const found of text.matchAll(ADDRESS)) {
    const shown = trimmed(found[0]);
    const href = addressIn(shown);
    if (!href) continue;
    if (found.index > done) pieces.push({ text: text.slice(done, found.index) });
    pieces.push({ text: shown, href });
    done = found.index + shown.length;
  }
  if (done < text.length) pieces.push({ text: text.slice(done) });
  return pieces;
}

/** Without the marks that follow an address in a sentence, and without a bracket that was opened before it. */
function trimmed(found: string): string {
  let text = found.replace(TAIL, "");
  for (const [opens, closes] of ["()", "[]"]) {
    while (text.endsWith(closes!) && count(text, closes!) > count(text, opens!)) text = text.slice(0, -1).replace(TAIL, "");
  }
  return text;
}

const count = (text: string, sign: string) => text.split(sign).length - 1;

function addressIn(shown: string): string | null {
  if (TURNS_DIRECTION.test(shown)) return null;
  if (!shown.includes("/") && shown.includes("@")) return `mailto:${shown}`;
  const url = parsed(withScheme(shown));
  if (!url || url.username || url.password || !/^https?:$/.test(url.protocol)) return null;
  return url.href;
}

const withScheme = (shown: string) => (/^https?:\/\//i.test(shown) ? shown : `https://${shown}`);

/** (`URL.parse` is newer than the browsers that we serve.) */
function parsed(address: string): URL | null {
  try {
    return new URL(address);
  } catch {
    return null;
  }
}
