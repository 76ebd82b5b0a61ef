/** How a visitor stands, and what the operator can do about it: the same in the table and on a phone's cards. */

import { useComputed } from "@preact/signals";

import { chat as chatIcon, clock, Icon } from "../../shared/icons.tsx";
import { fill } from "../../shared/language.ts";
import type { Chat } from "../chats.ts";
import { second } from "../now.ts";
import type { OperatorDesk } from "../operator.ts";
import { idOf, nameOf } from "../ui.tsx";
import { isIdle, type Row } from "./rows.ts";
import { elapsed, placeText, v } from "./wording.ts";

export function State({ desk, row }: { desk: OperatorDesk; row: Row }) {
  const { chat, place } = row;
  if (!chat) return <span class="muted">{desk.watching.invited.value.has(row.visitor.id) ? v().invited : v().browsing}</span>;
  if (place > 0) return <Waits key={chat.waitingSince} chat={chat} place={place} away={desk.absent.value.has(chat.id)} />;
  const words = held(desk, chat);
  return <span class="tag" title={words}><Icon d={chatIcon} size={13} stroke={1} /><span class="cut">{words}</span></span>;
}

function Waits({ chat, place, away }: { chat: Chat; place: number; away: boolean }) {
  const since = chat.waitingSince ?? chat.at;
  const words = useComputed(() => {
    const time = elapsed(since, second.value);
    return away ? fill(v().waitsAway, { time }) : fill(v().waits, { time, place: placeText(place) });
  });
  return <span class="tag brass" key={`${away} ${place}`}><Icon d={clock} size={13} stroke={1} /><span class="cut">{words}</span></span>;
}

function held(desk: OperatorDesk, chat: Chat): string {
  const mine = desk.isMine(chat);
  const department = desk.handovers.value.get(chat.id);
  const name = chat.operator?.name ?? "";
  if (department) return fill(mine ? v().myHandover : v().handover, { name, department: desk.departments.value.find((each) => each.id === department)?.name ?? department });
  return mine ? v().withYou : fill(v().withName, { name });
}

/** `mayInvite`: whoever is asked finds somebody. */
export interface Deeds { next: Chat | null; mayOpen: boolean; mayInvite: boolean; onShow(id: string): void }

/** `big`: as on a phone, where a button is as wide as its card. */
export function Action({ desk, row, next, mayOpen, mayInvite, onShow, big = false }: Deeds & { desk: OperatorDesk; row: Row; big?: boolean }) {
  const { chat, place } = row;
  const size = big ? "btn wide" : "btn sm";
  const who = { name: nameOf(row), id: idOf(row) };
  if (!chat) {
    if (!mayInvite || !isIdle(row)) return null;
    // Pressed, it stays where the focus is.
    const done = desk.watching.invited.value.has(row.visitor.id);
    return (
      <button class={size} aria-disabled={done} aria-label={fill(v().inviteWho, who)}
        onClick={() => done || desk.watching.invite(row.visitor.id)}>{v().invite}</button>
    );
  }
  if (place > 0) return <Serve desk={desk} chat={chat} next={next} mayOpen={mayOpen} size={size} big={big} />;
  if (desk.isMine(chat)) return <button class={`${size} quiet`} aria-label={fill(v().showWho, who)} onClick={() => onShow(chat.id)}>{v().show}</button>;
  const going = desk.underWay.value.has(`take_over ${chat.id}`);
  return (
    <button class={`${size} quiet`} aria-busy={going} aria-label={fill(v().takeOverWho, who)}
      onClick={() => { if (!going) desk.takeOver(chat.id); onShow(chat.id); }}>{v().takeOver}</button>
  );
}

/** One channel more serves whom the line says; the others see after whom they come. */
function Serve({ desk, chat, next, mayOpen, size, big }: { desk: OperatorDesk; chat: Chat; next: Chat | null; mayOpen: boolean; size: string; big: boolean }) {
  if (!mayOpen || !next) return null;
  if (next.id !== chat.id) return <span class="meta">{fill(v().after, { name: nameOf(next) })}</span>;
  const opening = desk.underWay.value.has("open_channel");
  return (
    <button class={`${size} primary`} aria-busy={opening} onClick={() => !opening && desk.openChannel()}>
      {big ? fill(v().openChannelFor, { name: nameOf(chat) }) : v().openChannel}
    </button>
  );
}
