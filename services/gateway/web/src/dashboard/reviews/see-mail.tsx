/** The mails about reviews, sent to oneself before customers get them. */

import { useState } from "preact/hooks";

import { Icon, mail as mailIcon } from "../../shared/icons.tsx";
import { TestOutcome, useTestMail } from "../guide/test-mail.tsx";
import { language } from "../ui.tsx";
import { languageName } from "../window/locales.ts";
import type { Rules } from "./rest.ts";
import { RULES } from "./rules-texts.ts";

const STEPS = ["request", "reminder"] as const;

export function SeeMail({ shop, languages, mode }: { shop: string; languages: readonly string[]; mode: Rules["mode"] }) {
  const texts = RULES[language.value];
  const [chosen, setChosen] = useState<string | null>(null);
  const { tested, busy, send } = useTestMail(shop);
  const tag = chosen ?? languages.find((each) => each === language.value) ?? languages[0];
  if (!tag) return null;
  return (
    <section class="rv-see" aria-label={texts.see}>
      <p><b>{texts.see}</b> <span class="muted">{texts.seeHint}</span></p>
      <div class="row">
        {languages.length > 1 && <select aria-label={texts.seeLanguage} value={tag} onChange={(event) => setChosen(event.currentTarget.value)}>{languages.map((each) => <option key={each} value={each}>{languageName(language.value, each)}</option>)}</select>}
        {STEPS.map((step) => <button key={step} type="button" class="btn" aria-disabled={busy} onClick={() => send({ step, mode, language: tag })}><Icon d={mailIcon} />{texts.seeSteps[step]}</button>)}
      </div>
      <div aria-live="polite"><TestOutcome tested={tested} noAddress="" /></div>
    </section>
  );
}
