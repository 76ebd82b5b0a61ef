/** A plot under its heading, with the table that says the same; which of the two stands there is the reader's choice. */

import "./chart.css";

import type { ComponentChildren } from "preact";
import { useId, useState } from "preact/hooks";

import { Segments, Skeleton } from "../parts.tsx";
import { language } from "../ui.tsx";
import { CHART } from "./texts.ts";

interface Props {
  title: ComponentChildren;
  /** Nothing to plot yet: why, in words. */
  empty?: string | undefined;
  /** Nothing has come yet. */
  loading?: boolean;
  plot(): ComponentChildren;
  table(): ComponentChildren;
}

export function Chart({ title, empty, loading = false, plot, table }: Props) {
  const texts = CHART[language.value];
  const [shown, setShown] = useState<"plot" | "table">("plot");
  const id = useId();
  return (
    <section class="ch" aria-labelledby={id}>
      <header class="row">
        <h3 class="grow" id={id}>{title}</h3>
        {!loading && !empty && (
          <Segments<"plot" | "table"> label={texts.shown} value={shown} onChange={setShown} options={[{ value: "plot", label: texts.plot }, { value: "table", label: texts.table }]} />
        )}
      </header>
      {loading ? <Skeleton rows={4} /> : empty ? <p class="ch-empty muted">{empty}</p> : shown === "plot" ? plot() : table()}
    </section>
  );
}
