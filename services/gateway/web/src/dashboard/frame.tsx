/** What stands on every page: rail, desk bar, account. */

import type { ComponentChildren } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";

import { chat as chatIcon, clock, cross, history as historyIcon, Icon, inbox as inboxIcon, leave, plus, up } from "../shared/icons.tsx";
import { fill, plural } from "../shared/language.ts";
import { toAnswer } from "./inbox/counts.ts";
import type { OperatorDesk } from "./operator.ts";
import { addressOf, type PageName } from "./route.ts";
import { choose, language, LanguageChoice, Logo, Switch, t, theme, TurnMark, type Theme } from "./ui.tsx";

export function pageTitle(page: PageName): string {
  const texts = t();
  return { chat: texts.chat, history: texts.history, offline: texts.inbox, person: texts.person, receipt: texts.receipt }[page];
}

export function Frame({ desk, page, children }: { desk: OperatorDesk; page: PageName; children: ComponentChildren }) {
  return (
    <div class="app">
      <Rail desk={desk} page={page} />
      <div class="main">
        <DeskBar desk={desk} page={page} />
        <Refusal desk={desk} />
        {children}
        {page !== "chat" && <RecapTab desk={desk} />}
      </div>
    </div>
  );
}

function Rail({ desk, page }: { desk: OperatorDesk; page: PageName }) {
  const texts = t();
  const turns = desk.ourTurn.value;
  return (
    <nav class="rail" aria-label={texts.main}>
      <Logo />
      <RailLink to="chat" at={page} icon={chatIcon} label={texts.chat}>
        {turns > 0 && <span class="count" aria-label={`${turns} ${texts.yourTurn}`}>{turns}</span>}
      </RailLink>
      <RailLink to="history" at={page} icon={historyIcon} label={texts.history} />
      <RailLink to="offline" at={page} icon={inboxIcon} label={texts.inbox}>
        {toAnswer.value > 0 && <span class="count quiet" aria-label={plural(language.value, toAnswer.value, texts.toAnswer)}>{toAnswer.value}</span>}
      </RailLink>
    </nav>
  );
}

/** The entry of the rail to which a page belongs. */
const railOf = (page: PageName): PageName => (page === "person" || page === "receipt" ? "history" : page);

function RailLink({ to, at, icon, label, children }: { to: PageName; at: PageName; icon: string; label: string; children?: ComponentChildren }) {
  return (
    <a href={addressOf(to)} aria-current={railOf(at) === to ? "page" : undefined}><Icon d={icon} size={21} /><span class="cut">{label}</span>{children}</a>
  );
}

/** At the foot of every page but the chat: the conversations go on. */
function RecapTab({ desk }: { desk: OperatorDesk }) {
  const texts = t();
  const ongoing = desk.ongoing.value.length;
  const turns = desk.ourTurn.value;
  if (ongoing === 0) return null;
  return (
    <a class="recapbar" href={addressOf("chat")} aria-label={texts.backToChat}>
      <Icon d={chatIcon} size={17} />{plural(language.value, ongoing, texts.ongoingCount)}
      {turns > 0 && <TurnMark turn="ours" word={plural(language.value, turns, texts.yourTurnCount)} />}
      <Icon d={up} />
    </a>
  );
}

