/** Third step: colours and words. Each colour offered carries white text by AA. */

import { useEffect } from "preact/hooks";

import { LANGUAGES } from "../../shared/language.ts";
import { TextsEditor, chosenOf } from "../settings/texts-editor.tsx";
import type { Texts } from "../settings/shop-settings.ts";
import { initialsOf, language } from "../ui.tsx";
import type { StepProps } from "./guide-page.tsx";
import { GUIDE } from "./texts.ts";

const SWATCHES = ["#23477e", "#3a352c", "#1f6b44", "#8a3a22", "#5b3a6b"] as const;
const MOST = 300;

export function Looks({ settings, change }: StepProps) {
  const texts = GUIDE[language.value];
  // A shop that says nothing yet is offered words to begin with, in each of its languages that we speak.
  useEffect(() => {
    const given = Object.values({ ...settings.header, ...settings.welcome }).some(Boolean);
    if (!given) change({ header: offered(settings.languages, "header"), welcome: offered(settings.languages, "welcome") });
  }, []);
  const chosen = settings.colours.header.background.toLowerCase() || SWATCHES[0];
  const paint = (background: string) => change({ colours: { ...settings.colours, header: { background, text: "#ffffff" }, visitor: { background, text: "#ffffff" } } });
  const tag = chosenOf(settings.languages);
  const first = settings.languages[0] ?? "en";
  const said = (by: Texts) => by[tag] || by[first] || "";
  return (
    <div class="guide-form">
      <div class="row guide-swatches" role="radiogroup" aria-label={texts.colour}>
        {SWATCHES.map((each, at) => (
          <label key={each} class="guide-swatch" style={`background:${each}`}><input type="radio" name="colour" aria-label={texts.colours[at]} checked={chosen === each} onChange={() => paint(each)} /></label>
        ))}
      </div>
      <div class="guide-look" aria-hidden="true" lang={tag}>
        <header style={`background:${chosen};color:${settings.colours.header.text || "#ffffff"}`}><span class="av t2">{initialsOf(settings.operator_name)}</span><span><b>{said(settings.header) || texts.noHeader}</b><br />{settings.operator_name} · {settings.name}</span></header>
        {said(settings.welcome) && <p>{said(settings.welcome)}</p>}
      </div>
      <div class="card">
        <TextsEditor languages={settings.languages} fields={[
          { label: texts.headerText, value: settings.header, most: MOST, onChange: (header) => change({ header }) },
          { label: texts.welcomeText, value: settings.welcome, most: MOST, long: true, onChange: (welcome) => change({ welcome }) },
        ]} />
      </div>
    </div>
  );
}

/** By language, as far as we have words in it. */
function offered(languages: readonly string[], what: "header" | "welcome"): Texts {
  const known = LANGUAGES.filter((each) => languages.includes(each));
  return Object.fromEntries(known.map((each) => [each, GUIDE[each][what]]));
}
