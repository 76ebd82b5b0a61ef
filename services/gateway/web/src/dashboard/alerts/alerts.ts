/** Tells the operator what is new: by the bell, on the desktop, in the tab's icon, and on the page itself. */

import { effect, signal, untracked } from "@preact/signals";

import type { Chat } from "../chats.ts";
import type { Counter } from "../counter.ts";
import { inFocus } from "../keyboard/chosen.ts";
import type { OperatorDesk } from "../operator.ts";
import { onOpened, renew } from "../push.ts";
import { choices, usually } from "../preferences/choices.ts";
import { addressOf } from "../route.ts";
import { language, nameOf } from "../ui.tsx";
import { badge } from "./badge.ts";
import { prepare, ring } from "./bell.ts";
import { forUs } from "./calls.ts";
import { calledSince, loudest, newsBetween, type News } from "./news.ts";
import { clear, lookAgain, notify } from "./notify.ts";
import { ALERTS } from "./texts.ts";
import { claim } from "./turns.ts";

/** Conversations that came onto our channels and were not looked at since. */
export const arrived = signal<readonly string[]>([]);
/** Alerts that were put aside: they are not shown again, unless the conversation is answered and called for anew. */
export const putAside = signal<ReadonlySet<string>>(new Set());

/** Opens a conversation wherever the operator is. */
export function goTo(counter: Counter, id: string): void {
  location.hash = addressOf("chat");
  counter.show(id);
}

export function installAlerts(desk: OperatorDesk, counter: Counter): void {
  const teller = new Teller(counter);
  prepare();
  effect(() => badge(desk.ourTurn.value));
  effect(() => {
    const { sounds = true } = desk.settings.value;
    untracked(() => usually("sounds", sounds));
  });
  document.addEventListener("visibilitychange", () => !document.hidden && (clear(), lookAgain()));
  onOpened((conversation) => goTo(counter, conversation));
  effect(() => {
    const me = desk.me.value?.id;
    if (me) void renew(me, language.value).catch(() => {});
  });
  followNews(desk, teller);
  followAlerts(desk, teller);
  effect(() => {
    const seen = new Set(counter.docked.value.filter((each) => !each.minimised).map((each) => each.id));
    const chats = desk.chats.value;
    untracked(() => keepOnly(arrived.value.filter((id) => !seen.has(id) && chats.get(id)?.status === "open")));
  });
}

function keepOnly(ids: readonly string[]): void {
  if (ids.length !== arrived.value.length) arrived.value = ids;
}

/** What a page finds when it is loaded is no news, though it may come in several frames; what it finds on its return is. */
function followNews(desk: OperatorDesk, teller: Teller): void {
  let before: ReadonlyMap<string, Chat> | null = null;
  let whose: string | null = null;
  let returned = false;
  effect(() => {
    const after = desk.chats.value;
    const me = desk.me.value?.id ?? null;
    const known = me === whose ? before : null;
    returned = known !== null && (returned || desk.away.value);
    before = me ? after : null;
    whose = me;
    if (!known || !me) return;
    untracked(() => {
      const news = newsBetween(known, after, me, desk.online.value);
      teller.tell(returned ? news : news.filter(({ chat }) => known.has(chat.id) || chat.lines !== null), me);
    });
  });
}

function followAlerts(desk: OperatorDesk, teller: Teller): void {
  let before: ReadonlySet<string> | null = null;
  effect(() => {
    const me = desk.me.value?.id;
    const alerts = forUs(desk.alerts.value, me, desk.desk.value?.operators ?? []);
    const calls = before ? calledSince(before, alerts) : [];
    before = me ? new Set(alerts.map((chat) => chat.id)) : null;
    untracked(() => {
      const aside = [...putAside.value].filter((id) => before?.has(id));
      if (aside.length !== putAside.value.size) putAside.value = new Set(aside);
      if (me) teller.tell(calls, me);
    });
  });
}

class Teller {
  private readonly counter: Counter;

  constructor(counter: Counter) {
    this.counter = counter;
  }

  tell(all: readonly News[], me: string): void {
    const docked = this.counter.docked.value.filter((each) => !each.minimised).map((each) => each.id);
    const came = all.filter(({ kind, chat }) => kind === "conversation" && chat.operator?.id === me && !docked.includes(chat.id));
    if (came.length) arrived.value = [...new Set([...arrived.value, ...came.map(({ chat }) => chat.id)])];
    const first = loudest(all.filter((each) => !this.isAttended(each)));
    if (first) void this.sound(first);
    for (const each of all) void this.show(each);
  }

  /** Nobody needs to be called to where they are writing already. */
  private isAttended({ chat }: News): boolean {
    return inFocus.value === chat.id && document.hasFocus();
  }

  private async sound(news: News): Promise<void> {
    if (choices.sounds.value && (await claim(`ring ${nameFor(news)}`))) ring(news.kind);
  }

  private async show(news: News): Promise<void> {
    if (!choices.notifications.value) return;
    if (!(await claim(`show ${nameFor(news)}`)) || !document.hidden) return;
    notify(news.chat.id, nameOf(news.chat), bodyOf(news), () => goTo(this.counter, news.chat.id));
  }
}

/** The same in every tab, and another for what comes later. */
const nameFor = ({ kind, chat }: News) => `${kind} ${chat.id} ${kind === "unanswered" ? chat.unansweredSince : chat.seq}`;

function bodyOf({ kind, chat }: News): string {
  const texts = ALERTS[language.value];
  if (kind === "unanswered") return texts.waitsLong;
  if (chat.status === "waiting") return texts.inLine;
  return chat.last?.from === "visitor" ? chat.last.text : texts.withYouNow;
}
