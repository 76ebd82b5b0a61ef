/** History: finished conversations, found and read again, exported, or deleted. */

import "./history.css";

import { useSignalEffect } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";

import { history as historyIcon, noSignal, search as searchIcon } from "../../shared/icons.tsx";
import { fill, plural } from "../../shared/language.ts";
import type { Operator } from "../../shared/protocol.ts";
import { useList, useListKeys, useNowAndThen } from "../list.ts";
import { Notice, Skeleton } from "../parts.tsx";
import { addressOf } from "../route.ts";
import { handed, takeHanded } from "../search/handed.ts";
import { Empty, language, t } from "../ui.tsx";
import { Deletion, DeletionTold } from "./deletion.tsx";
import { Drawer } from "./drawer.tsx";
import { FilterBar, SelectionBar } from "./filter-bar.tsx";
import { isFiltered, NO_FILTERS, queryFor, type Filters } from "./filters.ts";
import * as rest from "./rest.ts";
import { Table } from "./table.tsx";
import { HISTORY } from "./texts.ts";

/** How often the list is read anew. */
const LOOK_MS = 15_000;

/** `manages`: exports and deletes. */
export function HistoryPage({ shop, open, operators, manages }: { shop: string; open: string | null; operators: readonly Operator[]; manages: boolean }) {
  const [filters, setFilters] = useState<Filters>(() => ({ ...NO_FILTERS, q: takeHanded() }));
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const [leaving, setLeaving] = useState<readonly rest.HistoryItem[] | null>(null);
  const [outcome, setOutcome] = useState<rest.Outcome | null>(null);
  const [suggestion, setSuggestion] = useState<rest.Suggestion | null>(null);
  const asked = JSON.stringify(filters);
  const list = useList(async (cursor) => {
    const found = await rest.list(shop, queryFor(filters, Date.now()), cursor);
    setSuggestion(found.suggestion ?? null);
    return found;
  }, [shop, asked]);
  const rows = list.rows ?? [];
  const box = useRef<HTMLElement>(null);
  const chosen = rows.filter((row) => selected.has(row.id));

  const show = (id: string | null) => (location.hash = addressOf("history", id));
  const step = (by: 1 | -1) => {
    const next = rows[rows.findIndex((row) => row.id === open) + by];
    if (next && (open || by === 1)) show(next.id);
  };
  useListKeys(step);
  useNowAndThen(() => list.long || void list.again(), LOOK_MS);
  const filter = (changed: Filters) => {
    setSelected(new Set());
    setOutcome(null);
    setFilters(changed);
  };
  const done = (told: rest.Outcome) => {
    const gone = new Set([...told.deleted, ...told.failed.filter((each) => each.code === "not_found").map((each) => each.id)]);
    if (open && gone.has(open)) show(null);
    list.change((before) => before.filter((row) => !gone.has(row.id)));
    setSelected(new Set());
    setLeaving(null);
    setOutcome(told);
  };
  useSignalEffect(() => {
    if (handed.value !== null) filter({ ...NO_FILTERS, q: takeHanded() });
  });
  const select = (ids: string[], on: boolean) => {
    const now = new Set(selected);
    for (const id of ids) if (on) now.add(id); else now.delete(id);
    setSelected(now);
  };

  const exportOf = (format: rest.Format) =>
    rest.exportAddress(shop, chosen.length ? chosen.map((row) => row.id) : queryFor(filters, Date.now()), format, language.value !== "en");
  return (
    <main ref={box} tabIndex={-1} class={`hist ${open ? "drawn" : ""}`}>
      {chosen.length > 0
        ? <SelectionBar count={chosen.length} exportOf={exportOf} onDelete={() => setLeaving(chosen)} onClear={() => setSelected(new Set())} />
        : <FilterBar filters={filters} operators={known(operators, rows)} exportOf={manages ? exportOf : null} onChange={filter} />}
      {outcome && <DeletionTold outcome={outcome} />}
      <Rows list={list} filters={filters} suggestion={suggestion} onFilter={filter}>
        <Table box={box} rows={rows} sort={filters.sort} open={open} selected={selected} onSort={(sort) => filter({ ...filters, sort })} onSelect={manages ? select : null} />
        <Foot shop={shop} list={list} filters={filters} />
      </Rows>
      {open && (
        <Drawer shop={shop} id={open} onStep={rows.some((row) => row.id === open) ? step : null} onClose={() => show(null)}
          onDelete={manages ? (item) => setLeaving([item]) : null} onAllOf={(customer) => filter({ ...NO_FILTERS, customer })} />
      )}
      {leaving && <Deletion shop={shop} rows={leaving} onDone={done} onClose={() => setLeaving(null)} />}
    </main>
  );
}

