/** Getting started: what a shop still lacks, how things work, and the keys. */

import type { ComponentChildren } from "preact";
import { useEffect, useState } from "preact/hooks";

import { bell, check, clock, forward, Icon, inbox, moved, noSignal, shield } from "../../shared/icons.tsx";
import { fill, plural } from "../../shared/language.ts";
import { doneOf, isAnswered, nextOf, OPTIONAL, readFacts, STEPS, type Facts, type Step } from "../guide/progress.ts";
import { useNowAndThen } from "../list.ts";
import type { OperatorDesk } from "../operator.ts";
import { Skeleton } from "../parts.tsx";
import { addressOf } from "../route.ts";
import { Empty, language, t } from "../ui.tsx";
import { HELP, type Card } from "./texts.ts";

const LOOK_MS = 5_000;

/** Where each step is taken. */
const WHERE: Record<Step, string> = {
  tag: addressOf("settings", "developers"), texts: addressOf("settings", "chat"), colours: addressOf("settings", "chat"),
  hours: addressOf("settings", "hours"), mail: addressOf("settings", "mail"), staff: addressOf("settings", "staff"), chat: addressOf("chat"),
};

export function GettingStarted({ shop, desk }: { shop: string; desk: OperatorDesk }) {
  return (
    <div class="help-two">
      {desk.mayChangeSettings.value ? <Steps shop={shop} desk={desk} /> : <HowItWorks />}
      <div class="col">
        {desk.mayChangeSettings.value && <HowItWorks />}
        <Keys />
      </div>
    </div>
  );
}

function Steps({ shop, desk }: { shop: string; desk: OperatorDesk }) {
  const texts = HELP[language.value];
  const [facts, setFacts] = useState<Facts | "failed" | null>(null);
  const look = () => void readFacts(shop).then(setFacts, () => setFacts((before) => before ?? "failed"));
  useEffect(look, [shop]);
  useNowAndThen(look, LOOK_MS);
  if (facts === "failed") {
    return <div class="card"><Empty icon={noSignal} title={texts.failed} hint={texts.failedHint}><button class="btn" onClick={look}>{t().tryAgain}</button></Empty></div>;
  }
  if (facts === null) return <div class="card"><Skeleton rows={7} /></div>;
  const done = doneOf(facts, isAnswered(desk.chats.value.values()));
  const now = nextOf(done);
  const count = STEPS.filter((step) => done[step]).length;
  return (
    <section class="card">
      <header class="help-head">
        <h2>{texts.title}</h2><span class="b5">{fill(texts.progress, { done: count, all: STEPS.length })}</span>
        <div class="help-progress" role="progressbar" aria-label={texts.progressLabel} aria-valuemin={0} aria-valuemax={STEPS.length} aria-valuenow={count}><i style={`width:${(100 * count) / STEPS.length}%`} /></div>
      </header>
      <ol class="help-steps">
        {STEPS.map((step, at) => <StepRow key={step} step={step} number={at + 1} done={done[step]} now={step === now} facts={facts} />)}
      </ol>
    </section>
  );
}

function StepRow({ step, number, done, now, facts }: { step: Step; number: number; done: boolean; now: boolean; facts: Facts }) {
  const texts = HELP[language.value];
  const [title, hint] = texts.steps[step];
  const seen = facts.tag.seen[0];
  const said = step === "tag" && seen ? fill(plural(language.value, seen.pages, texts.seenOn), { origin: new URL(seen.origin).host }) : hint;
  return (
    <li class={`help-step ${done ? "done" : now ? "now" : ""}`} aria-current={now ? "step" : undefined}>
      <span class="number">{done ? <Icon d={check} size={13} stroke={1.1} /> : number}</span>
      <div class="grow">
        <h3>{done || now ? title : <a href={WHERE[step]}>{title}</a>}{done && <span class="sr"> · {texts.done}</span>}</h3>
        <p class="muted">{said}</p>
        {now && <p class="row help-step-go"><a class="btn primary" href={WHERE[step]}>{texts.goOn}</a>{step !== "staff" && !facts.past && <a class="btn quiet" href={addressOf("guide")}>{texts.guide}</a>}</p>}
      </div>
      {!now && (done ? <a href={WHERE[step]} aria-label={`${texts.change}: ${title}`}>{texts.change}</a> : OPTIONAL.has(step) && <span class="meta">{texts.optional}</span>)}
    </li>
  );
}

const CARD_ICONS: Record<Card, string> = { limit: bell, "at-limit": clock, where: inbox, transfer: moved, erase: shield };

function HowItWorks() {
  const texts = HELP[language.value];
  const cards = Object.entries(texts.cards) as [Card, readonly [string, string]][];
  return (
    <section class="card help-side">
      <h2>{texts.how}</h2>
      {cards.map(([card, [title, hint]]) => (
        <a key={card} class="help-how" href={addressOf("help", `faq/${card}`)}>
          <Icon d={CARD_ICONS[card]} size={18} /><span class="grow"><span class="b5">{title}</span><span class="muted">{hint}</span></span><Icon d={forward} />
        </a>
      ))}
    </section>
  );
}

function Keys() {
  const texts = HELP[language.value];
  return (
    <section class="card help-side">
      <h2>{texts.keyboard}</h2>
      <dl class="help-keys">
        <Key keys={<><kbd>Alt</kbd> <kbd>1…4</kbd></>}>{texts.keyWindow}</Key>
        <Key keys={<kbd>R</kbd>}>{texts.keyLongest}</Key>
        <Key keys={<kbd>/</kbd>}>{texts.keySearch}</Key>
        <Key keys={<kbd>?</kbd>}>{texts.keyAll}</Key>
      </dl>
    </section>
  );
}

function Key({ keys, children }: { keys: ComponentChildren; children: ComponentChildren }) {
  return <><dt>{keys}</dt><dd>{children}</dd></>;
}
