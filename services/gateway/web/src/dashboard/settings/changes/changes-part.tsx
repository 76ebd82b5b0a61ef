/** The change log: who changed what of the settings and of access, and undoing it. */

import "./changes.css";

import { useEffect, useState } from "preact/hooks";

import { calendar, download, history, Icon, noSignal, search } from "../../../shared/icons.tsx";
import { dayBefore, dayStart } from "../../dates.ts";
import { useList, useNowAndThen, type List } from "../../list.ts";
import { Chip, Notice, Skeleton } from "../../parts.tsx";
import { Empty, language, now, t } from "../../ui.tsx";
import { NAMED, nameOfPath } from "../names.ts";
import { saved } from "../draft.ts";
import { PARTS, type PartProps } from "../registry.ts";
import { Entry } from "./entry.tsx";
import { list, tableAddress, type Change, type Query } from "./rest.ts";
import { CHANGES } from "./texts.ts";
import { Undo, useUndoing } from "./undoing.tsx";

type Period = "all" | "week" | "month";
interface Filters { q: string; who: string; part: string; period: Period }

/** How often we look for what colleagues changed. */
const LOOK_MS = 15_000;
const NO_FILTERS: Filters = { q: "", who: "", part: "", period: "all" };
const DAYS: Record<Period, number> = { all: 0, week: 6, month: 29 };

export function ChangesPart({ shop, desk }: PartProps) {
  const texts = CHANGES[language.value];
  const [filters, setFilters] = useState(NO_FILTERS);
  const query = queryFor(filters);
  const entries = useList((cursor) => list(shop, query, cursor), [shop, ...Object.values(filters)]);
  const undoing = useUndoing(shop, () => void entries.again());
  // What was saved in another part a moment ago, or by a colleague, is the newest entry.
  const anew = () => void (entries.rows && !entries.long && entries.again());
  const tag = saved.value?.tag;
  useEffect(anew, [tag]);
  useNowAndThen(anew, LOOK_MS);
  const nameOf = (id: string) => desk.staff.value.find((each) => each.id === id)?.name ?? id;
  return (
    <div class="sform log-part">
      <header class="row">
        <div class="grow"><h2>{texts.title}</h2><p class="about">{texts.hint}</p></div>
        <a class="btn" href={tableAddress(shop, query, language.value !== "en")} download aria-label={texts.tableLabel}><Icon d={download} />{texts.table}</a>
      </header>
      <Bar filters={filters} staff={desk.staff.value} onChange={setFilters} />
      {undoing.said && <Notice tone={undoing.said.tone}>{undoing.said.text}</Notice>}
      <Rows entries={entries} filtered={filters !== NO_FILTERS} onClear={() => setFilters(NO_FILTERS)}>
        {(change) => <Entry key={change.id} change={change} nameOf={nameOf} busy={undoing.busy === change.id} onUndo={() => undoing.ask(change)} />}
      </Rows>
      {undoing.asking && <Undo asking={undoing.asking} nameOf={nameOf} onYes={undoing.go} onNo={undoing.drop} />}
    </div>
  );
}

function queryFor({ q, who, part, period }: Filters): Query {
  const from = period === "all" ? "" : dayStart(dayBefore(now.peek(), DAYS[period])) ?? "";
  const letters = q.trim().toLocaleLowerCase(language.value);
  const named = letters ? NAMED.filter((path) => nameOfPath(language.value, path).toLocaleLowerCase(language.value).includes(letters)).join(",") : "";
  return { q: q.trim(), named, who, part, from, to: "" };
}

function Bar({ filters, staff, onChange }: { filters: Filters; staff: readonly { id: string; name: string }[]; onChange(filters: Filters): void }) {
  const texts = CHANGES[language.value];
  const set = (change: Partial<Filters>) => onChange({ ...filters, ...change });
  const periods: { value: Period; label: string }[] = [{ value: "all", label: texts.allTime }, { value: "week", label: texts.week }, { value: "month", label: texts.month }];
  return (
    <div class="log-bar" role="search">
      <label class="in"><Icon d={search} /><span class="sr">{texts.search}</span>
        <input type="search" value={filters.q} placeholder={texts.search} maxLength={200} onInput={(event) => set({ q: event.currentTarget.value })} />
      </label>
      <Chip label={texts.who} value={filters.who} usual="" onChange={(who) => set({ who })}
        options={[{ value: "", label: texts.anybody }, ...staff.map(({ id, name }) => ({ value: id, label: name }))]} />
      <Chip label={texts.part} value={filters.part} usual="" onChange={(part) => set({ part })}
        options={[{ value: "", label: texts.allParts }, ...PARTS.filter((part) => WITH_CHANGES.includes(part.name)).map((part) => ({ value: part.name, label: part.title[language.value] }))]} />
      <Chip label={texts.period} icon={calendar} value={filters.period} usual="all" options={periods} onChange={(period) => set({ period })} />
    </div>
  );
}

/** As the gateway names them. */
const WITH_CHANGES: readonly string[] = ["chat", "offline", "hours", "departments", "canned", "invitations", "privacy", "push", "mail", "staff", "security", "developers"];

function Rows({ entries, filtered, onClear, children }: { entries: List<Change>; filtered: boolean; onClear(): void; children(change: Change): preact.ComponentChild }) {
  const texts = CHANGES[language.value];
  const retry = <button class="btn" onClick={() => void entries.again()}>{t().tryAgain}</button>;
  if (entries.rows === null) {
    return <div class="card">{entries.failed ? <Empty icon={noSignal} title={texts.failed} hint={texts.failedHint}>{retry}</Empty> : <Skeleton />}</div>;
  }
  if (entries.rows.length === 0) {
    return (
      <div class="card">
        {filtered
          ? <Empty icon={search} title={texts.noMatch} hint={texts.noMatchHint}><button class="btn" onClick={onClear}>{texts.clear}</button></Empty>
          : <Empty icon={history} title={texts.none} hint={texts.noneHint} />}
      </div>
    );
  }
  return (
    <>
      {entries.failed && <Notice tone="red" action={retry}>{texts.failedShort}</Notice>}
      <ol class="card entries" aria-label={texts.entries}>{entries.rows.map(children)}</ol>
      {entries.next && <p><button class="btn" onClick={() => void entries.more()}>{texts.more}</button></p>}
    </>
  );
}
