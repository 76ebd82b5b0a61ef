/** The messages of a window: what was said, what is still on its way, who is writing. */

import { useEffect, useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";

import type { Entry } from "../../shared/connection/outbox.ts";
import { UploadCard } from "../../shared/files/upload-card.tsx";
import { check, clock, down, Icon, warning } from "../../shared/icons.tsx";
import { fill, plural } from "../../shared/language.ts";
import { reachOf, type Chat } from "../chats.ts";
import type { OperatorDesk } from "../operator.ts";
import { Skeleton } from "../parts.tsx";
import { Linked, Note, Transcript } from "../transcript.tsx";
import { language, nameOf, t } from "../ui.tsx";
import { FILES } from "./files/texts.ts";
import { WINDOW } from "./texts.ts";

/** Nearer than this to the end (px) counts as there: the newest is followed. */
const NEAR_PX = 40;

interface Props { desk: OperatorDesk; chat: Chat }

export function Messages({ desk, chat }: Props) {
  const texts = t();
  const unsent = desk.texts.value.filter((entry) => entry.lane === chat.id);
  const writing = desk.writing.value.has(chat.id);
  const lines = chat.lines ?? [];
  const name = nameOf(chat);
  const follow = useFollowing({ theirs: lines.at(-1)?.from === "visitor" ? lines.length : 0, ours: unsent.length, all: lines.length + (writing ? 0.5 : 0) });
  // A long conversation is not looked through again for each letter that is typed.
  const drawn = useMemo(() => <Transcript lines={lines} visitor={name} reach={(seq) => reachOf(chat, seq)} />,
    [chat.lines, name, chat.read["visitor"], chat.received?.["visitor"], texts]);
  const loading = lines.length === 0 && chat.seq > 0;

  return (
    <div class="log-box">
      <div ref={follow.box} class="log" role="log" aria-live="polite" aria-label={texts.messages} aria-busy={loading} tabIndex={0} onScroll={follow.onScroll}>
        {loading ? <Skeleton rows={2} /> : drawn}
        {unsent.map((entry) => <Unsent key={entry.key} desk={desk} entry={entry} />)}
        {writing && <p class="sys writing"><span class="dots-3" aria-hidden="true"><i /><i /><i /></span>{fill(texts.writing, { name: chat.visitor.name ?? texts.theVisitor })}</p>}
      </div>
      {follow.below > 0 && (
        <button class="to-newest" onClick={follow.toEnd}>
          <Icon d={down} size={14} stroke={1.1} />{plural(language.value, follow.below, WINDOW[language.value].newBelow)}
        </button>
      )}
    </div>
  );
}

/** Keeps the newest in view, unless somebody reads further up: then it counts what came below. What we send is always shown. */
function useFollowing({ theirs, ours, all }: { theirs: number; ours: number; all: number }) {
  const box = useRef<HTMLDivElement>(null);
  const atEnd = useRef(true);
  const seen = useRef({ theirs, ours });
  const [below, setBelow] = useState(0);
  const toEnd = () => {
    box.current!.scrollTop = box.current!.scrollHeight;
    atEnd.current = true;
    setBelow(0);
  };
  useLayoutEffect(() => {
    if (atEnd.current || ours > seen.current.ours) toEnd();
    else if (theirs > seen.current.theirs) setBelow((n) => n + 1);
    seen.current = { theirs: Math.max(seen.current.theirs, theirs), ours };
  }, [theirs, ours, all]);
  useEffect(() => {
    const watch = new ResizeObserver(() => atEnd.current && box.current && toEnd());
    watch.observe(box.current!);
    return () => watch.disconnect();
  }, []);
  const onScroll = () => {
    // A window that has just gone may still be told that it scrolled.
    if (!box.current) return;
    const { scrollTop, scrollHeight, clientHeight } = box.current;
    atEnd.current = scrollHeight - scrollTop - clientHeight < NEAR_PX;
    if (atEnd.current && below > 0) setBelow(0);
  };
  return { box, below, toEnd, onScroll };
}

function Unsent({ desk, entry }: { desk: OperatorDesk; entry: Entry }) {
  const isNote = entry.frame?.type === "note";
  return (
    <div class={isNote ? "q nt unsent" : "q ours unsent"}>
      {isNote ? <Note author={desk.me.value?.name ?? ""} text={entry.text ?? ""} /> : entry.text && <div class="bb" dir="auto"><Linked text={entry.text} /></div>}
      {entry.files && <div class="atts">{entry.files.map((file) => <UploadCard key={file.id} what={file} standing={{ state: "arrived", loaded: file.size }} language={language.value} texts={FILES[language.value]} />)}</div>}
      {entry.state === "failed" ? <Failed desk={desk} entry={entry} /> : <UnderWay desk={desk} entry={entry} />}
    </div>
  );
}

function UnderWay({ desk, entry }: { desk: OperatorDesk; entry: Entry }) {
  const texts = t();
  const stored = entry.state === "stored";
  return (
    <div class="by">
      <Icon d={stored ? check : clock} size={13} stroke={1} /><span>{stored ? texts.sent : desk.away.value ? texts.later : texts.sending}</span>
    </div>
  );
}

function Failed({ desk, entry }: { desk: OperatorDesk; entry: Entry }) {
  const texts = t();
  const why = entry.code ? texts.codes[entry.code] : undefined;
  return (
    <div class="by fail" role="alert">
      <Icon d={warning} size={13} stroke={1} />
      {entry.retryable
        ? <button onClick={() => desk.retry(entry)} title={why}>{texts.failed}</button>
        : <span>{why ? fill(texts.failedFor, { why }) : texts.failed}</span>}
      <button onClick={() => desk.discard(entry)}>{texts.discard}</button>
    </div>
  );
}
