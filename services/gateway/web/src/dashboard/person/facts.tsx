/** Beside the timeline: who this is, how long it is kept, and how it is kept. */

import { lock } from "../../shared/icons.tsx";
import { fill, plural } from "../../shared/language.ts";
import { dayOf } from "../dates.ts";
import { nameOfLanguage } from "../inbox/reader.tsx";
import { Notice } from "../parts.tsx";
import { language } from "../ui.tsx";
import type { Person } from "./rest.ts";
import { PERSON } from "./texts.ts";

const DAYS_A_MONTH = 30;
/** From here on a span is said in months. */
const MANY_DAYS = 90;

export function Facts({ person }: { person: Person }) {
  const texts = PERSON[language.value];
  const { retention } = person;
  return (
    <div class="col">
      <section class="card"><h2>{texts.who}</h2>
        <dl class="kv">
          <dt>{texts.name}</dt><dd>{person.name || <Unknown />}</dd>
          <dt>{texts.email}</dt><dd>{person.email ? <a href={`mailto:${person.email}`}>{person.email}</a> : <Unknown />}</dd>
          <dt>{texts.phone}</dt><dd>{person.phone || <Unknown />}</dd>
          <dt>{texts.language}</dt><dd>{person.languages.map(nameOfLanguage).filter(Boolean).join(", ") || <Unknown />}</dd>
          {person.also_known_as.length > 0 && <><dt>{texts.alias}</dt><dd>{person.also_known_as.map((alias) => <span class="line1" key={alias.id}>{fill(texts.aliasSince, { id: alias.id.replace(/^g_/, "").slice(0, 4), day: alias.since ? dayOf(language.value, alias.since) : "" })}</span>)}</dd></>}
        </dl>
      </section>
      <section class="card"><h2>{texts.howLong}</h2>
        <dl class="kv">
          <dt>{texts.keptConversations}</dt><dd>{kept(retention.conversations_days, retention.oldest_conversation_goes)}</dd>
          <dt>{texts.keptMessages}</dt><dd>{kept(retention.offline_messages_days, retention.oldest_offline_message_goes)}</dd>
        </dl>
      </section>
      <Notice icon={lock}>{texts.key}</Notice>
      <p class="meta">{texts.recorded}</p>
    </div>
  );
}

const Unknown = () => <span class="muted">{PERSON[language.value].unknown}</span>;

function kept(days: number | null, oldestGoes: string | null): string {
  const texts = PERSON[language.value];
  if (days === null) return texts.forEver;
  const time = days >= MANY_DAYS ? plural(language.value, Math.round(days / DAYS_A_MONTH), texts.months) : plural(language.value, days, texts.days);
  return oldestGoes ? fill(texts.oldestGoes, { time, day: dayOf(language.value, oldestGoes) }) : time;
}
