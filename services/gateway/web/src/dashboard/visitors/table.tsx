/** Visitors as a table. */

import { useRef } from "preact/hooks";

import { plural } from "../../shared/language.ts";
import { inFocus } from "../keyboard/chosen.ts";
import type { OperatorDesk } from "../operator.ts";
import { Ago, Avatar, idOf, language, nameOf } from "../ui.tsx";
import type { Row } from "./rows.ts";
import { Action, State, type Deeds } from "./state.tsx";
import { useVirtual } from "../virtual.ts";
import { cartText, pageText, v } from "./wording.ts";

const ROW_PX = 44;
const HEAD_PX = 35;

interface Props { desk: OperatorDesk; rows: readonly Row[]; deeds: Deeds; more: number }

export function VisitorTable({ desk, rows, deeds, more }: Props) {
  const texts = v();
  const box = useRef<HTMLDivElement>(null);
  const { items, before, after } = useVirtual(box, rows.length, ROW_PX, (at) => rows[at]!.visitor.id, HEAD_PX);
  const { value: focused } = inFocus;
  return (
    <div ref={box} class="card vl" tabIndex={0} role="group" aria-label={texts.visitors}>
      <table aria-rowcount={rows.length + 1} aria-label={texts.here}>
        <thead>
          <tr aria-rowindex={1}>
            <th class="c-who">{texts.visitor}</th><th>{texts.lookingAt}</th><th class="c-cart">{texts.cartHead}</th>
            <th class="c-time">{texts.onSite}</th><th class="c-state">{texts.state}</th><th class="c-act"><span class="sr">{texts.action}</span></th>
          </tr>
        </thead>
        <tbody>
          {before > 0 && <tr aria-hidden="true" class="gap"><td style={`height:${before}px`} /></tr>}
          {items.map(({ index, key }) => {
            const row = rows[index];
            return row && <TableRow key={key} desk={desk} row={row} at={index + 2} focused={row.chat !== null && row.chat.id === focused} deeds={deeds} />;
          })}
          {after > 0 && <tr aria-hidden="true" class="gap"><td style={`height:${after}px`} /></tr>}
        </tbody>
      </table>
      {more > 0 && <p class="meta more">{plural(language.value, more, texts.more)}</p>}
    </div>
  );
}

function TableRow({ desk, row, at, focused, deeds }: { desk: OperatorDesk; row: Row; at: number; focused: boolean; deeds: Deeds }) {
  const texts = v();
  const { here, chat } = row;
  const cart = cartText(here?.cart);
  const page = pageText(here?.page);
  const name = <span class="b5 cut">{nameOf(row)}</span>;
  return (
    <tr class={focused ? "sel" : ""} aria-rowindex={at}>
      <td>
        <div class="row">
          <Avatar chat={row} small />
          {chat && chat.status === "open" ? <button class="name row" title={texts.show} onClick={() => deeds.onShow(chat.id)}>{name}</button> : name}
          <span class="meta cut">{idOf(row)}</span>
        </div>
      </td>
      <td>{here ? <span class="cut line1" title={here.page?.url}>{page}</span> : <span class="muted">{texts.leftSite}</span>}</td>
      <td><span class="cut line1">{cart}</span></td>
      <td class="muted">{here && <Ago key={here.since} at={here.since} />}</td>
      <td><State desk={desk} row={row} /></td>
      <td class="r"><Action desk={desk} row={row} {...deeds} /></td>
    </tr>
  );
}
