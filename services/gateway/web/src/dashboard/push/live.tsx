/** A campaign that is planned, on its way, or over: how far it is, and what became of it. */

import { useState } from "preact/hooks";

import { back, barred, clock, Icon, minus, reopen, sendUp, check } from "../../shared/icons.tsx";
import { fill, plural } from "../../shared/language.ts";
import { numberOf, percentOf } from "../chart/numbers.ts";
import { Dialog, Notice } from "../parts.tsx";
import { Failure } from "../rest.ts";
import { addressOf } from "../route.ts";
import { language } from "../ui.tsx";
import { doneOf, triedOf } from "./figures.ts";
import { Growth } from "./growth.tsx";
import { Ledger } from "./ledger.tsx";
import { LIVE } from "./live-texts.ts";
import type { Deed, Progress, Status } from "./rest.ts";
import * as rest from "./rest.ts";
import { Said } from "./said.tsx";
import { ByLanguage, ByService } from "./shares.tsx";
import { PUSH } from "./texts.ts";
import { audienceWords, subjectOf, TONES, whenWords } from "./wording.ts";

/** So long is said in hours. */
const HOURS_FROM_MIN = 120;

const ICONS: Record<Status, string> = { draft: minus, scheduled: clock, sending: sendUp, paused: clock, cancelled: barred, finished: check };

export const StatusTag = ({ status }: { status: Status }) => <span class={`tag ${TONES[status]}`}><Icon d={ICONS[status]} size={13} stroke={1.2} />{PUSH[language.value].status[status]}</span>;

