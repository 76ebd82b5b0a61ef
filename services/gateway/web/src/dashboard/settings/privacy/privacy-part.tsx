/** Privacy: what visitors read before they say anything, how long things are kept, and who is blocked. */

import { Fragment } from "preact";

import { language } from "../../ui.tsx";
import { change, flaw } from "../draft.ts";
import { NumberLine, Section, SwitchLine, TextLine } from "../fields.tsx";
import type { PartProps } from "../registry.ts";
import type { ShopSettings } from "../shop-settings.ts";
import { TextsEditor } from "../texts-editor.tsx";
import { Blocked } from "./blocked.tsx";
import { PRIVACY } from "./texts.ts";

/** As many as the gateway takes. */
const MOST_DAYS = 36_500;
const A_YEAR = 365;

export function PrivacyPart({ settings, shop }: PartProps) {
  return (
    <div class="sform">
      <Notice settings={settings} />
      <Retention settings={settings} />
      <Blocked shop={shop} />
    </div>
  );
}

function Notice({ settings }: { settings: ShopSettings }) {
  const texts = PRIVACY[language.value];
  const { privacy } = settings;
  const set = (given: Partial<ShopSettings["privacy"]>) => change({ privacy: { ...privacy, ...given } });
  const silent = !Object.values(privacy.notice).some((each) => each.trim());
  const badLink = privacy.link !== "" && !/^https:\/\/[^\s/]+\.[^\s]+$/.test(privacy.link) ? texts.badLink : flaw("privacy.link");
  return (
    <Section title={texts.notice} hint={texts.noticeHint}>
      <TextsEditor languages={settings.languages} fields={[
        { label: texts.text, hint: texts.textHint, value: privacy.notice, most: 500, long: true, flaw: silent && privacy.consent ? texts.noText : flaw("privacy.notice"), onChange: (notice) => set({ notice }) },
      ]} />
      <TextLine label={texts.link} hint={texts.linkHint} value={privacy.link} most={300} keys="url" flaw={badLink} onChange={(link) => set({ link: link.trim() })} />
      <SwitchLine label={texts.consent} hint={texts.consentHint} on={privacy.consent} onChange={(consent) => set({ consent })} />
    </Section>
  );
}

function Retention({ settings }: { settings: ShopSettings }) {
  const texts = PRIVACY[language.value];
  const { retention } = settings;
  const kinds = [["conversations_days", texts.conversations, texts.conversationsHint], ["offline_messages_days", texts.messages, texts.messagesHint]] as const;
  return (
    <Section title={texts.retention} hint={texts.retentionHint}>
      {kinds.map(([name, label, hint]) => {
        const days = retention[name];
        const set = (next: number | null) => change({ retention: { ...retention, [name]: next } });
        return (
          <Fragment key={name}>
            <SwitchLine label={label} hint={hint} on={days !== null} onChange={(on) => set(on ? A_YEAR : null)} />
            {days !== null && <NumberLine label={texts.after} hint={texts.afterHint} value={days} least={1} most={MOST_DAYS} unit={texts.days} onChange={set} />}
          </Fragment>
        );
      })}
    </Section>
  );
}
