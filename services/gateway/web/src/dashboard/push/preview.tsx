/** How the notification looks on a computer and on a locked phone; it is drawn by their systems, so this is near and not exact. */

import { check, Icon, warning } from "../../shared/icons.tsx";
import { fill } from "../../shared/language.ts";
import { Segments } from "../parts.tsx";
import { ownName } from "../settings/names.ts";
import { clockTime } from "../../shared/language.ts";
import { weekdayOf } from "../dates.ts";
import { addressOf } from "../route.ts";
import { ShopIcon } from "../settings/push/shop-icon.tsx";
import { language, now } from "../ui.tsx";
import { COMPOSE } from "./compose-texts.ts";
import { isWebAddress, TEXT_SEEN, type Form } from "./form.ts";

/** `icon`: the shop's, empty if it has none; null: not known yet. */
export function Preview({ form, tag, languages, icon, onTag }: { form: Form; tag: string; languages: readonly string[]; icon: string | null; onTag(tag: string): void }) {
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
          <div class="pu-toast"><ShopIcon icon={icon} />
            <div class="grow"><p class="pu-from">{host}, {texts.moment}</p><p class="pu-subject" {...shown}>{subject || texts.subjectHere}</p><p {...shown}>{body}</p></div>
          </div>
        </div>
      </figure>
      <figure>
        <figcaption>{texts.android}</figcaption>
        <div class="pu-phone-row">
          <div class="pu-phone">
            <p class="pu-clock" aria-hidden="true">{form.timing.kind === "at" && form.timing.time ? form.timing.time : clockTime(language.value, new Date(now.value).toISOString())}</p>
            <p class="pu-day" aria-hidden="true">{weekdayOf(language.value, form.timing.kind === "at" && form.timing.date ? `${form.timing.date}T12:00:00` : new Date(now.value).toISOString())}</p>
            <div class="pu-card2">
              <p class="pu-from"><i />Chrome · {host} · {texts.moment}</p>
              <div class="row pu-beside">
                <div class="grow"><p class="pu-subject" {...shown}>{subject || texts.subjectHere}</p><p class="pu-cut" {...shown}>{body}</p></div>
                {icon && <ShopIcon icon={icon} />}
              </div>
            </div>
          </div>
          <div class="pu-notes">
            <p class="muted">{fill(texts.seen, { most: TEXT_SEEN })} <b>{length}</b>.</p>
            {length <= TEXT_SEEN
              ? <p class="note green"><Icon d={check} size={16} />{texts.fits}</p>
              : <p class="note brass"><Icon d={warning} size={16} />{texts.cut}</p>}
            {icon !== null && <p class="muted">{icon ? texts.ownIcon : texts.noIcon} {!icon && <a href={addressOf("settings", "push")}>{texts.toIcon}</a>}</p>}
            <p class="muted">{texts.iphone}</p>
          </div>
        </div>
      </figure>
    </aside>
  );
}