/** `stale`: the last look at it failed. `onChanged` looks again. */
export function Live({ shop, campaign, stale, onChanged }: { shop: string; campaign: Progress; stale: boolean; onChanged(): Promise<void> }) {
  const texts = LIVE[language.value];
  const { status, counts } = campaign;
  const [asking, setAsking] = useState(false);
  const [busy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<string | null>(null);
  const run = async (deed: Deed) => {
    if (busy) return;
    setBusy(true);
    setTrouble(null);
    await rest.tell(shop, campaign.id, deed).catch((failure: unknown) => setTrouble(failure instanceof Failure && failure.status === 409 ? texts.refused : texts.notDone));
    await onChanged();
    setAsking(false);
    setBusy(false);
  };
  const begun = status !== "scheduled";
  const isOn = status === "sending" || status === "paused";
  return (
    <main class="pu-live" tabIndex={-1}>
      <header class="pu-head">
        <a class="ib lg" href={addressOf("push")} aria-label={PUSH[language.value].back}><Icon d={back} size={18} /></a>
        <div class="grow"><h2 dir="auto">{subjectOf(campaign.content)}</h2><p class="muted">{audienceWords(campaign.content.audience ?? {})}. {courseWords(campaign)}</p></div>
        <div class="row pu-deeds">
          <StatusTag status={status} />
          {status === "scheduled" && <button class="btn" aria-disabled={busy} onClick={() => void run("unschedule")}><Icon d={reopen} />{texts.unschedule}</button>}
          {isOn && <button class={status === "paused" ? "btn primary" : "btn"} aria-disabled={busy} onClick={() => void run(status === "paused" ? "resume" : "pause")}>{status === "paused" ? texts.resume : texts.pause}</button>}
          {isOn && <button class="btn danger-ink" onClick={() => setAsking(true)}><Icon d={barred} />{texts.stop}</button>}
        </div>
      </header>
      {trouble && <Notice tone="red">{trouble}</Notice>}
      {stale && <Notice tone="red">{texts.stale}</Notice>}
      {begun ? <Course campaign={campaign} /> : <Said campaign={campaign} />}
      {begun && counts.uncertain > 0 && <Notice tone="brass">{plural(language.value, counts.uncertain, texts.uncertain)}</Notice>}
      {begun && <Figures campaign={campaign} />}
      {begun && (
        <div class="pu-cols">
          <div class="card pu-pad"><Growth campaign={campaign} /></div>
          <div class="col"><ByService campaign={campaign} /><ByLanguage campaign={campaign} /></div>
        </div>
      )}
      {begun && <Ledger shop={shop} campaign={campaign} />}
      {asking && (
        <Dialog role="alertdialog" title={texts.stopSure} onClose={() => setAsking(false)}>
          <p class="muted">{plural(language.value, Math.max(0, (counts.audience ?? 0) - doneOf(counts)), texts.stopHint)}</p>
          <div class="row">
            <button class="btn danger" aria-disabled={busy} onClick={() => void run("cancel")}>{texts.stopYes}</button>
            <button class="btn safe" onClick={() => setAsking(false)}>{texts.stopNo}</button>
          </div>
        </Dialog>
      )}
    </main>
  );
}

function courseWords(campaign: Progress): string {
  const texts = LIVE[language.value];
  const values = { when: whenWords(campaign, false), name: campaign.author.name };
  if (campaign.status === "scheduled") return fill(texts.waitsUntil, values);
  return fill(campaign.status === "finished" ? texts.finished : texts.startedBy, values);
}

function Course({ campaign }: { campaign: Progress }) {
  const texts = LIVE[language.value];
  const { counts, status, rate, left_seconds: left, quiet } = campaign;
  const all = Math.max(counts.audience ?? 0, doneOf(counts));
  const done = doneOf(counts);
  const said = fill(texts.done, { done: numberOf(done), all: numberOf(all), percent: percentOf(done, all) });
  const width = (part: number) => `inline-size:${all ? (part / all) * 100 : 0}%`;
  const ahead = [
    left ? leftWords(left, rate) : "",
    quiet > 0 ? plural(language.value, quiet, texts.quiet) : "",
    texts.survives,
  ];
  const rest = status === "paused" ? texts.resting : status === "sending" ? ahead.filter(Boolean).join(" ") : "";
  return (
    <div class="card pu-pad">
      <div class="row pu-course"><b>{counts.audience === null ? texts.counting : said}</b><span class="meta ends">{rest}</span></div>
      <div class="pu-bar" role="progressbar" aria-label={PUSH[language.value].status[status]} aria-valuemin={0} aria-valuemax={100} aria-valuenow={all ? Math.round((done / all) * 100) : 0} aria-valuetext={said}>
        <i style={width(counts.sent)} /><i class="pu-bad" style={width(counts.failed + counts.gone)} /><i class="pu-held" style={width(counts.held_back + counts.cancelled)} />
      </div>
    </div>
  );
}

/** `rate`: a minute. */
function leftWords(seconds: number, rate: number): string {
  const texts = LIVE[language.value];
  const minutes = Math.max(1, Math.round(seconds / 60));
  const said = minutes < HOURS_FROM_MIN ? plural(language.value, minutes, texts.left) : plural(language.value, Math.round(minutes / 60), texts.leftHours);
  return fill(said, { rate: numberOf(Math.round(rate)) });
}

function Figures({ campaign: { counts, retrying, usual_unsubscribed: usual } }: { campaign: Progress }) {
  const texts = LIVE[language.value];
  const figures = [
    { name: texts.delivered, kind: "full", n: counts.sent, hint: fill(texts.ofTried, { percent: percentOf(counts.sent, triedOf(counts), 1) }) },
    { name: texts.clicked, kind: "dashed", n: counts.clicked, hint: fill(texts.ofDelivered, { percent: percentOf(counts.clicked, counts.sent, 1) }) },
    { name: texts.failed, kind: "dotted", n: counts.failed + counts.gone, hint: [plural(language.value, counts.gone, texts.goneHint), retrying > 0 && plural(language.value, retrying, texts.retryingHint)].filter(Boolean).join(", ") },
    { name: texts.unsubscribed, n: counts.unsubscribed, hint: fill(usual == null ? texts.ofDelivered : texts.usual, { percent: percentOf(counts.unsubscribed, counts.sent, 1), usual: percentOf(usual ?? 0, 1, 1) }) },
    { name: texts.heldBack, n: counts.held_back, hint: texts.heldBackHint },
  ];
  return (
    <dl class="pu-figures">
      {figures.map(({ name, kind, n, hint }) => (
        <div key={name} class="card"><dt>{kind && <svg width="16" height="6" aria-hidden="true"><path class={`ch-line ${kind}`} d="M1 3H15" /></svg>}{name}</dt><dd><b>{numberOf(n)}</b><span>{hint}</span></dd></div>
      ))}
    </dl>
  );
}