type HistoryList = ReturnType<typeof useList<rest.HistoryItem>>;

/** The list, or why there is none. */
function Rows({ list, filters, suggestion, onFilter, children }: {
  list: HistoryList; filters: Filters; suggestion: rest.Suggestion | null; onFilter(filters: Filters): void; children: ComponentChildren;
}) {
  const texts = HISTORY[language.value];
  const retry = <button class="btn" onClick={() => void list.again()}>{t().tryAgain}</button>;
  if (list.rows === null) {
    return list.failed
      ? <div class="card"><Empty icon={noSignal} title={texts.failed} hint={texts.failedHint}>{retry}</Empty></div>
      : <div class="card"><Skeleton rows={8} /></div>;
  }
  if (list.rows.length === 0 && filters.q) {
    const hint = suggestion ? fill(texts.didYouMean, { q: suggestion.q, n: suggestion.conversations }) : texts.noMatchHint;
    return (
      <div class="card">
        <Empty icon={searchIcon} title={fill(texts.noMatch, { q: filters.q })} hint={hint}>
          {suggestion && <button class="btn" onClick={() => onFilter({ ...filters, q: suggestion.q })}>{fill(texts.searchThat, { q: suggestion.q })}</button>}
          <button class="btn quiet" onClick={() => onFilter({ ...filters, q: "" })}>{t().clearSearch}</button>
        </Empty>
      </div>
    );
  }
  if (list.rows.length === 0 && isFiltered(filters)) {
    return <div class="card"><Empty icon={searchIcon} title={texts.noFilterMatch} hint={texts.noFilterMatchHint}><button class="btn" onClick={() => onFilter({ ...NO_FILTERS })}>{texts.clearFilters}</button></Empty></div>;
  }
  if (list.rows.length === 0) {
    return <div class="card"><Empty icon={historyIcon} title={texts.none} hint={texts.noneHint}><a class="btn" href={addressOf("chat")}>{texts.goToChat}</a></Empty></div>;
  }
  return <>{list.failed && <Notice tone="red" action={retry}>{texts.failedShort}</Notice>}{children}</>;
}

function Foot({ shop, list, filters }: { shop: string; list: HistoryList; filters: Filters }) {
  const texts = HISTORY[language.value];
  const [all, setAll] = useState<rest.Count | null>(null);
  const asked = JSON.stringify(filters);
  const more = list.next !== null;
  useEffect(() => {
    setAll(null);
    if (more) rest.count(shop, queryFor(filters, Date.now())).then(setAll, () => {});
  }, [shop, asked, more]);
  const n = list.rows?.length ?? 0;
  const said = more && all
    ? fill(all.more ? texts.shownOfMore : texts.shownOf, { n, all: new Intl.NumberFormat(language.value).format(all.conversations) })
    : plural(language.value, n, texts.shown);
  return (
    <div class="pager row">
      <span class="grow muted" role="status">{said}</span>
      {more && <button class="btn" onClick={() => void list.more()}>{texts.showMore}</button>}
    </div>
  );
}

/** Who can be filtered for: the desk's people and those of the rows that were read. */
function known(operators: readonly Operator[], rows: readonly rest.HistoryItem[]): Operator[] {
  const all = new Map([...operators, ...rows.flatMap((row) => row.operator ?? [])].map((each) => [each.id, each]));
  return [...all.values()].sort((a, b) => a.name.localeCompare(b.name));
}
