/** Allowed origins: the pages on which the widget answers. */

import { useId, useState } from "preact/hooks";

import { cross, Icon } from "../../../shared/icons.tsx";
import { fill } from "../../../shared/language.ts";
import { language } from "../../ui.tsx";
import { change, flaw } from "../draft.ts";
import { Flaw, Section } from "../fields.tsx";
import { hintOf, originOf, type Flawed } from "./origin.ts";
import { DEVELOPERS } from "./texts.ts";

export function Origins({ origins }: { origins: readonly string[] }) {
  const texts = DEVELOPERS[language.value];
  const told = flaw("origins");
  return (
    <Section title={texts.origins} hint={texts.originsHint}>
      {origins.map((each) => (
        <p key={each} class="line dev-slim">
          <code class="grow">{each}</code>
          {hintOf(each) && <span class="tag brass">{texts.insecure}</span>}
          <button type="button" class="ib" aria-label={fill(texts.remove, { origin: each })} onClick={() => change({ origins: origins.filter((other) => other !== each) })}><Icon d={cross} /></button>
        </p>
      ))}
      <AddOrigin origins={origins} onAdd={(origin) => change({ origins: [...origins, origin] })} />
      {told && <p class="line dev-slim"><Flaw>{told}</Flaw></p>}
    </Section>
  );
}

/** A field that takes what people paste: a whole address of a page, too. */
export function AddOrigin({ origins, onAdd }: { origins: readonly string[]; onAdd(origin: string): void }) {
  const texts = DEVELOPERS[language.value];
  const [typed, setTyped] = useState("");
  const [wrong, setWrong] = useState<Flawed | null>(null);
  const id = useId();
  const add = (event: Event) => {
    event.preventDefault();
    const found = originOf(typed, origins);
    if (typeof found !== "string") return setWrong(found);
    onAdd(found);
    setTyped("");
    setWrong(null);
  };
  return (
    <form class="line dev-slim dev-add" onSubmit={add} noValidate>
      <label class="sr" for={id}>{texts.newOrigin}</label>
      <input id={id} class="in" inputMode="url" autoCapitalize="off" spellcheck={false} placeholder="https://www.shop.example" value={typed} aria-invalid={wrong !== null} aria-describedby={`${id}w`}
        onInput={(event) => { setTyped(event.currentTarget.value); setWrong(null); }} />
      <button class="btn">{texts.add}</button>
      {wrong && <Flaw id={`${id}w`}>{texts.wrongOrigin[wrong.why]}</Flaw>}
    </form>
  );
}
