/** Visitors on a phone: a card each. */

import { useRef } from "preact/hooks";

import { plural } from "../../shared/language.ts";
import type { OperatorDesk } from "../operator.ts";
import { Ago, Avatar, idOf, language, nameOf } from "../ui.tsx";
import type { Row } from "./rows.ts";
import { Action, State, type Deeds } from "./state.tsx";
import { useVirtual } from "../virtual.ts";
import { cartText, pageText, v } from "./wording.ts";

const CARD_PX = 110;

interface Props { desk: OperatorDesk; rows: readonly Row[]; deeds: Deeds; more: number }

export function Cards({ desk, rows, deeds, more }: Props) {
  const box = useRef<HTMLDivElement>(null);
  const { items, before, after, measure } = useVirtual(box, rows.length, CARD_PX, (at) => rows[at]!.visitor.id);
  return (
    <div ref={box} class="cards" tabIndex={0} role="group" aria-label={v().visitors}>
      <ul>
        {before > 0 && <li aria-hidden="true" style={`height:${before}px`} />}
        {items.map(({ index, key }) => {
          const row = rows[index];
          return row && <li key={key} ref={measure} data-index={index} aria-setsize={rows.length} aria-posinset={index + 1}><Card desk={desk} row={row} deeds={deeds} /></li>;
        })}
        {after > 0 && <li aria-hidden="true" style={`height:${after}px`} />}
      </ul>
      {more > 0 && <p class="meta more">{plural(language.value, more, v().more)}</p>}
    </div>
  );
}

function Card({ desk, row, deeds }: { desk: OperatorDesk; row: Row; deeds: Deeds }) {
  const { here } = row;
  const cart = here?.cart?.pieces === 0 ? v().cartEmpty : cartText(here?.cart);
  return (
    <article class="card vc">
      <div class="row">
        <Avatar chat={row} />
        <div class="grow"><div class="row"><b class="cut">{nameOf(row)}</b><span class="meta">{idOf(row)}</span></div><p class="cut muted">{here ? pageText(here.page) : v().leftSite}</p></div>
        {here && <span class="meta"><Ago key={here.since} at={here.since} /></span>}
      </div>
      <div class="row facts"><State desk={desk} row={row} />{cart && <span class="muted ends nowrap">{cart}</span>}</div>
      <Action desk={desk} row={row} {...deeds} big />
    </article>
  );
}
