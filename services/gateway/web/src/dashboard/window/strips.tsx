/** What a window says under its head: where the visitor is, and whom the conversation waits for. */

import { cart as cartIcon, eye, Icon, moved, noSignal } from "../../shared/icons.tsx";
import { fill, plural, type Language } from "../../shared/language.ts";
import type { Cart, VisitorOnSite } from "../../shared/protocol.ts";
import type { Chat } from "../chats.ts";
import type { OperatorDesk } from "../operator.ts";
import { language } from "../ui.tsx";
import { WINDOW } from "./texts.ts";

/** The page and the cart that the visitor looks at. Nothing while nobody can know. */
export function Whereabouts({ desk, chat }: { desk: OperatorDesk; chat: Chat }) {
  const texts = WINDOW[language.value];
  if (!desk.visitors.value || desk.away.value || chat.status === "archived") return null;
  const there = desk.onSite(chat);
  const isAbsent = !there || desk.absent.value.has(chat.id);
  if (isAbsent) {
    const isLeaving = there !== undefined || chat.status !== "ended";
    return <p class="ctx"><Icon d={noSignal} size={14} stroke={1.1} /><span class="cut grow">{isLeaving ? texts.noConnection : texts.leftSite}</span></p>;
  }
  return (
    <p class="ctx">
      <Icon d={eye} size={14} stroke={1.1} /><Looking there={there} />
      {there.cart && <CartShown cart={there.cart} />}
    </p>
  );
}

function Looking({ there }: { there: VisitorOnSite }) {
  const texts = WINDOW[language.value];
  const page = there.page;
  if (!page) return <span class="cut grow">{texts.noPage}</span>;
  const title = page.title || page.url.replace(/^https?:\/\//, "");
  const label = fill(texts.looksAt, { page: title });
  // Only what can be a page becomes a link: the address comes from a browser that is not ours.
  if (!/^https?:\/\//i.test(page.url)) return <span class="cut grow" title={label}>{title}</span>;
  return <a class="cut grow" href={page.url} target="_blank" rel="noopener noreferrer nofollow ugc" title={label} aria-label={label}>{title}</a>;
}

function CartShown({ cart }: { cart: Cart }) {
  const texts = WINDOW[language.value];
  const pieces = plural(language.value, cart.pieces, texts.pieces);
  const total = moneyOf(language.value, cart);
  const what = cart.pieces === 0 ? texts.emptyCart : (total ?? pieces);
  const whole = cart.pieces === 0 || !total ? what : `${pieces}, ${total}`;
  return <span class="cart" title={fill(texts.cart, { what: whole })}><Icon d={cartIcon} size={14} stroke={1.1} /><span class="sr">{fill(texts.cart, { what: whole })}</span><span aria-hidden="true">{what}</span></span>;
}

/** `€34.00`; the number alone if the currency is none that the browser knows; null without a total. */
export function moneyOf(reader: Language, { total, currency }: Cart): string | null {
  if (total === undefined || total === null) return null;
  try {
    return new Intl.NumberFormat(reader, currency ? { style: "currency", currency } : { minimumFractionDigits: 2, maximumFractionDigits: 2 }).format(total);
  } catch {
    return new Intl.NumberFormat(reader, { minimumFractionDigits: 2, maximumFractionDigits: 2 }).format(total);
  }
}

/** It waits at the head of a department's line and is still ours. */
export function HandedOver({ desk, chat }: { desk: OperatorDesk; chat: Chat }) {
  const id = desk.handovers.value.get(chat.id);
  if (id === undefined) return null;
  const name = desk.departments.value.find((each) => each.id === id)?.name ?? id;
  // Who holds it and passes it to themselves takes that back.
  const mine = chat.operator?.id === desk.me.value?.id && chat.operator?.id;
  return <div class="ctx brass" role="status"><Icon d={moved} size={14} stroke={1.1} /><span class="grow">{fill(WINDOW[language.value].handover, { name })}</span>{mine && <button class="btn sm quiet" onClick={() => desk.transfer(chat.id, mine)}>{WINDOW[language.value].keepIt}</button>}</div>;
}