function DeskBar({ desk, page }: { desk: OperatorDesk; page: PageName }) {
  const texts = t();
  const state = desk.desk.value;
  const online = desk.online.value;
  const mine = desk.channels.value;
  const busy = mine.filter((each) => each.conversation).length;
  const atLimit = state !== null && state.busy >= state.limit;
  return (
    <header class="desk">
      <h1>{pageTitle(railOf(page))}</h1>
      <span class="sep" />
      <OnlineSwitch desk={desk} />
      <span class="sep" />
      <div class="facts-row" role="status">
        {desk.away.value
          ? <span class="tag brass"><i class="spin" />{texts.reconnecting}</span>
          : online && state
            ? <>
              <span class="row">
                <span class="chan" aria-hidden="true">{mine.slice(0, 12).map((each) => <i key={each.channel} class={each.conversation ? "busy" : ""} />)}</span>
                <span><b>{fill(texts.of, { a: busy, b: mine.length })}</b> <span class="muted wide-only">{desk.manual.value ? texts.openBusy : texts.channelsBusy}</span></span>
              </span>
              <span class="sep" />
              <span class="muted">{texts.shop} <b class="ink">{fill(texts.of, { a: state.busy, b: state.limit })}</b></span>
              {atLimit && state.waiting === 0 && <span class="tag brass">{texts.atLimit}</span>}
            </>
            : state && <span class="muted cut">{texts.offlineHint}</span>}
        {state && state.waiting > 0 && <span class="tag brass"><Icon d={clock} size={14} stroke={1.1} />{plural(language.value, state.waiting, texts.waitingCount)}</span>}
      </div>
      {online && desk.manual.value && <Channels desk={desk} />}
      <Account desk={desk} />
    </header>
  );
}

export function OnlineSwitch({ desk }: { desk: OperatorDesk }) {
  const online = desk.online.value;
  const under = desk.underWay.value;
  const busy = under.has("go_online") || under.has("go_offline");
  return <Switch on={online} busy={busy} label={online ? t().online : t().offline} onChange={(on) => desk.goOnline(on)} />;
}

function Channels({ desk }: { desk: OperatorDesk }) {
  const free = desk.channels.value.findLast((each) => !each.conversation);
  return (
    <>
      <button class="btn sm" onClick={() => desk.openChannel()}><Icon d={plus} size={15} />{t().openChannel}</button>
      {free && <button class="btn sm quiet" onClick={() => desk.closeChannel(free.channel)}><Icon d={cross} size={15} />{t().closeChannel}</button>}
    </>
  );
}

/** What the desk refused, in words, until it is closed or something else is asked. */
function Refusal({ desk }: { desk: OperatorDesk }) {
  const refusal = desk.refusal.value;
  if (!refusal) return null;
  const why = t().codes[refusal.code] ?? refusal.code;
  return (
    <p class="note red bar" role="alert">
      <span class="grow">{fill(t().notDone, { why })}</span>
      <button class="ib" aria-label={t().close} onClick={() => (desk.refusal.value = null)}><Icon d={cross} /></button>
    </p>
  );
}

function Account({ desk }: { desk: OperatorDesk }) {
  const [open, setOpen] = useState(false);
  const box = useRef<HTMLDivElement>(null);
  const texts = t();
  const name = desk.me.value?.name ?? "";
  useEffect(() => {
    if (!open) return;
    const close = (event: Event) => {
      const away = event instanceof KeyboardEvent ? event.key === "Escape" : !box.current?.contains(event.target as Node);
      if (away) setOpen(false);
    };
    addEventListener("pointerdown", close);
    addEventListener("keydown", close);
    return () => {
      removeEventListener("pointerdown", close);
      removeEventListener("keydown", close);
    };
  }, [open]);
  return (
    <div class="account" ref={box}>
      <button class="av t2" aria-expanded={open} aria-label={`${texts.account}: ${name}`} onClick={() => setOpen(!open)}>
        {name.slice(0, 2).toUpperCase()}
      </button>
      {open && (
        <div class="pop">
          <p><b>{name}</b><br /><span class="muted">{desk.shop.value?.name}</span></p>
          <LanguageChoice />
          <label class="row">
            <span class="sr">{texts.theme}</span>
            <select value={theme.value} onChange={(event) => choose("theme", event.currentTarget.value)}>
              {(["system", "light", "dark"] as Theme[]).map((each) => <option key={each} value={each}>{texts.theme} · {texts[each]}</option>)}
            </select>
          </label>
          <button class="btn sm" onClick={() => void desk.signOut().then(() => location.reload())}><Icon d={leave} />{texts.signOut}</button>
        </div>
      )}
    </div>
  );
}
