/** What became of a campaign for every subscription. */

import { useEffect, useRef, useState } from "preact/hooks";

import { download, Icon } from "../../shared/icons.tsx";
import { fill } from "../../shared/language.ts";
import { numberOf } from "../chart/numbers.ts";
import { exactly, momentAlone, momentOf } from "../dates.ts";
import { useList, useNowAndThen } from "../list.ts";
import { Chip, Notice, Skeleton } from "../parts.tsx";
import { languageName } from "../settings/names.ts";
import { language, now, t } from "../ui.tsx";
import { isMoving } from "./figures.ts";
import { LIVE } from "./live-texts.ts";
import { reasonWords } from "./reasons.ts";
import type { OutcomeKind, Progress } from "./rest.ts";
import * as rest from "./rest.ts";

const LOOK_MS = 5_000;

const TONES: Partial<Record<OutcomeKind, string>> = { sent: "green", failed: "red", gone: "red", too_large: "red", expired: "red", retrying: "brass", held_back: "brass" };

export function Ledger({ shop, campaign }: { shop: string; campaign: Progress }) {
  const texts = LIVE[language.value];
  const [outcome, setOutcome] = useState<OutcomeKind | "">("");
  const list = useList((cursor) => rest.deliveries(shop, campaign.id, outcome, cursor), [shop, campaign.id, outcome]);
  const moving = isMoving(campaign);
  useNowAndThen(() => void (moving && !list.long && list.again()), LOOK_MS);
  const counted = JSON.stringify([campaign.status, campaign.counts, campaign.retrying, moving]);
  const seen = useRef({ counted, moving });
  useEffect(() => {
    const { counted: before, moving: wasMoving } = seen.current;
    seen.current = { counted, moving };
    // At its end what was read page by page is old, too.
    if (counted !== before && (!list.long || (wasMoving && !moving))) void list.again();
  }, [counted]);
  const options: { value: OutcomeKind | ""; label: string }[] = [{ value: "", label: texts.all }, ...rest.OUTCOMES.map((value) => ({ value, label: texts.outcomes[value] }))];
  return (
    <section class="pu-ledger" aria-labelledby="pu-ledger">
      <header class="row">
        <h3 class="grow" id="pu-ledger">{texts.ledger}</h3>
        <Chip<OutcomeKind | ""> label={texts.outcome} value={outcome} usual="" options={options} onChange={setOutcome} />
        <a class="btn" href={rest.ledgerAddress(shop, campaign.id, outcome, language.value !== "en")} download aria-label={texts.csvLabel}><Icon d={download} />{texts.csv}</a>
      </header>
      {list.failed && <Notice tone="red" action={<button class="btn sm" onClick={() => void list.again()}>{t().tryAgain}</button>}>{texts.ledgerFailed}</Notice>}
      {list.rows === null ? !list.failed && <div class="card"><Skeleton rows={4} /></div>
        : list.rows.length === 0 ? <p class="card pu-pad muted">{outcome ? texts.noneSuch : texts.noneYet}</p>
        : <Rows rows={list.rows} />}
      {list.next && <button class="btn" onClick={() => void list.more()}>{texts.showMore}</button>}
    </section>
  );
}

function Rows({ rows }: { rows: rest.Delivery[] }) {
  const texts = LIVE[language.value];
  return (
    <div class="card pu-rows">
      <table aria-labelledby="pu-ledger">
        <thead><tr><th>{texts.subscription}</th><th>{texts.outcome}</th><th class="far">{texts.service}</th><th class="far">{texts.language}</th><th class="r far">{texts.tries}</th><th class="at">{texts.at}</th></tr></thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.subscription}>
              <td class="mono cut" title={row.subscription}>{row.subscription.slice(0, 13)}</td>
              <td><span class="row pu-why"><span class={`tag ${TONES[row.outcome] ?? ""}`}>{texts.outcomes[row.outcome]}</span>{row.clicked && <span class="tag green">{texts.outcomes.clicked}</span>}{row.unsubscribed && <span class="tag">{texts.outcomes.unsubscribed}</span>}{row.uncertain && <span class="tag brass">{texts.twice}</span>}{row.next_at && Date.parse(row.next_at) > now.value && <span class="meta">{fill(texts.notBefore, { when: momentOf(language.value, row.next_at, now.value) })}</span>}{row.error && <span class="meta cut" title={reasonWords(row.error)}>{reasonWords(row.error)}</span>}</span></td>
              <td class="far cut" title={row.service}>{row.service}</td>
              <td class="far">{languageName(language.value, row.language)}</td>
              <td class="r far">{numberOf(row.attempts)}</td>
              <td class="at muted">{row.at && <time dateTime={row.at} title={exactly(language.value, row.at)}>{momentAlone(language.value, row.at, now.value)}</time>}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
