/** The tag: to copy, and where we see it. The guide shows the same. */

import { useEffect, useState } from "preact/hooks";

import { check, clock, copy as copyIcon, Icon, reopen, warning } from "../../../shared/icons.tsx";
import { fill, plural } from "../../../shared/language.ts";
import { momentOf } from "../../dates.ts";
import { tag as readTag, type Tag } from "../../guide/rest.ts";
import { useNowAndThen } from "../../list.ts";
import { language, now } from "../../ui.tsx";
import { DEVELOPERS } from "./texts.ts";

/** Often enough that somebody who opens a page of the shop sees it arrive. */
const LOOK_MS = 3_000;

export interface Watched { tag: Tag | null; failed: boolean; look(): void }

/** What is known of the tag, kept while the page is in view. */
export function useTag(shop: string): Watched {
  const [tag, setTag] = useState<Tag | null>(null);
  const [failed, setFailed] = useState(false);
  const look = () => void readTag(shop).then((read) => { setTag(read); setFailed(false); }, () => setFailed(true));
  useEffect(look, [shop]);
  useNowAndThen(look, LOOK_MS);
  return { tag, failed, look };
}

export function CopyButton({ text, label, primary = false }: { text: string; label: string; primary?: boolean }) {
  const texts = DEVELOPERS[language.value];
  const [copied, setCopied] = useState(false);
  const copy = () => void navigator.clipboard?.writeText(text).then(() => setCopied(true), () => {});
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), 4_000);
    return () => clearTimeout(timer);
  }, [copied]);
  return (
    <button type="button" class={primary ? "btn primary" : "btn sm"} onClick={copy}>
      <Icon d={copied ? check : copyIcon} />{copied ? texts.copied : label}<span class="sr" role="status">{copied ? texts.copied : ""}</span>
    </button>
  );
}

export function Snippet({ text }: { text: string }) {
  return <pre class="dev-code" tabIndex={0}><code>{text}</code></pre>;
}

/** The newest sighting in a word, or that we look. */
export function SeenMark({ tag }: { tag: Tag | null }) {
  const texts = DEVELOPERS[language.value];
  if (!tag) return null;
  return tag.seen.length > 0
    ? <span class="tag green"><Icon d={check} size={14} />{texts.seen}</span>
    : <span class="tag brass"><i class="spin" />{texts.looking}</span>;
}

/** `origins`: those allowed; what is not seen stands there, too. `onAllow` takes in one that was refused. */
export function Sightings({ tag, origins, onAllow }: { tag: Tag; origins: readonly string[]; onAllow?: (origin: string) => void }) {
  const texts = DEVELOPERS[language.value];
  const missing = origins.filter((each) => !tag.seen.some((seen) => seen.origin === each));
  return (
    <ul class="dev-sightings">
      {tag.seen.map((each) => (
        <li key={each.origin}><span class="green-ink"><Icon d={check} /></span>{fill(plural(language.value, each.pages, texts.seenOn), { origin: hostOf(each.origin), when: momentOf(language.value, each.last_seen_at, now.value) })}</li>
      ))}
      {tag.refused.map((each) => (
        <li key={each.origin}>
          <span class="brass-ink"><Icon d={warning} /></span><span class="grow">{fill(texts.refused, { origin: each.origin, when: momentOf(language.value, each.at, now.value) })}</span>
          {onAllow && <button type="button" class="btn sm" onClick={() => onAllow(each.origin)}>{texts.allow}<span class="sr"> {each.origin}</span></button>}
        </li>
      ))}
      {missing.map((each) => <li key={each} class="muted"><Icon d={clock} />{fill(texts.notSeen, { origin: hostOf(each) })}</li>)}
    </ul>
  );
}

export function CheckAgain({ look }: { look(): void }) {
  return <button type="button" class="btn" onClick={look}><Icon d={reopen} />{DEVELOPERS[language.value].again}</button>;
}

export function hostOf(origin: string): string {
  try {
    return new URL(origin).host;
  } catch {
    return origin;
  }
}
