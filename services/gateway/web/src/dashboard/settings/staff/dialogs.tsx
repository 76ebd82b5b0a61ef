/** What is asked about one member of the staff: another name, closing the access, or taking away a second factor that is lost. */

import { useState } from "preact/hooks";

import { fill } from "../../../shared/language.ts";
import { Dialog } from "../../parts.tsx";
import { language } from "../../ui.tsx";
import * as rest from "./rest.ts";
import { explain } from "./refusals.ts";
import { STAFF } from "./texts.ts";

interface Props { shop: string; member: rest.Member; onDone(): void; onClose(): void }

function useDeed(deed: () => Promise<unknown>, onDone: () => void) {
  const [busy, setBusy] = useState(false);
  const [flaw, setFlaw] = useState<string | null>(null);
  const run = () => {
    if (busy) return;
    setBusy(true);
    setFlaw(null);
    deed().then(onDone, (error: unknown) => {
      setFlaw(explain(STAFF[language.value], error));
      setBusy(false);
    });
  };
  return { busy, flaw, run };
}

/** The focus begins on the answer that changes nothing. */
function Question({ title, hint, yes, no, deed, onDone, onClose }: { title: string; hint: string; yes: string; no: string; deed(): Promise<unknown>; onDone(): void; onClose(): void }) {
  const { busy, flaw, run } = useDeed(deed, onDone);
  return (
    <Dialog role="alertdialog" title={title} onClose={onClose}>
      <p class="muted">{hint}</p>
      {flaw && <p class="err" role="alert">{flaw}</p>}
      <div class="row">
        <button class="btn danger" aria-disabled={busy} onClick={run}>{yes}</button>
        <button class="btn safe" onClick={onClose}>{no}</button>
      </div>
    </Dialog>
  );
}

export function CloseDialog({ shop, member: { id, name }, ...then }: Props) {
  const texts = STAFF[language.value];
  return <Question title={fill(texts.closeSure, { name })} hint={fill(texts.closeHint, { name })} yes={texts.closeButton} no={texts.keep} deed={() => rest.close(shop, id)} {...then} />;
}

export function FactorDialog({ shop, member: { id, name }, ...then }: Props) {
  const texts = STAFF[language.value];
  return <Question title={fill(texts.factorSure, { name })} hint={fill(texts.factorHint, { name })} yes={texts.factorButton} no={texts.factorKeep} deed={() => rest.turnFactorOff(shop, id)} {...then} />;
}

export function NameDialog({ shop, member, onDone, onClose }: Props) {
  const texts = STAFF[language.value];
  const [name, setName] = useState(member.name);
  const given = name.trim();
  const { busy, flaw, run } = useDeed(() => rest.change(shop, member.id, { name: given }), onDone);
  const able = given !== "" && given !== member.name;
  const submit = (event: Event) => {
    event.preventDefault();
    if (able) run();
  };
  return (
    <Dialog title={fill(texts.nameTitle, { name: member.name })} onClose={onClose}>
      <form onSubmit={submit}>
        <label class="f">{texts.nameLabel}
          <input class="in" value={name} maxLength={80} autocomplete="off" onInput={(event) => setName(event.currentTarget.value)} />
        </label>
        {flaw && <p class="err" role="alert">{flaw}</p>}
        <div class="row">
          <button class="btn primary" aria-disabled={busy || !able}>{texts.save}</button>
          <button class="btn" type="button" onClick={onClose}>{texts.cancel}</button>
        </div>
      </form>
    </Dialog>
  );
}
