/** The part about the form that visitors find while nobody can answer. */

import { Notice } from "../../parts.tsx";
import { language } from "../../ui.tsx";
import { ColoursEditor } from "../colours-editor.tsx";
import { change, flaw } from "../draft.ts";
import { Section, TextLine } from "../fields.tsx";
import { FormFieldsEditor } from "../form-fields.tsx";
import { Preview } from "../preview/preview.tsx";
import type { PartProps } from "../registry.ts";
import { USUAL_COLOURS, type MailSettings, type OfflineForm, type ShopSettings } from "../shop-settings.ts";
import { TextsEditor } from "../texts-editor.tsx";
import { OFFLINE } from "./texts.ts";

export function OfflinePart({ shop, settings }: PartProps) {
  const texts = OFFLINE[language.value];
  const form = settings.offline_form;
  const set = (given: Partial<OfflineForm>) => change({ offline_form: { ...form, ...given } });
  const chat = settings.colours.header;
  const usual = chat.background ? { background: chat.background, text: chat.text || USUAL_COLOURS.header.text } : USUAL_COLOURS.header;
  return (
    <div class="beside">
      <div class="sform">
        {!settings.offline_mode && <Notice tone="brass" action={<button class="btn sm" onClick={() => change({ offline_mode: true })}>{texts.turnOn}</button>}>{texts.off}</Notice>}
        <Section title={texts.fields} hint={texts.fieldsHint}>
          <FormFieldsEditor value={form.fields} onChange={(fields) => set({ fields })} />
          {!Object.values(form.fields).some((rule) => rule.requested) && <Notice tone="red">{texts.nothing}</Notice>}
        </Section>
        <Section title={texts.texts} hint={texts.textsHint}>
          <TextsEditor languages={settings.languages} fields={[
            { label: texts.header, value: form.header, most: 60, flaw: flaw("offline_form.header"), onChange: (header) => set({ header }) },
            { label: texts.welcome, value: form.welcome, most: 300, long: true, flaw: flaw("offline_form.welcome"), onChange: (welcome) => set({ welcome }) },
          ]} />
        </Section>
        <Section title={texts.colours} hint={texts.coloursHint}>
          <ColoursEditor rows={[{ label: texts.pair, value: { background: form.background, text: form.text }, usual, onChange: set }]} />
        </Section>
        <Addresses settings={settings} />
      </div>
      <Preview shop={shop} part="offline" settings={settings} />
    </div>
  );
}

function Addresses({ settings: { mail } }: { settings: ShopSettings }) {
  const texts = OFFLINE[language.value];
  const set = (given: Partial<MailSettings>) => change({ mail: { ...mail, ...given } });
  const said = (path: string, value: string) => flaw(path) ?? (value && !/^[^\s@]+@[^\s@]+$/.test(value) ? texts.noAddress : undefined);
  return (
    <Section title={texts.mail} hint={texts.mailHint}>
      <TextLine label={texts.notify} hint={texts.notifyHint} value={mail.notify} most={254} keys="email" flaw={said("mail.notify", mail.notify)} onChange={(notify) => set({ notify })} />
      <TextLine label={texts.replyTo} hint={texts.replyToHint} value={mail.reply_to} most={254} keys="email" flaw={said("mail.reply_to", mail.reply_to)} onChange={(reply_to) => set({ reply_to })} />
    </Section>
  );
}
