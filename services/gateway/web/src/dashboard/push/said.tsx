/** A campaign before it starts: what subscribers will read, and how it will be delivered. */

import { fill } from "../../shared/language.ts";
import { languageName } from "../settings/names.ts";
import { language, now } from "../ui.tsx";
import { COMPOSE } from "./compose-texts.ts";
import { spanOf } from "./delivery.tsx";
import { formOf, freshForm } from "./form.ts";
import { LIVE } from "./live-texts.ts";
import type { Progress } from "./rest.ts";
import { URGENCIES } from "./texts.ts";

const DAY_S = 86_400;

export function Said({ campaign }: { campaign: Progress }) {
  const { content } = campaign;
  return (
    <>
      <div class="card pu-pad pu-said">
        {Object.entries(content.notices).map(([tag, notice]) => (
          <div key={tag}><p class="meta">{languageName(language.value, tag)}</p><div lang={tag} dir="auto"><b>{notice.subject}</b><p class="muted">{notice.text}</p></div></div>
        ))}
        <a href={content.url} target="_blank" rel="noreferrer">{content.url}</a>
      </div>
      <dl class="card pu-pad pu-ways">{waysOf(campaign).map(({ name, how }) => <div key={name}><dt class="muted">{name}</dt><dd>{how}</dd></div>)}</dl>
    </>
  );
}

function waysOf(campaign: Progress) {
  const { ttl, urgency, topic, quiet, cap } = formOf(campaign, freshForm(campaign.zone, now.value));
  const texts = LIVE[language.value];
  const chosen = COMPOSE[language.value];
  return [
    { name: chosen.ttl, how: spanOf(ttl) },
    { name: chosen.urgency, how: URGENCIES[language.value][urgency] },
    { name: chosen.topic, how: topic },
    { name: texts.quietHours, how: quiet ? fill(texts.fromTo, { from: quiet.start, to: quiet.end }) : texts.noQuiet },
    { name: texts.cap, how: cap ? fill(chosen.cap, { most: cap.most, days: spanOf(cap.days * DAY_S) }) : texts.noCap },
  ].filter(({ how }) => how);
}
