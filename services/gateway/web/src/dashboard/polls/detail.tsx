/** One poll: how it stands, what came of it, and what can be done with it. */

import { useState } from "preact/hooks";

import { back, download, Icon } from "../../shared/icons.tsx";
import { fill } from "../../shared/language.ts";
import { Bars, BarTable } from "../chart/bars.tsx";
import { Chart } from "../chart/chart.tsx";
import { Lines, LineTable } from "../chart/lines.tsx";
import { numberOf } from "../chart/numbers.ts";
import { Dialog, Notice, type Tone } from "../parts.tsx";
import { Failure } from "../rest.ts";
import { addressOf } from "../route.ts";
import { Ago, language } from "../ui.tsx";
import { barsOf, grown } from "./figures.ts";
import type { Counted, Deed } from "./rest.ts";
import * as rest from "./rest.ts";
import { POLLS } from "./texts.ts";
import { countWords, longWords, StateTag } from "./wording.tsx";

interface Props {
  shop: string;
  poll: Counted;
  /** The last look at it failed. */
  stale: boolean;
  onChanged(poll: Counted | null): void;
  onEdit(): void;
}

type Asking = "close" | "discard" | null;

export function Detail({ shop, poll, stale, onChanged, onEdit }: Props) {
  const texts = POLLS[language.value];
  const { state } = poll;
  const [asking, setAsking] = useState<Asking>(null);
  const [busy, setBusy] = useState(false);
  const [told, setTold] = useState<{ tone: Tone; text: string } | null>(null);
  const run = async (deed: () => Promise<Counted | null>) => {
    if (busy) return;
    setBusy(true);
    setTold(null);
    await deed().then(onChanged, (failure: unknown) => setTold({ tone: "red", text: failure instanceof Failure && failure.status === 409 ? texts.refused : texts.notDone }));
    setAsking(null);
    setBusy(false);
  };
  const tell = (deed: Deed) => run(() => rest.tell(shop, poll.id, deed));
  const recount = async () => {
    const said = await rest.recount(shop, poll.id).catch(() => null);
    if (!said) setTold({ tone: "red", text: texts.recountFailed });
    else setTold(said.agrees ? { tone: "green", text: countWords(said.votes, texts.agrees) } : { tone: "red", text: fill(texts.differs, { n: numberOf(said.votes) }) });
  };
  return (
    <section class="card po-one" aria-labelledby="po-title">
      <header>
        <a class="ib lg po-back" href={addressOf("polls")} aria-label={texts.back}><Icon d={back} size={18} /></a>
        <div class="grow"><h2 id="po-title" dir="auto">{poll.content.question}</h2><p class="meta">{longWords(poll)}</p></div>
        <div class="row po-deeds">
          {state !== "planned" && <a class="btn" href={rest.votesAddress(shop, poll.id, language.value !== "en")} download aria-label={texts.csvLabel}><Icon d={download} />{texts.csv}</a>}
          {(state === "planned" || state === "open") && <button class="btn" onClick={onEdit}>{state === "open" ? texts.changeEnd : texts.edit}</button>}
          {state === "planned" && <button class="btn" aria-disabled={busy} onClick={() => void tell("start")}>{texts.start}</button>}
          {state === "planned" && <button class="btn danger-ink" onClick={() => setAsking("discard")}>{texts.discard}</button>}
          {state === "open" && <button class="btn" onClick={() => setAsking("close")}>{texts.close}</button>}
          {state === "closed" && <button class="btn" aria-disabled={busy} onClick={() => void tell("archive")}>{texts.archive}</button>}
        </div>
      </header>
      {stale && <Notice tone="red">{texts.stale}</Notice>}
      {told && <Notice tone={told.tone}>{told.text}</Notice>}
      {state === "planned" ? <p><StateTag poll={poll} /></p> : <Votes poll={poll} />}
      {state !== "planned" && <p><button class="btn sm" onClick={() => void recount()}>{texts.recount}</button></p>}
      {asking && (
        <Dialog role="alertdialog" title={asking === "close" ? texts.closeSure : texts.discardSure} onClose={() => setAsking(null)}>
          <p class="muted">{asking === "close" ? texts.closeHint : texts.discardHint}</p>
          <div class="row">
            <button class="btn danger" aria-disabled={busy} onClick={() => void (asking === "close" ? tell("close") : run(() => rest.discard(shop, poll.id)))}>{asking === "close" ? texts.closeYes : texts.discardYes}</button>
            <button class="btn safe" onClick={() => setAsking(null)}>{asking === "close" ? texts.keepOpen : texts.discardNo}</button>
          </div>
        </Dialog>
      )}
    </section>
  );
}

function Votes({ poll }: { poll: Counted }) {
  const texts = POLLS[language.value];
  const bars = barsOf(poll.content, poll.counts);
  const { at, votes } = grown(poll, Date.now());
  const lines = [{ name: texts.votesLine, kind: "full" as const, values: votes }];
  const title = <span class="row po-count"><span>{countWords(poll.votes, texts.votes)}</span>{poll.state === "open" ? <Live at={poll.last_vote_at} /> : <StateTag poll={poll} />}</span>;
  return (
    <>
      <Chart title={title} plot={() => <Bars label={texts.result} bars={bars} />} table={() => <BarTable label={texts.result} of={texts.answer} bars={bars} />} />
      <hr />
      <Chart title={texts.overTime} empty={poll.votes === 0 ? texts.noVotes : undefined}
        plot={() => <Lines label={texts.plotLabel} summary={fill(texts.summary, { n: numberOf(poll.votes) })} at={at} lines={lines} height={220} />}
        table={() => <LineTable label={texts.plotLabel} at={at} lines={lines} />} />
    </>
  );
}

function Live({ at }: { at: string | undefined }) {
  const [before, after] = POLLS[language.value].live.split("{ago}");
  return <span class="tag green"><i class="po-dot" />{at ? <span>{before}<Ago key={at} at={at} />{after}</span> : POLLS[language.value].quiet}</span>;
}
