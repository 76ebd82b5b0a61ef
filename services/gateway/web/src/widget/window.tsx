/** The chat window: header, strip, messages, composer. */

import { useEffect, useRef, useState } from "preact/hooks";

import { bell, chatEnded, down, Icon } from "../shared/icons.tsx";
import { fill } from "../shared/language.ts";
import { Composer } from "./composer.tsx";
import { Log } from "./log.tsx";
import { PHONE, type Session } from "./session.ts";
import type { Say } from "./view.tsx";

export function Window({ session, say }: { session: Session; say: Say }) {
  const { texts } = say;
  const box = useRef<HTMLElement>(null);
  const [asking, setAsking] = useState(false);
  const phone = matchMedia(PHONE).matches;
  const talk = session.talk.value;
  const status = talk?.status;

  const onKey = (event: KeyboardEvent) => {
    // The shop's page has its own shortcuts: what is typed here is not for them.
    event.stopPropagation();
    if (event.key === "Escape") asking ? setAsking(false) : session.show(false);
    if (event.key === "Tab" && phone) holdFocus(event, box.current!);
  };

  return (
    <section ref={box} class="window" role="dialog" aria-modal={phone} aria-labelledby="title" onKeyDown={onKey}>
      <Header session={session} say={say} canEnd={status === "open"} onEnd={() => setAsking(true)} />
      <div role="status">
        {session.away.value && <p class="strip"><i class="spin" />{texts.reconnecting}</p>}
      </div>
      {status === "waiting" && <Waiting session={session} say={say} />}
      <Log session={session} say={say} />
      <Hint session={session} say={say} />
      {asking && status === "open"
        ? <AskEnd say={say} onEnd={() => { session.end(); setAsking(false); }} onKeep={() => setAsking(false)} />
        : <Composer session={session} say={say} />}
    </section>
  );
}

function Header({ session, say, canEnd, onEnd }: { session: Session; say: Say; canEnd: boolean; onEnd(): void }) {
  const look = session.appearance.value;
  const name = session.talk.value?.operator ?? look?.operator_name;
  return (
    <header>
      <span class="avatar" aria-hidden="true"><Icon d={bell} size={22} /></span>
      <div class="grow">
        <h2 id="title" class="cut">{look?.header || say.texts.launcher}</h2>
        {name && <p class="cut">{name}</p>}
      </div>
      {canEnd && (
        <button class="tool" onClick={onEnd} aria-label={say.texts.end} title={say.texts.end}><Icon d={chatEnded} size={19} /></button>
      )}
      <button class="tool" onClick={() => session.show(false)} aria-label={say.texts.close} title={say.texts.close}>
        <Icon d={down} size={20} />
      </button>
    </header>
  );
}

function Waiting({ session, say }: { session: Session; say: Say }) {
  const { texts } = say;
  const place = session.talk.value?.place;
  return (
    <div class="waiting">
      <span class="ring"><Icon d={bell} size={34} /></span>
      <p role="status">
        <b>{texts.inLine}</b>
        {place !== undefined && <span>{place === 1 ? texts.next : fill(texts.place, { n: place })}</span>}
      </p>
      <p class="quiet">{texts.lineHint}</p>
      <button class="link" onClick={() => session.end()}>{texts.leaveLine}</button>
    </div>
  );
}

/** One line over the composer: what writing will do, where that is not plain. */
function Hint({ session, say: { texts } }: { session: Session; say: Say }) {
  const status = session.talk.value?.status;
  const closed = session.phase.value.name === "closed";
  const availability = session.availability.value;
  const ongoing = status === "open" || status === "waiting";
  const text = closed ? texts.signedOut
    : ongoing ? null
    : status === "ended" ? texts.reopenHint
    : availability === "line" ? texts.busy
    : availability !== "online" ? texts.nobody
    : status === "archived" ? texts.over
    : null;
  return text ? <p class="hint" role="status">{text}</p> : null;
}

function AskEnd({ say: { texts }, onEnd, onKeep }: { say: Say; onEnd(): void; onKeep(): void }) {
  const keep = useRef<HTMLButtonElement>(null);
  useEffect(() => keep.current?.focus(), []);
  return (
    <div class="ask" role="alertdialog" aria-labelledby="ask" aria-describedby="ask-hint">
      <p id="ask"><b>{texts.endSure}</b></p>
      <p id="ask-hint" class="quiet">{texts.endHint}</p>
      <div class="buttons">
        <button class="btn danger" onClick={onEnd}>{texts.end}</button>
        <button ref={keep} class="btn" onClick={onKeep}>{texts.keepOpen}</button>
      </div>
    </div>
  );
}

/** On a phone the window is all there is: Tab goes round inside it. */
function holdFocus(event: KeyboardEvent, box: HTMLElement): void {
  const stops = [...box.querySelectorAll<HTMLElement>("button, textarea")].filter((each) => !each.hasAttribute("disabled"));
  const edge = event.shiftKey ? stops[0] : stops.at(-1);
  const root = box.getRootNode() as ShadowRoot;
  if (root.activeElement !== edge) return;
  event.preventDefault();
  (event.shiftKey ? stops.at(-1) : stops[0])?.focus();
}
