/** Erasing one person: what goes, what stays and why; only for who types the number. */

import { useRef, useState } from "preact/hooks";

import { check, Icon, info, trash } from "../../shared/icons.tsx";
import { fill, plural } from "../../shared/language.ts";
import { Dialog, Notice } from "../parts.tsx";
import { Failure, newKey } from "../rest.ts";
import { language } from "../ui.tsx";
import { erase, phraseFor, type Person } from "./rest.ts";
import { PERSON } from "./texts.ts";

export function EraseDialog({ shop, person, name, onAsked, onClose }: {
  shop: string; person: Person; name: string; onAsked(number: number): void; onClose(): void;
}) {
  const texts = PERSON[language.value];
  const [typed, setTyped] = useState("");
  const [busy, setBusy] = useState(false);
  const [why, setWhy] = useState<string | null>(null);
  const key = useRef(newKey());
  const phrase = phraseFor(person.id);
  const able = typed.trim() === phrase && !busy;
  const run = async (event: Event) => {
    event.preventDefault();
    if (!able) return;
    setBusy(true);
    setWhy(null);
    try {
      onAsked((await erase(shop, person.id, key.current)).number);
    } catch (error) {
      if (error instanceof Failure && error.status === 410) return onAsked(Number(error.problem["number"]));
      setWhy(error instanceof Failure && error.status === 403 ? texts.eraseForbidden : texts.eraseFailed);
      setBusy(false);
    }
  };
  return (
    <Dialog role="alertdialog" title={fill(texts.eraseSure, { name })} onClose={onClose}>
      <p class="muted">{texts.noWayBack}</p>
      <Consequences person={person} />
      {person.ongoing.map((each) => (
        <Notice key={each.id} tone="brass">{each.operator ? fill(texts.inConversation, { name, operator: each.operator.name }) : fill(texts.inConversationAlone, { name })}</Notice>
      ))}
      <form onSubmit={(event) => void run(event)}>
        <label class="f">{fill(texts.type, { phrase })}
          <input class="in" value={typed} autocomplete="off" autocapitalize="off" spellcheck={false} onInput={(event) => setTyped(event.currentTarget.value)} />
        </label>
        {why && <Notice tone="red">{why}</Notice>}
        <div class="row">
          <button class="btn danger" aria-disabled={!able}>{fill(texts.eraseButton, { name })}</button>
          <button class="btn safe" type="button" onClick={onClose}>{texts.keepData}</button>
        </div>
      </form>
    </Dialog>
  );
}

function Consequences({ person }: { person: Person }) {
  const texts = PERSON[language.value];
  const { counts } = person;
  const things = [
    ...(counts.conversations ? [plural(language.value, counts.conversations, texts.conversationCount)] : []),
    ...(counts.offline_messages ? [plural(language.value, counts.offline_messages, texts.offlineCount)] : []),
    ...(counts.orders ? [plural(language.value, counts.orders, texts.orderCount)] : []),
    ...(counts.reviews ? [plural(language.value, counts.reviews, texts.reviewCount)] : []),
    ...(counts.browsers ? [plural(language.value, counts.browsers, texts.browserCount)] : []),
  ].join(", ");
  const goes = [
    ...(things ? [fill(texts.goesAtOnce, { things })] : []),
    plural(language.value, counts.log_entries, texts.keyDestroyed),
    ...(person.also_known_as.length ? [plural(language.value, person.also_known_as.length, texts.aliases)] : []),
  ];
  return (
    <ul class="cons">
      {goes.map((each) => <li key={each}><span class="red-ink"><Icon d={trash} /></span><span>{each}</span></li>)}
      <li><span class="green-ink"><Icon d={check} /></span><span>{texts.countsStay}</span></li>
      <li><span class="muted"><Icon d={info} /></span><span>{texts.ordersStay}</span></li>
      <li><span class="muted"><Icon d={info} /></span><span>{fill(texts.backupsGo, { n: person.backups_days })}</span></li>
    </ul>
  );
}
