/** One's own name. */

import { useState } from "preact/hooks";

import { useSending, whyNot } from "../../door/sending.ts";
import { Notice } from "../../parts.tsx";
import { language } from "../../ui.tsx";
import { rename } from "./rest.ts";
import { SECURITY } from "./texts.ts";

export function NameCard({ name, onRenamed }: { name: string; onRenamed(name: string): void }) {
  const texts = SECURITY[language.value];
  const sending = useSending();
  const [typed, setTyped] = useState(name);
  const [done, setDone] = useState(false);
  const given = typed.trim();
  const able = given !== "" && given !== name;
  const why = whyNot(sending, {});
  const submit = async (event: Event) => {
    event.preventDefault();
    if (!able || !(await sending.send(() => rename(given)))) return;
    onRenamed(given);
    setDone(true);
  };
  return (
    <section class="card pad" aria-labelledby="name-head">
      <h3 id="name-head">{texts.name}</h3>
      <form onSubmit={(event) => void submit(event)}>
        <label class="f">{texts.nameLabel}<input class="in" value={typed} required maxLength={80} autocomplete="name" onInput={(event) => { setTyped(event.currentTarget.value); setDone(false); }} /></label>
        <div class="why">{why ? <Notice tone="red">{why}</Notice> : done && !able && <Notice tone="green">{texts.renamed}</Notice>}</div>
        <div class="row"><button class="btn" aria-disabled={!able || sending.busy}>{texts.saveName}</button></div>
      </form>
    </section>
  );
}
