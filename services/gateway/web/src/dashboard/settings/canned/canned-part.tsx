/** The shop's canned replies, as a page: each is saved by itself. */

import "./canned.css";

import { language } from "../../ui.tsx";
import { useReplies } from "../../window/canned-replies.tsx";
import { WINDOW } from "../../window/texts.ts";
import { useHeld } from "../held.ts";
import type { PartProps } from "../registry.ts";

export function CannedPart({ desk }: PartProps) {
  const texts = WINDOW[language.value];
  const { changed, body } = useReplies(desk);
  useHeld(changed === null ? null : `/${changed}`);
  return (
    <div class="sform canned-part">
      <header><h2>{texts.replies}</h2><p class="about">{texts.repliesHint}</p></header>
      {body}
    </div>
  );
}
