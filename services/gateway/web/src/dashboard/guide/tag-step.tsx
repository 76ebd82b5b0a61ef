/** Second step: the tag on the shop's pages, from which address, and that we see it. */

import { check, Icon, mail } from "../../shared/icons.tsx";
import { fill } from "../../shared/language.ts";
import { AddOrigin } from "../settings/developers/origins.tsx";
import { CopyButton, hostOf, Sightings, Snippet, useTag } from "../settings/developers/tag.tsx";
import { language } from "../ui.tsx";
import type { StepProps } from "./guide-page.tsx";
import { keep, kept } from "./keeping.ts";
import { read, write } from "../settings/rest.ts";
import { GUIDE } from "./texts.ts";

export function TagStep({ shop, settings, change }: StepProps) {
  const texts = GUIDE[language.value];
  const { tag } = useTag(shop);
  // At once: the widget answers nowhere else, and we look for it now.
  const add = (origin: string) => {
    const origins = [...settings.origins, origin];
    change({ origins });
    void read(shop).then(({ tag: version }) => write(shop, { origins }, version)).catch(() => {
      // It stays typed, and goes with the step.
      keep(shop, { ...kept.value, typed: { ...kept.value.typed, origins } });
    });
  };
  return (
    <div class="guide-form">
      <div><p class="f">{texts.address}</p><div class="card guide-origins">
        {settings.origins.map((each) => <p key={each} class="line dev-slim"><code>{each}</code></p>)}
        <AddOrigin origins={settings.origins} onAdd={add} />
      </div></div>
      {tag && <Snippet text={tag.snippet} />}
      {tag && <div class="row"><CopyButton text={tag.snippet} label={texts.copy} /><a class="btn sm" href={letterOf(texts.letterSubject, texts.letter, tag.snippet)}><Icon d={mail} />{texts.mailIt}</a></div>}
      {tag && (tag.seen.length
        ? <p class="note green" role="status"><Icon d={check} size={18} /><span class="grow">{fill(texts.seen, { origin: hostOf(tag.seen[0]!.origin) })}</span></p>
        : <p class="note brass" role="status"><i class="spin" /><span class="grow">{texts.looking}</span></p>)}
      {tag && tag.refused.length > 0 && <Sightings tag={{ ...tag, seen: [] }} origins={[]} onAllow={add} />}
    </div>
  );
}

const letterOf = (subject: string, text: string, snippet: string) =>
  `mailto:?subject=${encodeURIComponent(subject)}&body=${encodeURIComponent(`${text}\r\n\r\n${snippet}\r\n`)}`;
