/** The mails that ask for reviews: who gets which when, as things stand now, and what became of those before. */

import { useState } from "preact/hooks";

import { Icon, mail, noSignal, sliders } from "../../shared/icons.tsx";
import { exactly, momentAlone } from "../dates.ts";
import { useList, useNowAndThen } from "../list.ts";
import { Notice, Segments, Skeleton } from "../parts.tsx";
import { Empty, language, now, t } from "../ui.tsx";
import type { ReviewRequest, Rules, Shelf } from "./rest.ts";
import * as rest from "./rest.ts";
import { RULES } from "./rules-texts.ts";
import { REVIEWS } from "./texts.ts";

const LOOK_MS = 10_000;

/** `planned`: how many mails are to come. */
interface Props { shop: string; rules: Rules | null; planned: number; looks: number; onRules(): void }

export function Requests({ shop, rules, planned, looks, onRules }: Props) {
  const texts = RULES[language.value];
  const [shelf, setShelf] = useState<Shelf>("planned");
  return (
    <section class="rv-col" aria-label={REVIEWS[language.value].requests}>
      <Segments<Shelf> label={texts.shelf} value={shelf} onChange={setShelf} options={rest.SHELVES.map((value) => ({ value, label: texts.shelves[value], count: value === "planned" ? planned : undefined }))} />
      <Mails key={shelf} shop={shop} shelf={shelf} isOff={rules?.on === false} looks={looks} onRules={onRules} />
    </section>
  );
}

function Mails({ shop, shelf, isOff, looks, onRules }: Pick<Props, "shop" | "looks" | "onRules"> & { shelf: Shelf; isOff: boolean }) {
  const texts = RULES[language.value];
  const list = useList((cursor) => rest.requests(shop, shelf, cursor), [shop, looks]);
  useNowAndThen(() => void (list.long || list.again()), LOOK_MS);
  const again = <button class="btn sm" onClick={() => void list.again()}>{t().tryAgain}</button>;
  const any = (list.rows?.length ?? 0) > 0;
  return (
    <>
      {shelf === "planned" && any && (isOff
        ? <Notice tone="brass" action={<button class="btn sm" onClick={onRules}>{REVIEWS[language.value].rules}</button>}>{texts.offNow}</Notice>
        : <p class="muted">{texts.dry}</p>)}
      {list.failed && any && <Notice tone="red" action={again}>{texts.failedShort}</Notice>}
      <div class="card rv-mails">
        {list.rows === null ? (list.failed ? <Empty icon={noSignal} title={texts.failedList} hint={texts.failedHint}>{again}</Empty> : <Skeleton rows={5} />)
          : any ? <Table shelf={shelf} rows={list.rows} />
          : <Nothing shelf={shelf} isOff={isOff} onRules={onRules} />}
      </div>
      {list.next && <button class="btn" onClick={() => void list.more()}>{texts.showMore}</button>}
    </>
  );
}

function Nothing({ shelf, isOff, onRules }: { shelf: Shelf; isOff: boolean; onRules(): void }) {
  const texts = RULES[language.value];
  const toRules = <button class="btn" onClick={onRules}><Icon d={sliders} />{REVIEWS[language.value].rules}</button>;
  if (isOff && shelf !== "withheld") return <Empty icon={mail} title={texts.offTitle} hint={texts.offHint}>{toRules}</Empty>;
  if (shelf === "planned") return <Empty icon={mail} title={texts.nonePlanned} hint={texts.nonePlannedHint} />;
  return shelf === "sent" ? <Empty icon={mail} title={texts.noneSent} hint={texts.noneSentHint} /> : <Empty icon={mail} title={texts.noneWithheld} hint={texts.noneWithheldHint} />;
}

function Table({ shelf, rows }: { shelf: Shelf; rows: readonly ReviewRequest[] }) {
  const texts = RULES[language.value];
  const planned = shelf === "planned";
  return (
    <table aria-label={texts.shelves[shelf]}>
      <thead><tr><th class="rv-at">{planned ? texts.due : texts.at}</th><th>{texts.who}</th><th class="rv-far">{texts.products}</th><th class="rv-mid">{texts.mail}</th><th class="rv-out">{planned ? texts.outcome : texts.happened}</th></tr></thead>
      <tbody>{rows.map((row) => <Row key={row.id} row={row} />)}</tbody>
    </table>
  );
}

function Row({ row }: { row: ReviewRequest }) {
  const texts = RULES[language.value];
  const when = row.state === "planned" ? row.due_at ?? row.at : row.at;
  const products = new Intl.ListFormat(language.value).format(row.products);
  return (
    <tr>
      <td class="rv-at"><time dateTime={when} title={exactly(language.value, when)}>{momentAlone(language.value, when, now.value)}</time></td>
      <td><span class="line1 cut b5" dir="auto">{row.name ?? <span class="muted">{texts.nameless}</span>}</span><span class="line1 cut meta">{texts.order} {row.number}</span></td>
      <td class="rv-far cut muted" title={products}>{products}</td>
      <td class="rv-mid muted">{texts.steps[row.step]}</td>
      <td class="rv-out"><Outcome row={row} /></td>
    </tr>
  );
}

function Outcome({ row: { state, would, reason, opened_at } }: { row: ReviewRequest }) {
  const texts = RULES[language.value];
  if (state === "sent") return opened_at ? <span class="tag green">{texts.opened}</span> : <span class="tag">{texts.sent}</span>;
  if (state === "planned" && would === "send") return <span class="tag blue">{texts.goes}</span>;
  const why = state === "planned" ? would : reason;
  return <span class="tag brass">{why && why !== "send" ? texts.reasons[why] : texts.stopped}</span>;
}
