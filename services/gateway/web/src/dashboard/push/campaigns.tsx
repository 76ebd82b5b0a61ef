/** All campaigns, newest first, and how push stands at the shop. */

import { useEffect, useState } from "preact/hooks";

import { Icon, noSignal, notice, plus } from "../../shared/icons.tsx";
import { fill, plural } from "../../shared/language.ts";
import { numberOf, percentOf } from "../chart/numbers.ts";
import { useList, useListKeys, useNowAndThen } from "../list.ts";
import { Notice, Segments, Skeleton } from "../parts.tsx";
import { addressOf } from "../route.ts";
import { Empty, language, t } from "../ui.tsx";
import { triedOf } from "./figures.ts";
import { StatusTag } from "./live.tsx";
import type { Campaign, Figures, Standing, Status } from "./rest.ts";
import * as rest from "./rest.ts";
import { PUSH } from "./texts.ts";
import { audienceWords, subjectOf, whenWords } from "./wording.ts";

const LOOK_MS = 5_000;
const FILTERS = ["draft", "scheduled", "sending", "paused", "finished", "cancelled"] as const satisfies readonly Status[];

export function Campaigns({ shop }: { shop: string }) {
  const texts = PUSH[language.value];
  const [status, setStatus] = useState<Status | "">("");
  const [standing, setStanding] = useState<Figures | Standing | null>(null);
  const list = useList((cursor) => rest.list(shop, status, cursor), [shop, status]);
  useEffect(() => {
    // What its pages have to show takes longer.
    rest.figures(shop).then((found) => setStanding((before) => before ?? found), () => {});
    rest.standing(shop).then(setStanding, () => {});
  }, [shop]);
  useNowAndThen(() => void (list.long || list.again()), LOOK_MS);
  useListKeys((by) => {
    const links = [...document.querySelectorAll<HTMLElement>(".pu-table .name")];
    links[Math.max(0, Math.min(links.length - 1, links.indexOf(document.activeElement as HTMLElement) + by))]?.focus();
  });
  return (
    <main class="pu-list" tabIndex={-1}>
      <header class="row pu-top">
        <Segments<Status | ""> label={texts.filter} value={status} onChange={setStatus} options={[{ value: "", label: texts.all }, ...FILTERS.map((value) => ({ value, label: texts.statuses[value] }))]} />
        {standing?.on && <p class="muted">{subscribersOf(standing)}</p>}
        <a class="btn primary ends" href={addressOf("push", "new")}><Icon d={plus} />{texts.new}</a>
      </header>
      {standing && <Hindrance standing={standing} short={(list.rows?.length ?? 0) > 0 || status !== ""} />}
      <Rows list={list} status={status} standing={standing} onAll={() => setStatus("")} />
      {list.next && <button class="btn" onClick={() => void list.more()}>{texts.showMore}</button>}
    </main>
  );
}

function subscribersOf({ subscribers, added_30_days: added, left_30_days: left }: Figures): string {
  const texts = PUSH[language.value];
  const said = plural(language.value, subscribers, texts.subscribers);
  return subscribers + added + left === 0 ? said : `${said}, ${fill(texts.grew, { joined: plural(language.value, added, texts.joined), left: plural(language.value, left, texts.left) })}`;
}

/** What keeps push from working. Where there is no list, its place says so. */
function Hindrance({ standing, short }: { standing: Figures | Standing; short: boolean }) {
  const texts = PUSH[language.value];
  const to = (label: string) => <a class="btn sm" href={addressOf("settings", "push")}>{label}</a>;
  if (!standing.on) return short ? <Notice tone="brass" action={to(texts.toSettings)}>{texts.offShort}</Notice> : null;
  const wrong = ("origins" in standing.worker ? standing.worker.origins : []).filter((each) => !each.ok).map((each) => each.origin.replace(/^https?:\/\//, ""));
  return wrong.length ? <Notice tone="brass" action={to(texts.seeFile)}>{fill(texts.fileTrouble, { origins: new Intl.ListFormat(language.value).format(wrong) })}</Notice> : null;
}

function Rows({ list, status, standing, onAll }: { list: ReturnType<typeof useList<Campaign>>; status: Status | ""; standing: Figures | null; onAll(): void }) {
  const texts = PUSH[language.value];
  const retry = <button class="btn" onClick={() => void list.again()}>{t().tryAgain}</button>;
  if (list.rows === null) {
    return <div class="card">{list.failed ? <Empty icon={noSignal} title={texts.failed} hint={texts.failedHint}>{retry}</Empty> : <Skeleton />}</div>;
  }
  if (list.rows.length === 0) {
    return (
      <div class="card">
        {status ? <Empty icon={notice} title={texts.noneHere} hint={texts.noneHereHint}><button class="btn" onClick={onAll}>{texts.showAll}</button></Empty>
          : standing && !standing.on ? <Empty icon={notice} title={texts.off} hint={texts.offHint}><a class="btn" href={addressOf("settings", "push")}>{texts.toSettings}</a></Empty>
          : <Empty icon={notice} title={standing?.subscribers === 0 ? texts.nobody : texts.none} hint={standing?.subscribers === 0 ? texts.nobodyHint : texts.noneHint} />}
      </div>
    );
  }
  return <>{list.failed && <Notice tone="red" action={retry}>{texts.failedShort}</Notice>}<Table rows={list.rows} /></>;
}

function Table({ rows }: { rows: readonly Campaign[] }) {
  const texts = PUSH[language.value];
  return (
    <div class="card pu-table">
      <table aria-label={texts.table}>
        <thead><tr><th class="subject">{texts.subject}</th><th class="state">{texts.state}</th><th class="when">{texts.when}</th><th class="far">{texts.audience}</th><th class="r n">{texts.delivered}</th><th class="r n">{texts.clicked}</th></tr></thead>
        <tbody>{rows.map((row) => <Row key={row.id} row={row} />)}</tbody>
      </table>
    </div>
  );
}

function Row({ row }: { row: Campaign }) {
  const texts = PUSH[language.value];
  const begun = row.status !== "draft" && row.status !== "scheduled";
  const { sent, clicked } = row.counts;
  const show = (event: MouseEvent) => {
    if (!(event.target as Element).closest("a")) location.hash = addressOf("push", row.id);
  };
  return (
    <tr onClick={show}>
      <td class="subject"><a class="name b5 cut line1" href={addressOf("push", row.id)} dir="auto">{subjectOf(row.content)}</a>{row.status === "draft" && <span class="meta cut line1">{fill(texts.draftedBy, { name: row.author.name })}</span>}<span class="meta pu-under">{whenWords(row)}</span>{begun && <span class="meta pu-under">{texts.delivered} {numberOf(sent)}, {texts.clicked.toLocaleLowerCase(language.value)} {numberOf(clicked)}</span>}</td>
      <td class="state"><StatusTag status={row.status} /></td>
      <td class="when muted">{whenWords(row)}</td>
      <td class="far muted cut">{audienceWords(row.content.audience ?? {})}</td>
      <td class="r n">{begun && <>{numberOf(sent)} <span class="meta">{percentOf(sent, triedOf(row.counts))}</span></>}</td>
      <td class="r n">{begun && <>{numberOf(clicked)} <span class="meta">{percentOf(clicked, sent, 1)}</span></>}</td>
    </tr>
  );
}
