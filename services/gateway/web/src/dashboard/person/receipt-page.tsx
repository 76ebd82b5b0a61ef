/** An erasure while it goes on, and its receipt afterwards. Names no person. */

import "./person.css";

import { useEffect, useState } from "preact/hooks";

import { back, check, clock, download, Icon, lock, noSignal, shield } from "../../shared/icons.tsx";
import { fill, plural } from "../../shared/language.ts";
import { dayOf, exactly } from "../dates.ts";
import { Notice, Skeleton } from "../parts.tsx";
import { Failure } from "../rest.ts";
import { addressOf } from "../route.ts";
import { Empty, language } from "../ui.tsx";
import { erasure, retryErasure, type Erasure } from "./rest.ts";
import { PERSON, type PersonTexts } from "./texts.ts";

const LOOK_MS = 1_000;

export function ReceiptPage({ shop, number }: { shop: string; number: string }) {
  const texts = PERSON[language.value];
  const [found, setFound] = useState<Erasure | null>(null);
  const [trouble, setTrouble] = useState<"none" | "failed" | null>(null);
  const [looks, setLooks] = useState(0);

  useEffect(() => {
    let left = false;
    erasure(shop, number).then(
      (now) => left || (setTrouble(null), setFound(now)),
      (error: unknown) => left || setTrouble(error instanceof Failure && error.status === 404 ? "none" : "failed"),
    );
    return () => void (left = true);
  }, [shop, number, looks]);
  const goesOn = trouble === "failed" || found?.state === "running" || found?.state === "failing";
  useEffect(() => {
    if (!goesOn) return;
    const timer = setTimeout(() => setLooks(looks + 1), LOOK_MS);
    return () => clearTimeout(timer);
  }, [goesOn, looks, found]);
  const again = () => void retryErasure(shop, number).catch(() => {}).then(() => setLooks(looks + 1));

  return (
    <main class="pv narrow">
      <p class="crumb"><a class="btn sm quiet" href={addressOf("history")}><Icon d={back} />{texts.back}</a></p>
      {trouble === "none" && <div class="card"><Empty icon={lock} title={texts.noReceipt} hint={texts.noReceiptHint} /></div>}
      {trouble === "failed" && !found && <div class="card"><Empty icon={noSignal} title={texts.receiptFailed} hint={texts.loadFailedHint} /></div>}
      {!found && !trouble && <div class="card"><Skeleton rows={4} /></div>}
      {found?.state === "done" && <Receipt found={found} />}
      {found && found.state !== "done" && <Progress found={found} onRetry={again} />}
    </main>
  );
}

function Progress({ found, onRetry }: { found: Erasure; onRetry(): void }) {
  const texts = PERSON[language.value];
  const words: Record<string, string> = { key: texts.stepKey, rows: texts.stepRows, files: texts.stepFiles, mails: texts.stepMails, receipt: texts.stepReceipt };
  return (
    <>
      <section class="card erasing" aria-labelledby="erasing">
        <h2 id="erasing">{texts.erasing}</h2>
        <p class="muted">{texts.mayLeave}</p>
        <ul class="cons" aria-live="polite">
          {found.steps.map(({ step, state, at }) => (
            <li key={step} class={state === "waiting" ? "muted" : ""}>
              {state === "done" ? <span class="green-ink"><Icon d={check} /></span> : state === "running" ? <i class="spin" /> : <span><Icon d={clock} /></span>}
              <span>{words[step] ?? step}{at && <span class="meta">, {exactly(language.value, at).split(", ").at(-1)}</span>}<span class="sr">: {{ done: texts.stepDone, running: texts.stepRunning, waiting: texts.stepWaiting }[state]}</span></span>
            </li>
          ))}
        </ul>
      </section>
      {found.state === "failing" && (
        <Notice tone="red" action={<button class="btn sm" onClick={onRetry}>{texts.tryAgain}</button>}><b>{texts.halfDone}</b> {found.error} {texts.halfDoneHint}</Notice>
      )}
    </>
  );
}

function Receipt({ found }: { found: Erasure }) {
  const texts = PERSON[language.value];
  return (
    <section class="card receipt" aria-labelledby="receipt" role="region">
      <div class="row"><span class="green-ink"><Icon d={shield} size={22} /></span><h2 id="receipt">{texts.done}</h2></div>
      <p class="muted">{texts.keepReceipt}</p>
      <dl class="kv">
        <dt>{texts.receipt}</dt><dd>{found.receipt}</dd>
        <dt>{texts.askedFor}</dt><dd>{exactly(language.value, found.asked_at)}</dd>
        <dt>{texts.doneAt}</dt><dd>{found.done_at && exactly(language.value, found.done_at)}</dd>
        {found.asked_by && <><dt>{texts.by}</dt><dd>{found.asked_by.name}</dd></>}
        <dt>{texts.removed}</dt><dd>{removed(found, texts)}</dd>
        <dt>{texts.checked}</dt><dd>{found.checked_at ? <span class="tag green"><Icon d={check} size={13} stroke={1} />{texts.holdsNothing}</span> : texts.notChecked}</dd>
        {found.backups.gone_by && <><dt>{texts.backups}</dt><dd>{fill(texts.goneBy, { day: dayOf(language.value, found.backups.gone_by) })}</dd></>}
      </dl>
      {found.key_print && <><p class="meta">{texts.print}</p><p class="rcp">{(found.key_print.match(/.{1,4}/g) ?? []).join(" ")}</p></>}
      <footer class="row"><button class="btn primary" onClick={() => print()}><Icon d={download} />{texts.savePdf}</button></footer>
    </section>
  );
}

function removed({ removed: { conversations, offline_messages, files, mails, log_entries } }: Erasure, texts: PersonTexts): string {
  const counted = [[conversations, texts.conversationCount], [offline_messages, texts.offlineCount], [files, texts.fileCount], [mails, texts.mailCount], [log_entries, texts.logEntries]] as const;
  return counted.filter(([n]) => n > 0).map(([n, forms]) => plural(language.value, n, forms)).join(", ");
}
