/** Puts a text into the clipboard, and says so. */

import { useState } from "preact/hooks";

import { check, copy, Icon } from "../../../shared/icons.tsx";
import { language } from "../../ui.tsx";
import { SECURITY } from "./texts.ts";

const SAID_MS = 2_000;

/** `word`: stands beside the icon; without it the icon stands alone under its label. */
export function Copy({ text, label, word }: { text: string; label: string; word?: string }) {
  const texts = SECURITY[language.value];
  const [said, setSaid] = useState<string | null>(null);
  const run = () => {
    const say = (what: string) => {
      setSaid(what);
      setTimeout(() => setSaid(null), SAID_MS);
    };
    // Pages without https have no clipboard.
    if (navigator.clipboard) navigator.clipboard.writeText(text).then(() => say(texts.copied), () => say(texts.notCopied));
    else say(texts.notCopied);
  };
  return (
    <>
      <button type="button" class={word ? "btn sm" : "ib lg"} aria-label={label} title={label} onClick={run}><Icon d={said === texts.copied ? check : copy} />{word}</button>
      <span class={word ? "meta" : "sr"} role="status">{said}</span>
    </>
  );
}
