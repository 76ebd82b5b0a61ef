/** Contact: a mail to the people who run the installation, what works now, and who they are. */

import { useEffect, useId, useState } from "preact/hooks";

import { check, clock, copy, Icon, mail as mailIcon, phone as phoneIcon } from "../../shared/icons.tsx";
import { fill } from "../../shared/language.ts";
import { momentOf } from "../dates.ts";
import { contact, type Contact } from "../guide/rest.ts";
import { useNowAndThen } from "../list.ts";
import type { OperatorDesk } from "../operator.ts";
import { language, now } from "../ui.tsx";
import { letterOf, write } from "./letter.ts";
import { HELP, type About } from "./texts.ts";

const LOOK_MS = 15_000;
const ABOUTS: readonly About[] = ["fault", "question", "wish", "account"];

export function ContactTab({ shop, desk }: { shop: string; desk: OperatorDesk }) {
  const [known, setKnown] = useState<Contact | null>(null);
  const look = () => void contact(shop).then(setKnown, () => setKnown(null));
  useEffect(look, [shop]);
  useNowAndThen(look, LOOK_MS);
  return (
    <div class="help-two">
      <Letter known={known} me={desk.me.value?.id ?? ""} />
      <div class="col"><Running known={known} desk={desk} /><Who known={known} desk={desk} /></div>
    </div>
  );
}

function Letter({ known, me }: { known: Contact | null; me: string }) {
  const texts = HELP[language.value];
  const { about, text, withFacts } = letterOf(me);
  const [missing, setMissing] = useState(false);
  const [copied, setCopied] = useState(false);
  const error = useId();
  const facts = `Shopbell ${known?.version ?? ""}\n${navigator.userAgent}\n${location.origin}${location.pathname}\n${innerWidth} × ${innerHeight}, ${language.value}`;
  const body = withFacts ? `${text.trim()}\n\n--\n${facts}` : text.trim();
  const guarded = (act: () => void) => () => {
    setMissing(!text.trim());
    if (text.trim()) act();
  };
  const address = `mailto:${encodeURIComponent(known?.email ?? "").replace("%40", "@")}?subject=${encodeURIComponent(fill(texts.subject, { about: texts.aboutOptions[about] }))}&body=${encodeURIComponent(body.replace(/\n/g, "\r\n"))}`;
  return (
    <section class="card help-letter">
      <h2>{texts.write}</h2>
      <p class="muted">{known === null || known.email ? fill(texts.writeTo, { who: known?.name || known?.email || "…" }) : texts.nobody}</p>
      <label class="f">{texts.about}
        <select class="in" value={about} onChange={(event) => write(me, { about: event.currentTarget.value as About })}>
          {ABOUTS.map((each) => <option key={each} value={each}>{texts.aboutOptions[each]}</option>)}
        </select>
      </label>
      <label class="f"><span class="row">{texts.happened}<span class="meta ends">{texts.required}</span></span>
        <textarea class="in" rows={6} value={text} aria-invalid={missing} aria-describedby={missing ? error : undefined} onInput={(event) => { write(me, { text: event.currentTarget.value }); setMissing(false); setCopied(false); }} />
      </label>
      {missing && <p class="err" id={error} role="alert">{texts.missing}</p>}
      <label class="tick"><input type="checkbox" checked={withFacts} onChange={(event) => write(me, { withFacts: event.currentTarget.checked })} /><span class="cb"><Icon d={check} size={13} /></span>
        <span><span class="b5">{texts.facts}</span><br /><span class="muted">{texts.factsHint}</span></span></label>
      {withFacts && <details class="help-facts"><summary>{texts.seeFacts}</summary><pre>{facts}</pre></details>}
      <div class="row help-send">
        {known?.email && <button class="btn primary" onClick={guarded(() => (location.href = address))}><Icon d={mailIcon} />{texts.send}</button>}
        <button class="btn" onClick={guarded(() => void navigator.clipboard?.writeText(body).then(() => setCopied(true), () => {}))}><Icon d={copied ? check : copy} />{copied ? texts.copied : texts.copy}</button>
      </div>
    </section>
  );
}

function Running({ known, desk }: { known: Contact | null; desk: OperatorDesk }) {
  const texts = HELP[language.value];
  const live = !desk.away.value && (known?.running.broker ?? true);
  const since = known?.running.mails_waiting ? known.running.mails_since : null;
  const mails = known === null ? texts.unknown : since ? fill(texts.retrying, { when: momentOf(language.value, since, now.value) }) : texts.works;
  return (
    <section class="card help-side">
      <h2>{live && known && !since ? texts.runs : texts.almost}</h2>
      <Fact fine={live} name={texts.chatWorks} says={live ? texts.works : texts.reconnecting} />
      <Fact fine={known !== null && !since} name={texts.mailWorks} says={mails} />
      <p class="help-fact"><span class="b5 grow">{texts.version}</span><span class="meta">{known?.version ?? ""}</span><a href="/docs" target="_blank" rel="noreferrer">{texts.apiReference}</a></p>
    </section>
  );
}

function Fact({ fine, name, says }: { fine: boolean; name: string; says: string }) {
  return <p class="help-fact"><span class={fine ? "green-ink" : "brass-ink"}><Icon d={fine ? check : clock} /></span><span class="b5 grow">{name}</span><span class="meta">{says}</span></p>;
}

function Who({ known, desk }: { known: Contact | null; desk: OperatorDesk }) {
  const texts = HELP[language.value];
  const owners = desk.staff.value.filter((each) => each.role === "owner").map((each) => each.name);
  return (
    <section class="card help-side help-who">
      <h2>{texts.who}</h2>
      {known?.name && <p class="b5">{known.name}</p>}
      {known?.email && <p class="row"><Icon d={mailIcon} /><a href={`mailto:${known.email}`}>{known.email}</a></p>}
      {known?.phone && <p class="row"><Icon d={phoneIcon} /><a href={`tel:${known.phone.replace(/[^\d+]/g, "")}`}>{known.phone}</a></p>}
      {owners.length > 0 && <p><span class="muted">{texts.shopOwners}</span><br />{owners.join(", ")}</p>}
    </section>
  );
}
