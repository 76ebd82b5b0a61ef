/** How operators hold channels, and after how long the desk acts by itself. */

import { Segments } from "../../parts.tsx";
import { language } from "../../ui.tsx";
import { change } from "../draft.ts";
import { DurationLine, Line, NumberLine, Section, SwitchLine } from "../fields.tsx";
import type { ShopSettings } from "../shop-settings.ts";
import { CHAT } from "./texts.ts";

const DAY_S = 86_400;
const MOST_CHANNELS = 100;

export function Channels({ settings }: { settings: ShopSettings }) {
  const texts = CHAT[language.value];
  return (
    <Section title={texts.channels} hint={texts.channelsHint}>
      <Line label={texts.mode} hint={texts.modeHint}>
        <Segments label={texts.mode} value={settings.mode} onChange={(mode) => change({ mode })}
          options={[{ value: "slots", label: texts.slots }, { value: "manual", label: texts.manual }]} />
      </Line>
      {settings.mode === "slots"
        ? <NumberLine label={texts.perPerson} hint={texts.perPersonHint} value={settings.channels_per_operator} least={1} most={MOST_CHANNELS} onChange={(channels_per_operator) => change({ channels_per_operator })} />
        : <SwitchLine label={texts.reopen} hint={texts.reopenHint} on={settings.reopen_channels} onChange={(reopen_channels) => change({ reopen_channels })} />}
      <Line label={texts.onLeave} hint={texts.onLeaveHint}>
        <Segments label={texts.onLeave} value={settings.on_leave} onChange={(on_leave) => change({ on_leave })}
          options={[{ value: "keep", label: texts.keep }, { value: "end", label: texts.end }]} />
      </Line>
    </Section>
  );
}

export function Times({ settings }: { settings: ShopSettings }) {
  const texts = CHAT[language.value];
  return (
    <Section title={texts.times} hint={texts.timesHint}>
      <DurationLine label={texts.unanswered} hint={texts.unansweredHint} value={settings.unanswered_after} most={DAY_S} usual={180} never={texts.never} onChange={(unanswered_after) => change({ unanswered_after })} />
      <DurationLine label={texts.visitorAway} hint={texts.visitorAwayHint} value={settings.visitor_away_after} most={DAY_S} usual={120} onChange={(visitor_away_after) => change({ visitor_away_after })} />
      <DurationLine label={texts.forgotten} hint={texts.forgottenHint} value={settings.forgotten_after} most={DAY_S} usual={600} onChange={(forgotten_after) => change({ forgotten_after })} />
      <DurationLine label={texts.operatorGrace} hint={texts.operatorGraceHint} value={settings.operator_grace} most={DAY_S} usual={120} onChange={(operator_grace) => change({ operator_grace })} />
      <DurationLine label={texts.lineGrace} hint={texts.lineGraceHint} value={settings.line_grace} most={DAY_S} usual={60} onChange={(line_grace) => change({ line_grace })} />
    </Section>
  );
}
