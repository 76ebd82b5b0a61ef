/** The bar on every page: whether we are online, our channels, the shop's limit, who waits, and the operator's tools. */

import "./desk-bar.css";

import type { ComponentChildren } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";

import { clock, Icon } from "../../shared/icons.tsx";
import { fill, plural } from "../../shared/language.ts";
import type { DeskState } from "../../shared/protocol.ts";
import { second } from "../now.ts";
import type { OperatorDesk } from "../operator.ts";
import { language } from "../ui.tsx";
import { ChannelCount, ManualChannels } from "./channels.tsx";
import { OnlineSwitch } from "./online-switch.tsx";
import { DESK_BAR_TEXTS } from "./texts.ts";

interface Props { desk: OperatorDesk }

/** `children`: the operator's tools, at the end. */
export function DeskBar({ desk, title, children }: Props & { title: string; children: ComponentChildren }) {
  const state = desk.desk.value;
  return (
    <header class={desk.manual.value && desk.online.value ? "desk by-hand" : "desk"}>
      <h1>{title}</h1>
      <span class="sep" />
      {desk.away.value ? <Reconnecting /> : state && <Facts desk={desk} state={state} />}
      <div class="desk-tools">{children}</div>
    </header>
  );
}

function Facts({ desk, state }: Props & { state: DeskState }) {
  const online = desk.online.value;
  const marked = online && isMarkedAway(desk, state);
  return (
    <>
      <OnlineSwitch desk={desk} />
      <span class="sep" />
      <div class="facts-row" role="status">
        {marked ? <Away desk={desk} state={state} /> : online ? <Numbers desk={desk} state={state} /> : <Offline desk={desk} state={state} />}
        <Waiting state={state} online={online} />
      </div>
      {online && !marked && desk.manual.value && <ManualChannels desk={desk} />}
      <LimitReached state={state} />
    </>
  );
}

const isMarkedAway = (desk: OperatorDesk, state: DeskState) =>
  state.operators.some((each) => each.id === desk.me.value?.id && each.away);

/** `open` is missing in what an older gateway tells. */
const isClosed = (state: DeskState) => state.open === false;
const isAtLimit = (state: DeskState) => state.busy >= state.limit;

function Numbers({ desk, state }: Props & { state: DeskState }) {
  const texts = DESK_BAR_TEXTS[language.value];
  return (
    <>
      <ChannelCount desk={desk} />
      <span class="sep" />
      <span class="muted of-shop">{texts.shop} <b class="ink">{fill(texts.of, { a: state.busy, b: state.limit })}</b></span>
      {isClosed(state) && <span class="tag brass"><Icon d={clock} size={14} stroke={1.1} />{texts.closed}</span>}
    </>
  );
}

function Waiting({ state, online }: { state: DeskState; online: boolean }) {
  const texts = DESK_BAR_TEXTS[language.value];
  const limited = online && isAtLimit(state);
  if (!limited && state.waiting === 0) return null;
  const words = limited ? (state.waiting > 0 ? plural(language.value, state.waiting, texts.atLimitWaiting) : texts.atLimit) : plural(language.value, state.waiting, texts.waiting);
  return <span class="tag brass"><Icon d={clock} size={14} stroke={1.1} />{words}</span>;
}

function Away({ desk, state }: Props & { state: DeskState }) {
  const texts = DESK_BAR_TEXTS[language.value];
  const there = state.operators.filter((each) => each.online && !each.away);
  const words = there.length === 0 ? texts.awayNobody : there.length > 1 ? texts.awayToAll : fill(texts.awayTo, { name: there[0]!.name });
  return (
    <>
      <span class="tag brass" title={words}><Icon d={clock} size={14} stroke={1.1} />{texts.away}</span>
      <span class="muted cut sentence away-words" title={words}>{words}</span>
      <button class="btn sm" onClick={() => desk.goOnline(true)}>{texts.back}</button>
    </>
  );
}

/** What the shop shows while we are not there, and where our finished conversations went. */
function Offline({ desk, state }: Props & { state: DeskState }) {
  const texts = DESK_BAR_TEXTS[language.value];
  const others = state.operators.some((each) => each.online && !each.away);
  const hidden = state.availability === "hidden";
  const shows = isClosed(state) ? (hidden ? texts.closedHidden : texts.closedForm)
    : state.availability === "online" || state.availability === "line" ? texts.othersOnline
    : others && isAtLimit(state) ? texts.othersBusy : hidden ? texts.showsNothing : texts.showsForm;
  const moved = desk.putAway.value;
  const words = moved > 0 ? `${shows} ${plural(language.value, moved, texts.putAway)}` : shows;
  return <span class="muted cut sentence" title={words}>{words}</span>;
}

/** The seconds are for the eye alone: read aloud each, they would drown everything else. */
function Reconnecting() {
  const texts = DESK_BAR_TEXTS[language.value];
  const since = useRef(Date.now());
  const seconds = Math.max(0, Math.round((second.value - since.current) / 1000));
  return (
    <div class="facts-row" role="status">
      <span class="tag brass sentence">
        <i class="spin" /><span class="cut">{texts.reconnecting}<span aria-hidden="true">, {seconds} s</span>. {texts.keepWriting}</span>
      </span>
    </div>
  );
}

/** Said at once, and once each time. */
function LimitReached({ state }: { state: DeskState }) {
  const limited = state.limit > 0 && isAtLimit(state);
  const before = useRef(limited);
  const [said, setSaid] = useState(false);
  useEffect(() => {
    setSaid(limited && !before.current);
    before.current = limited;
  }, [limited]);
  return <span class="sr" role="alert">{said && fill(DESK_BAR_TEXTS[language.value].limitReached, { n: state.limit })}</span>;
}
