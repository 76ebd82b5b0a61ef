/** How the notification looks on a computer and on a locked phone; it is drawn by their systems, so this is near and not exact. */

import { bell, check, Icon, warning } from "../../shared/icons.tsx";
import { fill } from "../../shared/language.ts";
import { Segments } from "../parts.tsx";
import { ownName } from "../settings/names.ts";
import { clockTime } from "../../shared/language.ts";
import { dayOf } from "../dates.ts";
import { language, now } from "../ui.tsx";
import { COMPOSE } from "./compose-texts.ts";
import { isWebAddress, TEXT_SEEN, type Form } from "./form.ts";

export function Preview({ form, tag, languages, onTag }: { form: Form; tag: string; languages: readonly string[]; onTag(tag: string): void }) {
  const texts = COMPOSE[language.value];
  const written = form.notices[tag]?.subject.trim() ? tag : languages.find((each) => form.notices[each]?.subject.trim()) ?? tag;
  const { subject = "", text = "" } = form.notices[written] ?? {};
  const length = [...text.trim()].length;
  const host = isWebAddress(form.url) ? new URL(form.url.trim()).host : location.host;
  const shown = { lang: written, dir: "auto" as const };
  const body = text.trim() || (subject ? "" : texts.textHere);
  return (
    <aside class="pu-prev" aria-labelledby="pu-prev">
      <header class="row">
        <h2 class="grow" id="pu-prev">{texts.preview}</h2>
        {languages.length > 1 && <Segments label={texts.language} value={tag} onChange={onTag} options={languages.map((value) => ({ value, label: ownName(value) }))} />}
      </header>
      <figure>
        <figcaption>{texts.windows}</figcaption>
        <div class="pu-desktop">
          <div class="pu-toast"><span class="pu-icon"><Icon d={bell} size={24} /></span>
            <div class="grow"><p class="pu-from">{host}, {texts.moment}</p><p class="pu-subject" {...shown}>{subject || texts.subjectHere}</p><p {...shown}>{body}</p></div>
          </div>
        </div>
      </figure>
      <figure>
        <figcaption>{texts.android}</figcaption>
        <div class="pu-phone-row">
          <div class="pu-phone">
            <p class="pu-clock" aria-hidden="true">{form.timing.kind === "at" && form.timing.time ? form.timing.time : clockTime(language.value, new Date(now.value).toISOString())}</p>
            <p class="pu-day" aria-hidden="true">{dayOf(language.value, form.timing.kind === "at" && form.timing.date ? `${form.timing.date}T12:00:00` : new Date(now.value).toISOString())}</p>
            <div class="pu-card2">
              <p class="pu-from"><i />Chrome · {host} · {texts.moment}</p>
              <p class="pu-subject" {...shown}>{subject || texts.subjectHere}</p><p class="pu-cut" {...shown}>{body}</p>
            </div>
          </div>
          <div class="pu-notes">
            <p class="muted">{fill(texts.seen, { most: TEXT_SEEN, n: length })}</p>
            {length <= TEXT_SEEN
              ? <p class="note green"><Icon d={check} size={16} />{texts.fits}</p>
              : <p class="note brass"><Icon d={warning} size={16} />{texts.cut}</p>}
            <p class="muted">{texts.iphone}</p>
          </div>
        </div>
      </figure>
    </aside>
  );
}
