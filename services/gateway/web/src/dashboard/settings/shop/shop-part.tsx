/** The part about the shop itself: its name and its languages. */

import { cross, Icon, up } from "../../../shared/icons.tsx";
import { fill } from "../../../shared/language.ts";
import { language } from "../../ui.tsx";
import { change, flaw } from "../draft.ts";
import { Section, TextLine } from "../fields.tsx";
import { languageName, ownName } from "../names.ts";
import type { PartProps } from "../registry.ts";
import type { ShopSettings } from "../shop-settings.ts";
import { SHOP } from "./texts.ts";

/** Offered; a shop may have been set up with others. */
const OFFERED = ["en", "fr", "pl", "de", "es", "it", "nl", "pt", "cs", "sk", "uk", "sv", "da", "nb", "fi", "hu", "ro", "lt", "el", "tr", "ja", "zh", "ko"];
const MOST = 30;

export function ShopPart({ settings }: PartProps) {
  const texts = SHOP[language.value];
  return (
    <div class="sform narrow">
      <Section title={texts.shop} hint={texts.shopHint}>
        <TextLine label={texts.name} hint={texts.nameHint} value={settings.name} most={80} flaw={flaw("name")} onChange={(name) => change({ name })} />
      </Section>
      <Languages settings={settings} />
    </div>
  );
}

function Languages({ settings: { languages } }: { settings: ShopSettings }) {
  const texts = SHOP[language.value];
  const free = OFFERED.filter((each) => !languages.includes(each));
  const set = (next: string[]) => change({ languages: next });
  return (
    <Section title={texts.languages} hint={texts.languagesHint}>
      <ul>
        {languages.map((tag, at) => {
          const named = { language: languageName(language.value, tag) };
          return (
            <li key={tag} class="line">
              <span class="grow b5" lang={tag}>{ownName(tag)}</span>
              {at === 0
                ? <span class="tag">{texts.first}</span>
                : <button type="button" class="ib" aria-label={fill(texts.toFirst, named)} title={fill(texts.toFirst, named)} onClick={() => set([tag, ...languages.filter((each) => each !== tag)])}><Icon d={up} /></button>}
              {languages.length > 1 && <button type="button" class="ib" aria-label={fill(texts.remove, named)} title={fill(texts.remove, named)} onClick={() => set(languages.filter((each) => each !== tag))}><Icon d={cross} /></button>}
            </li>
          );
        })}
      </ul>
      {languages.length < MOST && (
        <div class="line">
          <select aria-label={texts.add} value="" onChange={(event) => set([...languages, event.currentTarget.value])}>
            <option value="" disabled>{texts.add}</option>
            {free.map((tag) => <option key={tag} value={tag}>{ownName(tag)}</option>)}
          </select>
          <span class="d">{texts.widget}</span>
        </div>
      )}
    </Section>
  );
}
