/** The list itself: a row a conversation; of thousands only those in view are drawn. */

import type { RefObject } from "preact";
import { useLayoutEffect, useRef, useState } from "preact/hooks";

import { check, down, Icon, up } from "../../shared/icons.tsx";
import { fill } from "../../shared/language.ts";
import { Moment, Stars } from "../parts.tsx";
import { addressOf } from "../route.ts";
import { Avatar, idOf, language, nameOf, t } from "../ui.tsx";
import { useVirtual } from "../virtual.ts";
import { nextSort } from "./filters.ts";
import type { HistoryItem, Sort } from "./rest.ts";
import { HISTORY } from "./texts.ts";

/** A row on a wide screen; on others it is measured. */
const ROW_PX = 52;

interface Props {
  /** What scrolls. */
  box: RefObject<HTMLElement | null>;
  rows: readonly HistoryItem[];
  sort: Sort;
  open: string | null;
  selected: ReadonlySet<string>;
  onSort(sort: Sort): void;
  /** Null: nothing can be done with what would be selected. */
  onSelect: ((ids: string[], on: boolean) => void) | null;
}

export function Table({ box, rows, sort, open, selected, onSort, onSelect }: Props) {
  const texts = HISTORY[language.value];
  const body = useRef<HTMLTableSectionElement>(null);
  const { items, before, after, measure } = useVirtual(box, rows.length, ROW_PX, (at) => rows[at]!.id, useTop(box, body));
  const chosen = rows.filter((row) => selected.has(row.id)).length;
  return (
    <div class="card htab">
      <table aria-label={texts.table} aria-rowcount={rows.length + 1}>
        <thead>
          <tr aria-rowindex={1}>
            {onSelect && <th class="pick"><Tick label={texts.selectAll} on={chosen === rows.length} some={chosen > 0} onChange={(on) => onSelect(rows.map((row) => row.id), on)} /></th>}
            <Head column="customer" label={texts.customer} sort={sort} onSort={onSort} />
            <th class="last">{t().lastMessage}</th>
            <th class="far">{texts.contact}</th><th class="far short">{texts.operator}</th><th class="far short">{texts.rating}</th>
            <Head column="time" label={texts.time} sort={sort} onSort={onSort} />
          </tr>
        </thead>
        <tbody ref={body}>
          {before > 0 && <tr aria-hidden="true" class="gap"><td style={`height:${before}px`} /></tr>}
          {items.map(({ index, key }) => {
            const row = rows[index];
            return row && <Row key={key} at={index} measure={measure} row={row} open={row.id === open} selected={selected.has(row.id)} onSelect={onSelect && ((on) => onSelect([row.id], on))} />;
          })}
          {after > 0 && <tr aria-hidden="true" class="gap"><td style={`height:${after}px`} /></tr>}
        </tbody>
      </table>
    </div>
  );
}

/** How far below the start of what scrolls the rows begin: filters and notices above them come and go. */
function useTop(box: RefObject<HTMLElement | null>, body: RefObject<HTMLElement | null>): number {
  const [top, setTop] = useState(0);
  useLayoutEffect(() => {
    if (!box.current || !body.current) return;
    setTop(Math.round(body.current.getBoundingClientRect().top - box.current.getBoundingClientRect().top + box.current.scrollTop));
  });
  return top;
}

function Head({ column, label, sort, onSort }: { column: "customer" | "time"; label: string; sort: Sort; onSort(sort: Sort): void }) {
  const by = column === "customer" ? sort === "customer" : sort !== "customer";
  const rising = sort !== "-last_message_at";
  return (
    <th class={column} aria-sort={!by ? "none" : rising ? "ascending" : "descending"}>
      <button class="sort" title={fill(HISTORY[language.value].sortBy, { column: label })} onClick={() => onSort(nextSort(by ? sort : "last_message_at", column))}>
        {label}{by && <Icon d={rising ? up : down} size={12} />}
      </button>
    </th>
  );
}

interface RowProps { at: number; row: HistoryItem; open: boolean; selected: boolean; measure(row: Element | null): void; onSelect: ((on: boolean) => void) | null }

function Row({ at, row, open, selected, measure, onSelect }: RowProps) {
  const texts = HISTORY[language.value];
  const who = { visitor: row.customer };
  const name = nameOf(who);
  const show = (event: MouseEvent) => {
    // A click anywhere in the row opens it; links and boxes in it do what they do.
    if (!(event.target as Element).closest("a, label")) location.hash = addressOf("history", row.id);
  };
  return (
    <tr ref={measure} data-index={at} aria-rowindex={at + 2} class={open || selected ? "sel" : ""} onClick={show}>
      {onSelect && <td class="pick"><Tick label={fill(texts.select, { name: `${name}, ${idOf(who)}` })} on={selected} onChange={onSelect} /></td>}
      <td>
        <div class="row"><Avatar chat={who} />
          <div class="grow"><a class="name b5 cut" href={addressOf("history", row.id)} aria-current={open || undefined}>{name}</a><span class="meta cut">{idOf(who)}</span><span class="under cut" dir="auto">{row.last_message}</span></div>
        </div>
      </td>
      <td class="last"><span class="row">{row.status !== "archived" && <span class="tag">{texts.ongoing}</span>}<span class="cut" dir="auto">{row.last_message}</span></span></td>
      <td class="far"><Contact row={row} /></td>
      <td class="far short cut">{row.operator?.name}</td>
      <td class="far short">{row.rating ? <Stars score={row.rating} /> : <span class="meta">{texts.notRated}</span>}</td>
      <td class="muted nowrap time"><Moment at={row.last_message_at} /></td>
    </tr>
  );
}

function Contact({ row }: { row: HistoryItem }) {
  const { email, phone, signed_in } = row.customer;
  if (!signed_in) return <span class="meta">{HISTORY[language.value].notSignedIn}</span>;
  return <><span class="cut line1">{email}</span><span class="meta cut line1">{phone}</span></>;
}

/** `some`: the box stands between yes and no. */
export function Tick({ label, on, some = false, onChange }: { label: string; on: boolean; some?: boolean; onChange(on: boolean): void }) {
  return (
    <label class="tick">
      <input type="checkbox" checked={on} aria-label={label} ref={(box) => { if (box) box.indeterminate = some && !on; }}
        onChange={(event) => onChange(event.currentTarget.checked)} />
      <span class="cb" aria-hidden="true"><Icon d={check} size={12} stroke={1.5} /></span>
    </label>
  );
}
