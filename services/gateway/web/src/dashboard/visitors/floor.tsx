/** Who is on the shop's pages: a table, or cards on a phone; of thousands only those in view are drawn. */

import "./visitors.css";

import type { ComponentChildren } from "preact";
import { useEffect, useMemo, useState } from "preact/hooks";

import { bell } from "../../shared/icons.tsx";
import { plural } from "../../shared/language.ts";
import type { OperatorDesk } from "../operator.ts";
import { Segments } from "../parts.tsx";
import { Empty, language } from "../ui.tsx";
import { Cards } from "./cards.tsx";
import { nextServed, passes, rowsOf, type Filter, type Row } from "./rows.ts";
import type { Deeds } from "./state.tsx";
import { VisitorTable } from "./table.tsx";
import { v } from "./wording.ts";

export interface FloorProps { desk: OperatorDesk; onShow(id: string): void }

/** `cards`: for a narrow screen. */
export function Floor({ desk, onShow, cards = false }: FloorProps & { cards?: boolean }) {
  const texts = v();
  const [filter, setFilter] = useState<Filter>("all");
  useEffect(() => desk.watchVisitors(), []);
  const [site, waiting, mine, others] = [desk.site.value, desk.waiting.value, desk.ongoing.value, desk.others.value];
  const all = useMemo(() => rowsOf(site, waiting, [...mine, ...others]), [site, waiting, mine, others]);
  const rows = useMemo(() => (filter === "all" ? all : all.filter((row) => passes(row, filter))), [all, filter]);
  const count = site ? site.here.size + site.more : all.length;
  const deeds: Deeds = { ...served(desk), onShow };
  return (
    <section class="floor" aria-label={texts.here}>
      <div class="hd">
        <h2>{texts.here}</h2><span class="meta" role="status">{plural(language.value, count, texts.count)}</span>
        <Segments<Filter> label={texts.filter} value={filter} onChange={setFilter} options={[
          { value: "all", label: texts.all }, { value: "waiting", label: texts.waiting, count: waiting.length, loud: true },
          { value: "cart", label: texts.cart }, { value: "chat", label: texts.chat },
        ]} />
        <span class="meta ends order">{texts.order}</span>
      </div>
      <Rows desk={desk} rows={rows} filter={filter} onAll={() => setFilter("all")}>
        {cards ? <Cards desk={desk} rows={rows} deeds={deeds} more={site?.more ?? 0} /> : <VisitorTable desk={desk} rows={rows} deeds={deeds} more={site?.more ?? 0} />}
      </Rows>
    </section>
  );
}

/** One channel more helps only who is online, below the shop's limit; whoever is invited finds a free one. */
function served(desk: OperatorDesk): Omit<Deeds, "onShow"> {
  const state = desk.desk.value;
  const me = desk.me.value?.id ?? "";
  const mine = new Set(desk.departments.value.filter((each) => each.operators.includes(me)).map((each) => each.id));
  const mayOpen = desk.online.value && !desk.away.value && state !== null && state.busy < state.limit;
  return {
    next: nextServed(desk.waiting.value, desk.absent.value, mine),
    mayOpen, mayInvite: mayOpen && state.channels.some((each) => !each.conversation),
  };
}

function Rows({ desk, rows, filter, onAll, children }: { desk: OperatorDesk; rows: Row[]; filter: Filter; onAll(): void; children: ComponentChildren }) {
  const texts = v();
  if (rows.length > 0) return <>{children}</>;
  if (filter !== "all") {
    const none = { waiting: texts.noneWaiting, cart: texts.noneCart, chat: texts.noneChat }[filter];
    return <div class="card none-here"><p class="muted">{none}</p><button class="btn sm" onClick={onAll}>{texts.showAll}</button></div>;
  }
  return <Quiet desk={desk} />;
}

function Quiet({ desk }: { desk: OperatorDesk }) {
  const texts = v();
  const online = desk.online.value;
  const shop = desk.settings.value.origins?.find((origin) => /^https?:\/\//.test(origin));
  return (
    <Empty icon={bell} title={texts.quiet} hint={online ? texts.quietHint : texts.quietOffline}>
      {!online && desk.desk.value && <button class="btn primary" onClick={() => desk.goOnline(true)}>{texts.goOnline}</button>}
      {online && shop && <a class="btn" href={shop} target="_blank" rel="noopener">{texts.seeShop}</a>}
    </Empty>
  );
}
