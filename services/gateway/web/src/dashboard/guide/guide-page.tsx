/** The guide: four steps from an empty shop to its first chat. Each is saved as it is left; what was typed is kept. */

import "../settings/settings.css";
import "../settings/developers/developers.css";
import "./guide.css";

import { useEffect, useState } from "preact/hooks";

import { noSignal } from "../../shared/icons.tsx";
import { fill } from "../../shared/language.ts";
import type { OperatorDesk } from "../operator.ts";
import { Skeleton } from "../parts.tsx";
import { Failure } from "../rest.ts";
import { addressOf } from "../route.ts";
import * as draft from "../settings/draft.ts";
import { read, write } from "../settings/rest.ts";
import { rename } from "../settings/security/rest.ts";
import type { ShopSettings } from "../settings/shop-settings.ts";
import { Empty, language, t } from "../ui.tsx";
import { keep, kept, leave, recall, STEP_COUNT, type Typed } from "./keeping.ts";
import { Looks } from "./looks.tsx";
import { Ring } from "./ring.tsx";
import { TagStep } from "./tag-step.tsx";
import { GUIDE } from "./texts.ts";
import { Who } from "./who.tsx";

export interface StepProps {
  shop: string;
  desk: OperatorDesk;
  /** As saved, with what was typed since. */
  settings: ShopSettings;
  change(typed: Typed): void;
}

const STEPS = [Who, TagStep, Looks, Ring];

export function GuidePage({ shop, desk }: { shop: string; desk: OperatorDesk }) {
  const [saved, setSaved] = useState<ShopSettings | "failed" | null>(null);
  const load = () => {
    setSaved(null);
    read(shop).then(({ settings }) => setSaved(settings), () => setSaved("failed"));
  };
  useEffect(() => {
    recall(shop);
    load();
  }, [shop]);
  return (
    <main class="guide" tabIndex={-1}>
      {saved === null && <div class="card"><Skeleton rows={5} /></div>}
      {saved === "failed" && <div class="card"><Empty icon={noSignal} title={GUIDE[language.value].unread} hint={GUIDE[language.value].unreadHint}><button class="btn" onClick={load}>{t().tryAgain}</button></Empty></div>}
      {saved !== null && saved !== "failed" && <Steps shop={shop} desk={desk} saved={saved} onSaved={setSaved} />}
    </main>
  );
}

function Steps({ shop, desk, saved, onSaved }: { shop: string; desk: OperatorDesk; saved: ShopSettings; onSaved(settings: ShopSettings): void }) {
  const texts = GUIDE[language.value];
  const { step, typed } = kept.value;
  const [trouble, setTrouble] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const settings = { ...saved, ...typed };
  const change = (more: Typed) => {
    setTrouble(null);
    keep(shop, { step, typed: { ...kept.value.typed, ...more } });
  };
  const go = async (to: number) => {
    setBusy(true);
    try {
      if (Object.keys(kept.value.typed).length) onSaved(await save(shop, desk, kept.value.typed));
      keep(shop, { step: to, typed: {} });
      setTrouble(null);
    } catch (failure) {
      setTrouble((failure instanceof Failure && failure.status === 422 && failure.problem.detail) || texts.notSaved);
    } finally {
      setBusy(false);
    }
  };
  const Step = STEPS[step - 1]!;
  const [title, hint] = texts.steps[step - 1]!;
  return (
    <section class="card guide-card" aria-labelledby="guide-title">
      <div class="guide-bar" aria-hidden="true">{STEPS.map((_, at) => <i key={at} class={at < step ? "on" : ""} />)}</div>
      <header><p class="meta">{fill(texts.step, { n: step, all: STEP_COUNT })}</p><h2 id="guide-title">{title}</h2><p class="muted">{hint}</p></header>
      <Step shop={shop} desk={desk} settings={settings} change={change} />
      {trouble && <p class="err" role="alert">{trouble}</p>}
      <footer class="row">
        {step < STEP_COUNT && <button class="btn primary" aria-disabled={busy} onClick={() => !busy && void go(step + 1)}>{texts.next}</button>}
        {step > 1 && <button class="btn" aria-disabled={busy} onClick={() => !busy && void go(step - 1)}>{texts.back}</button>}
        <a class="btn quiet" href={addressOf("chat")} onClick={leave}>{texts.toDesk}</a>
      </footer>
    </section>
  );
}

/** Onto whatever stands there now. Throws a Failure. */
async function save(shop: string, desk: OperatorDesk, typed: Typed): Promise<ShopSettings> {
  const { tag } = await read(shop);
  const { settings } = await write(shop, typed, tag);
  // Under messages stands the name of the account.
  if (typed.operator_name) await rename(typed.operator_name);
  desk.settings.value = settings;
  await draft.look();
  return settings;
}
