/** The messages, what happened between them, and those that are still on their way. */

import type { ComponentChildren } from "preact";
import { useEffect, useLayoutEffect, useMemo, useRef } from "preact/hooks";

import { check, checks, chatEnded, clock, Icon, moved } from "../shared/icons.tsx";
import { clockTime, fill } from "../shared/language.ts";
import type { Entry } from "../shared/connection/outbox.ts";
import type { Session } from "./session.ts";
import { dayOf } from "./days.ts";
import { extras, files, lazily } from "./lazily.tsx";
import { isMessage, reachOf, type Line, type Message, type Notice, type Talk } from "./talk.ts";
import type { FirstSay } from "./say.ts";

const Failed = lazily(extras, "Failed");
const Last = lazily(extras, "Last");
const Attached = lazily(files, "Attached");
const Sending = lazily(files, "Sending");
const Underway = lazily(files, "Underway");
const PrivacyNote = lazily(extras, "PrivacyNote");
const Linked = lazily(extras, "Linked", ({ text }) => <>{text}</>);
/** Whether there may be an address in it; those who look closely are fetched only then. */
const ADDRESS = /:\/\/|www\.|@|\.\p{L}+\//iu;

export function Log({ session, say, children }: { session: Session; say: FirstSay; children: ComponentChildren }) {
  const box = useRef<HTMLDivElement>(null);
  const atEnd = useRef(true);
  const talk = session.talk.value;
  const pending = session.pending.value;
  const lines = talk?.lines ?? [];
  const chosen = session.files.chosen.value;
  const writing = session.typing.shown.value;
  const look = session.appearance.value;
  const last = session.talks.previous.value;
  const lastOwn = pending.length > 0 ? null : lines.findLast((line) => isMessage(line) && line.from === "visitor");

  // Long conversations are not looked through again for each letter that is typed.
  const today = new Date().toDateString();
  const drawn = useMemo(() => {
    const sent = (from: number, next?: Line) => session.files.between(talk, from, next?.seq)
      .map((each) => <Sending key={each.key} chosen={each} session={session} say={say} />);
    return [...sent(0, lines[0]), ...lines.flatMap((line, i) => [dayLine(lines, i, say), isMessage(line)
      ? <Bubble key={line.seq} line={line} session={session} say={say} mark={line === lastOwn ? talk! : null} fallback={look?.operator_name} />
      : <Note key={line.seq} line={line} say={say} />, ...sent(line.seq, lines[i + 1])])];
  }, [talk, lastOwn, look, today, chosen]);

  // Stays at the end if it was there; who reads further up is left alone.
  useLayoutEffect(() => {
    if (atEnd.current) box.current!.scrollTop = box.current!.scrollHeight;
  });
  // The composer grows and the strip comes and goes: the last line stays in view.
  useEffect(() => {
    const watch = new ResizeObserver(() => atEnd.current && box.current && (box.current.scrollTop = box.current.scrollHeight));
    watch.observe(box.current!);
    return () => watch.disconnect();
  }, []);
  useEffect(() => {
    const inView = () => session.look();
    session.look();
    document.addEventListener("visibilitychange", inView);
    return () => document.removeEventListener("visibilitychange", inView);
  }, []);
  const onScroll = () => {
    const { scrollTop, scrollHeight, clientHeight } = box.current!;
    atEnd.current = scrollHeight - scrollTop - clientHeight < 40;
  };

  return (
    <div ref={box} class="log" role="log" aria-live="polite" aria-label={say.texts.messages} tabIndex={0} onScroll={onScroll}>
      {last && last.id !== talk?.id && <Last talk={last} session={session} say={say} fallback={look?.operator_name} />}
      {session.greeting && talk?.status !== "waiting" && <p class="welcome" dir="auto">{session.greeting}</p>}
      {look?.privacy && !talk && <PrivacyNote privacy={look.privacy} say={say} />}
      {drawn}
      {pending.map((entry, i) => (
        <Pending key={entry.key} entry={entry} session={session} say={say} last={i === pending.length - 1} />
      ))}
      {writing !== null && (
        <div class="m operator">
          <div class="bubble dots" aria-hidden="true"><i /><i /><i /></div>
          <div class="by">{fill(say.texts.writing, { name: writing })}</div>
        </div>
      )}
      {children}
    </div>
  );
}

/** A line with the day, before the first that was said on it. */
function dayLine(lines: Line[], i: number, { language }: FirstSay) {
  const day = (at: string) => new Date(at).toDateString();
  const line = lines[i]!;
  return i > 0 && day(lines[i - 1]!.at) === day(line.at) ? null
    : <p key={`day${line.seq}`} class="day"><span>{dayOf(language, new Date(line.at), new Date())}</span></p>;
}

export function Bubble({ line, session, say, mark, fallback }: {
  line: Message; session: Session; say: FirstSay; mark: Talk | null; fallback: string | undefined;
}) {
  const mine = line.from === "visitor";
  const time = clockTime(say.language, line.at);
  const reach = mark && reachOf(mark, line.seq);
  return (
    <div class={mine ? "m visitor" : "m operator"}>
      {line.text && <div class="bubble" dir="auto">{ADDRESS.test(line.text) ? <Linked text={line.text} /> : line.text}</div>}
      {line.files && <Attached line={line} session={session} say={say} />}
      {!mine && <div class="by"><b>{line.author ?? fallback}</b><time dateTime={line.at}>{time}</time></div>}
      {reach && (
        <div class={reach === "read" ? "by read" : "by"}>
          <Icon d={reach === "sent" ? check : checks} size={14} stroke={1.1} />{say.texts[reach]} <time dateTime={line.at}>{time}</time>
        </div>
      )}
    </div>
  );
}

function Pending({ entry, session, say, last }: { entry: Entry; session: Session; say: FirstSay; last: boolean }) {
  const { texts } = say;
  return (
    <div class="m visitor">
      {entry.text && <div class="bubble" dir="auto">{entry.text}</div>}
      {entry.files && <Underway files={entry.files} say={say} />}
      {entry.state === "failed" && <Failed entry={entry} session={session} say={say} />}
      {entry.state === "sending" && last && <div class="by"><Icon d={clock} size={14} stroke={1.1} />{session.away.value ? texts.later : texts.sending}</div>}
      {entry.state === "stored" && last && <div class="by"><Icon d={check} size={14} stroke={1.1} />{texts.sent}</div>}
    </div>
  );
}

function Note({ line, say }: { line: Notice; say: FirstSay }) {
  const text = noticeText(line, say);
  if (!text) return null;
  return <p class="note"><Icon d={line.kind === "assigned" || line.kind === "transferred" ? moved : chatEnded} size={15} stroke={1.1} />{text}</p>;
}

function noticeText(line: Notice, { texts }: FirstSay): string | null {
  switch (line.kind) {
    case "assigned":
    case "transferred":
      return line.name ? fill(texts.joined, { name: line.name }) : null;
    case "ended":
      if (line.by === "visitor") return texts.endedByYou;
      return line.name ? fill(texts.endedBy, { name: line.name }) : texts.ended;
    case "left_line":
      return texts.left;
    default:
      return null;
  }
}
