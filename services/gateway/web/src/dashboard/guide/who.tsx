/** First step: who stands at the counter, of which shop, in which languages and where. */

import { useEffect, useId } from "preact/hooks";

import { cross, Icon } from "../../shared/icons.tsx";
import { clockTime, fill } from "../../shared/language.ts";
import { languageName, ownName } from "../settings/names.ts";
import { language, now } from "../ui.tsx";
import type { StepProps } from "./guide-page.tsx";
import { GUIDE } from "./texts.ts";

/** Those that shops ask for first; the settings take any. */
const OFFERED = ["en", "fr", "pl", "de", "es", "it", "nl", "pt", "cs", "sk", "uk", "ro", "hu", "sv", "da", "nb", "fi", "lt", "lv", "et", "el", "bg", "hr", "sl", "tr", "ja", "zh", "ko", "ar", "he"];

/** What a new shop calls whoever answers (contracts/conversations/settings.py). */
const NOBODY_YET = "Online consultant";

export function Who({ desk, settings, change }: StepProps) {
  const texts = GUIDE[language.value];
  const own = desk.me.value?.name;
  useEffect(() => {
    if (own && settings.operator_name === NOBODY_YET) change({ operator_name: own });
  }, []);
  return (
    <div class="guide-form">
      <Text label={texts.operatorName} value={settings.operator_name} onChange={(operator_name) => change({ operator_name })} />
      <Text label={texts.shopName} value={settings.name} onChange={(name) => change({ name })} />
      <Languages languages={settings.languages} onChange={(languages) => change({ languages })} />
      <Zone zone={settings.time_zone} onChange={(time_zone) => change({ time_zone })} />
    </div>
  );
}

function Text({ label, value, onChange }: { label: string; value: string; onChange(value: string): void }) {
  return <label class="f">{label}<input class="in" maxLength={80} value={value} onInput={(event) => onChange(event.currentTarget.value)} /></label>;
}

function Languages({ languages, onChange }: { languages: readonly string[]; onChange(languages: string[]): void }) {
  const texts = GUIDE[language.value];
  const id = useId();
  const offered = OFFERED.filter((each) => !languages.includes(each));
  return (
    <div role="group" aria-labelledby={id}>
      <p class="f" id={id}>{texts.languages}</p>
      <div class="row guide-chips">
        {languages.map((each) => (
          <span key={each} class="tag blue"><span lang={each}>{ownName(each)}</span>
            {languages.length > 1 && <button class="ib" aria-label={fill(texts.removeLanguage, { language: languageName(language.value, each) })} onClick={() => onChange(languages.filter((other) => other !== each))}><Icon d={cross} size={13} /></button>}
          </span>
        ))}
        <select aria-label={texts.addLanguage} value="" onChange={(event) => event.currentTarget.value && onChange([...languages, event.currentTarget.value])}>
          <option value="">{texts.addLanguage}</option>
          {offered.map((each) => <option key={each} value={each}>{languageName(language.value, each)}</option>)}
        </select>
      </div>
    </div>
  );
}

function Zone({ zone, onChange }: { zone: string; onChange(zone: string): void }) {
  const texts = GUIDE[language.value];
  const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const zones = [...new Set([zone, own, "UTC", ...Intl.supportedValuesOf("timeZone")])].filter(Boolean);
  return (
    <label class="f">{texts.zone}
      <select class="in" value={zone} onChange={(event) => onChange(event.currentTarget.value)}>
        {zones.map((each) => <option key={each} value={each}>{each.replaceAll("_", " ")}</option>)}
      </select>
      <span class="d">{fill(texts.zoneNow, { time: timeIn(zone) })}{own && own !== zone && <> <button type="button" class="textlink" onClick={() => onChange(own)}>{fill(texts.ownZone, { zone: own })}</button></>}</span>
    </label>
  );
}

function timeIn(zone: string): string {
  const at = new Date(now.value);
  try {
    return new Intl.DateTimeFormat(language.value, { hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone: zone }).format(at);
  } catch {
    return clockTime(language.value, at.toISOString());
  }
}
