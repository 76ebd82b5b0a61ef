/** A text with its addresses as links. */

import { linked } from "../shared/links.ts";

export function Linked({ text }: { text: string }) {
  return (
    <>
      {linked(text).map(({ text: piece, href }) => href
        ? <a href={href} target="_blank" rel="noopener noreferrer nofollow" referrerPolicy="no-referrer">{piece}</a>
        : piece)}
    </>
  );
}
