/** The part about the chat: who answers, how many at once, what the window says and how it looks. */

import { Segments } from "../../parts.tsx";
import { language } from "../../ui.tsx";
import { ColoursEditor } from "../colours-editor.tsx";
import { change, flaw } from "../draft.ts";
import { Line, NumberLine, Section, SwitchLine, TextLine } from "../fields.tsx";
import { FormFieldsEditor } from "../form-fields.tsx";
import { Preview } from "../preview/preview.tsx";
import type { PartProps } from "../registry.ts";
import { COLOURED, USUAL_COLOURS, type ShopSettings } from "../shop-settings.ts";
import { TextsEditor } from "../texts-editor.tsx";
import { Channels, Times } from "./desk-rules.tsx";
import { CHAT } from "./texts.ts";

/** As many as the gateway takes. */
const MOST_AT_ONCE = 100_000;

export function ChatPart({ shop, settings }: PartProps) {
  const texts = CHAT[language.value];
  return (
    <div class="beside">
      <div class="sform">
        <Counter settings={settings} />
        <Texts settings={settings} />
        <Colours settings={settings} />
        <Section title={texts.questions} hint={texts.questionsHint}>
          <FormFieldsEditor value={settings.chat_fields} onChange={(chat_fields) => change({ chat_fields })} />
        </Section>
        <Channels settings={settings} />
        <Times settings={settings} />
      </div>
      <Preview shop={shop} part="chat" settings={settings} />
    </div>
  );
}

interface Given { settings: ShopSettings }

function Counter({ settings }: Given) {
  const texts = CHAT[language.value];
  return (
    <Section title={texts.counter} hint={texts.counterHint}>
      <TextLine label={texts.operatorName} hint={texts.operatorNameHint} value={settings.operator_name} most={80} flaw={flaw("operator_name")} onChange={(operator_name) => change({ operator_name })} />
      <NumberLine label={texts.limit} hint={texts.limitHint} value={settings.limit} least={0} most={MOST_AT_ONCE} onChange={(limit) => change({ limit })} />
      <Line label={texts.atLimit} hint={texts.atLimitHint}>
        <Segments label={texts.atLimit} value={settings.line ? "line" : "form"} onChange={(value) => change({ line: value === "line" })}
          options={[{ value: "line", label: texts.line }, { value: "form", label: texts.form }]} />
      </Line>
      <SwitchLine label={texts.offlineMode} hint={texts.offlineModeHint} on={settings.offline_mode} onChange={(offline_mode) => change({ offline_mode })} />
      <SwitchLine label={texts.attachments} hint={texts.attachmentsHint} on={settings.attachments} onChange={(attachments) => change({ attachments })} />
      <SwitchLine label={texts.sounds} hint={texts.soundsHint} on={settings.sounds} onChange={(sounds) => change({ sounds })} />
    </Section>
  );
}

function Texts({ settings }: Given) {
  const texts = CHAT[language.value];
  return (
    <Section title={texts.texts} hint={texts.textsHint}>
      <TextsEditor languages={settings.languages} fields={[
        { label: texts.header, value: settings.header, most: 60, flaw: flaw("header"), onChange: (header) => change({ header }) },
        { label: texts.welcome, value: settings.welcome, most: 300, long: true, flaw: flaw("welcome"), onChange: (welcome) => change({ welcome }) },
      ]} />
    </Section>
  );
}

function Colours({ settings: { colours } }: Given) {
  const texts = CHAT[language.value];
  return (
    <Section title={texts.colours} hint={texts.coloursHint}>
      <ColoursEditor rows={COLOURED.map((part) => ({
        label: texts.parts[part], value: colours[part], usual: USUAL_COLOURS[part], onChange: (pair) => change({ colours: { ...colours, [part]: pair } }),
      }))} />
    </Section>
  );
}
