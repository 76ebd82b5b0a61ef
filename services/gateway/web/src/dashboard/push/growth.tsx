/** How a campaign grew since its start. */

import { fill } from "../../shared/language.ts";
import { Chart } from "../chart/chart.tsx";
import { Lines, LineTable, type Line } from "../chart/lines.tsx";
import { numberOf } from "../chart/numbers.ts";
import { language } from "../ui.tsx";
import { forecastOf, grown, isMoving } from "./figures.ts";
import { LIVE } from "./live-texts.ts";
import { pauseWords, spanWords } from "./pauses.ts";
import type { Progress } from "./rest.ts";

export function Growth({ campaign }: { campaign: Progress }) {
  const texts = LIVE[language.value];
  const { counts } = campaign;
  const moving = isMoving(campaign);
  const sums = grown(campaign.plot, campaign.started_at, Date.now(), moving);
  const lines: Line[] = [
    { name: texts.delivered, kind: "full", values: sums.sent, filled: true },
    { name: texts.clicked, kind: "dashed", values: sums.clicked },
    { name: texts.failed, kind: "dotted", values: sums.failed },
  ];
  const bands = campaign.pauses.map(({ name, since, until }) => ({ from: Date.parse(since), to: Date.parse(until), label: fill(texts.waits, { name, span: spanWords(since, until) }) }));
  const summary = fill(texts.summary, { sent: numberOf(counts.sent), all: numberOf(counts.audience ?? 0), clicked: numberOf(counts.clicked), failed: numberOf(counts.failed + counts.gone) });
  const said = [summary, ...pauseWords(campaign.pauses, moving)].join(" ");
  const whole = counts.audience ? { value: counts.audience, label: fill(texts.inAll, { n: numberOf(counts.audience) }) } : undefined;
  return (
    <Chart title={texts.since} empty={sums.at.length ? undefined : texts.noPlot}
      plot={() => <Lines label={texts.plotLabel} summary={said} at={sums.at} lines={lines} bands={bands} whole={whole} forecast={forecastOf(campaign, sums.at.at(-1)!)} height={368} />}
      table={() => <LineTable label={texts.since} at={sums.at} lines={lines} bands={bands} />} />
  );
}
