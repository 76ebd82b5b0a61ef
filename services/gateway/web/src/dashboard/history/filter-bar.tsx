/** Above the list: search, filters and export; or, with rows selected, what can be done with them. */

import { calendar, cross, download, Icon, search, trash } from "../../shared/icons.tsx";
import { fill, plural } from "../../shared/language.ts";
import type { Operator } from "../../shared/protocol.ts";
import { Chip } from "../parts.tsx";
import { language } from "../ui.tsx";
import { isFiltered, NO_FILTERS, type Filters, type Period } from "./filters.ts";
import type { Format, HistoryQuery } from "./rest.ts";
import { HISTORY } from "./texts.ts";

interface Props {
  filters: Filters;
  operators: readonly Operator[];
  /** Null: not for who looks. */
  exportOf: ((format: Format) => string) | null;
  onChange(filters: Filters): void;
}

export function FilterBar({ filters, operators, exportOf, onChange }: Props) {
  const texts = HISTORY[language.value];
  const set = (change: Partial<Filters>) => onChange({ ...filters, ...change });
  return (
    <div class="bar2" role="search">
      <label class="in find"><Icon d={search} /><span class="sr">{texts.search}</span>
        <input type="search" value={filters.q} placeholder={texts.search} maxLength={200} onInput={(event) => set({ q: event.currentTarget.value })} />
      </label>
      <div class="chips">
        <PeriodChoice filters={filters} set={set} />
        <Chip label={texts.operator} value={filters.operator} usual="" onChange={(operator) => set({ operator })}
          options={[{ value: "", label: texts.any }, ...operators.map(({ id, name }) => ({ value: id, label: name }))]} />
        <Chip label={texts.customer} value={filters.signedIn} usual="" onChange={(signedIn) => set({ signedIn })}
          options={[{ value: "", label: texts.everyone }, { value: "true", label: texts.signedIn }, { value: "false", label: texts.guests }]} />
        <Chip label={texts.rating} value={filters.rating} usual="" onChange={(rating) => set({ rating })} options={ratings()} />
        {filters.customer && (
          <button class="fl on" onClick={() => set({ customer: "" })}>{fill(texts.onlyOf, { id: filters.customer })}<Icon d={cross} size={14} /></button>
        )}
        {isFiltered(filters) && <button class="btn sm quiet" onClick={() => onChange({ ...NO_FILTERS, q: filters.q, sort: filters.sort })}>{texts.clearFilters}</button>}
        {exportOf && <Exports exportOf={exportOf} />}
      </div>
    </div>
  );
}

function PeriodChoice({ filters, set }: { filters: Filters; set(change: Partial<Filters>): void }) {
  const texts = HISTORY[language.value];
  const options: { value: Period; label: string }[] = [
    { value: "all", label: texts.allTime }, { value: "today", label: texts.today }, { value: "week", label: texts.week },
    { value: "month", label: texts.month }, { value: "between", label: texts.between },
  ];
  return (
    <>
      <Chip label={texts.period} icon={calendar} value={filters.period} usual="all" options={options} onChange={(period) => set({ period })} />
      {filters.period === "between" && (
        <span class="row span">
          <label class="fl"><span>{texts.from}</span><input type="date" value={filters.from} max={filters.to} onInput={(event) => set({ from: event.currentTarget.value })} /></label>
          <label class="fl"><span>{texts.to}</span><input type="date" value={filters.to} min={filters.from} onInput={(event) => set({ to: event.currentTarget.value })} /></label>
        </span>
      )}
    </>
  );
}

function ratings(): { value: HistoryQuery["rating"]; label: string }[] {
  const texts = HISTORY[language.value];
  const stars = (["5", "4", "3", "2", "1"] as const).map((value) => ({ value, label: plural(language.value, Number(value), texts.starCount) }));
  return [{ value: "", label: texts.any }, ...stars, { value: "none", label: texts.unrated }];
}

function Exports({ exportOf }: { exportOf(format: Format): string }) {
  const texts = HISTORY[language.value];
  return (
    <span class="exports row">
      {(["csv", "json"] as const).map((format) => (
        <a key={format} class="btn" href={exportOf(format)} download aria-label={fill(texts.exportAs, { format: format.toUpperCase() })}>
          <Icon d={download} />{format.toUpperCase()}
        </a>
      ))}
    </span>
  );
}

const EXPORTED_AT_MOST = 200;

export function SelectionBar({ count, exportOf, onDelete, onClear }: { count: number; exportOf(format: Format): string; onDelete(): void; onClear(): void }) {
  const texts = HISTORY[language.value];
  return (
    <div class="bar2">
      <b role="status">{plural(language.value, count, texts.selected)}</b>
      {count <= EXPORTED_AT_MOST && <Exports exportOf={exportOf} />}
      <button class="btn danger-ink" onClick={onDelete}><Icon d={trash} />{texts.remove}</button>
      <button class="btn quiet" onClick={onClear}>{texts.clear}</button>
    </div>
  );
}
