/** The widget beside the settings, as visitors will see it once they are saved. */

import "./preview.css";

import { useState } from "preact/hooks";

import { fill } from "../../../shared/language.ts";
import type { State } from "../../../widget/preview/scene.ts";
import { Segments } from "../../parts.tsx";
import { language } from "../../ui.tsx";
import type { ShopSettings } from "../shop-settings.ts";
import { chosenOf, textLanguage } from "../texts-editor.tsx";
import { Recent } from "./recent.tsx";
import { Stage } from "./stage.tsx";
import { PREVIEW } from "./texts.ts";

type Theme = "light" | "dark";
type Screen = "computer" | "phone";
type Moment = Exclude<State, "form">;

/** `part`: whose last changes stand below. */
export function Preview({ shop, part, settings }: { shop: string; part: string; settings: ShopSettings }) {
  const texts = PREVIEW[language.value];
  const [theme, setTheme] = useState<Theme>("light");
  const [screen, setScreen] = useState<Screen>("computer");
  const [moment, setMoment] = useState<Moment>("talking");
  const tag = chosenOf(settings.languages);
  const common = { tag, theme, settings, phone: screen === "phone" };
  const named = (what: string) => fill(texts.frame, { what });
  return (
    <aside class="prev" aria-labelledby="preview-title">
      <div>
        <header>
          <h2 id="preview-title">{texts.title}</h2>
          {settings.languages.length > 1 && (
            <Segments label={texts.language} value={tag} onChange={(value) => (textLanguage.value = value)}
              options={settings.languages.map((value) => ({ value, label: value.toUpperCase() }))} />
          )}
          <Segments<Screen> label={texts.screen} value={screen} onChange={setScreen}
            options={[{ value: "computer", label: texts.computer }, { value: "phone", label: texts.phone }]} />
          <Segments<Theme> label={texts.theme} value={theme} onChange={setTheme}
            options={[{ value: "light", label: texts.light }, { value: "dark", label: texts.dark }]} />
          <p class="d">{texts.hint}</p>
        </header>
        <div class="stages">
          <figure>
            <figcaption>
              <Segments<Moment> label={texts.moment} value={moment} onChange={setMoment} options={[
                { value: "talking", label: texts.talking }, { value: "beginning", label: texts.beginning }, { value: "line", label: texts.line },
              ]} />
            </figcaption>
            <Stage {...common} shows="window" state={moment} title={named(texts[moment])} />
          </figure>
          <figure>
            <figcaption><span class="cap">{texts.offline}</span></figcaption>
            {settings.offline_mode ? <Stage {...common} shows="window" state="form" title={named(texts.offline)} /> : <p class="d">{texts.nothing}</p>}
          </figure>
        </div>
        <figure>
          <figcaption><span class="cap">{texts.launcher}</span></figcaption>
          <div class="stages">
            <Stage {...common} shows="launcher" state="beginning" title={named(texts.launcher)} />
            {settings.offline_mode && <Stage {...common} shows="launcher" state="form" title={named(texts.launcher)} />}
          </div>
        </figure>
        <Recent shop={shop} part={part} />
      </div>
    </aside>
  );
}
