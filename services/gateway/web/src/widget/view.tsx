/** The widget: the launcher, or the window over it. */

import type { RefObject } from "preact";
import { useEffect, useRef } from "preact/hooks";

import { bell, bellRings, clock, Icon, mail } from "../shared/icons.tsx";
import { fill, pickLanguage, type Language } from "../shared/language.ts";
import type { Session } from "./session.ts";
import { TEXTS, type WidgetTexts } from "./texts.ts";
import { isOngoing } from "./views.ts";
import { Window } from "./window.tsx";

export interface Say { language: Language; texts: WidgetTexts }

export function Widget({ session, locale }: { session: Session; locale: string }) {
  const language = pickLanguage(session.appearance.value?.language, locale);
  const say: Say = { language, texts: TEXTS[language] };
  const launcher = useRef<HTMLButtonElement>(null);
  const wasOpen = useRef(false);
  const open = session.open.value;

  // The focus comes back to where the window came from.
  useEffect(() => {
    if (wasOpen.current && !open) launcher.current?.focus();
    wasOpen.current = open;
  }, [open]);

  if (!session.shown.value) return null;
  return (
    <div class="root" lang={language}>
      {open ? <Window session={session} say={say} /> : <Launcher session={session} say={say} button={launcher} />}
    </div>
  );
}

function Launcher({ session, say, button }: { session: Session; say: Say; button: RefObject<HTMLButtonElement | null> }) {
  const { texts } = say;
  const unread = session.talks.unread.value;
  const talk = session.talk.value;
  const waiting = talk?.status === "waiting";
  const form = session.availability.value === "form" && !isOngoing(talk?.status);
  const label = waiting ? texts.inLine : form ? texts.leave : texts.launcher;
  return (
    <button ref={button} class={form ? "launcher form" : "launcher"} aria-haspopup="dialog" onClick={() => session.show(true)}
      aria-label={unread ? `${label}, ${fill(texts.unread, { n: unread })}` : undefined}>
      <span class={unread ? "swing" : ""} key={unread}>
        <Icon d={waiting ? clock : form ? mail : unread ? bellRings : bell} size={24} />
      </span>
      <span class="label">
        {label}
        {waiting && talk.place !== undefined && <small>{fill(texts.place, { n: talk.place })}</small>}
      </span>
      {unread > 0 && <span class="count">{unread}</span>}
    </button>
  );
}
