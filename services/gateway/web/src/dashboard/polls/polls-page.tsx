/** Polls: the list beside the one that is chosen, with what visitors see of it. */

import "./polls.css";

import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";

import { ballot, Icon, noSignal, plus } from "../../shared/icons.tsx";
import { useList, useListKeys, useNowAndThen, type List } from "../list.ts";
import type { OperatorDesk } from "../operator.ts";
import { Notice, Segments, Skeleton } from "../parts.tsx";
import { Failure } from "../rest.ts";
import { addressOf } from "../route.ts";
import { Empty, language, narrow, t } from "../ui.tsx";
import { useKeptFocus } from "../settings/kept-focus.ts";
import { Detail } from "./detail.tsx";
import { Editor } from "./editor.tsx";
import { contentOf, type Form } from "./form.ts";
import { Preview } from "./preview.tsx";
import type { Counted, Poll, State } from "./rest.ts";
import * as rest from "./rest.ts";
import { POLLS } from "./texts.ts";
import { shortWords, StateTag } from "./wording.tsx";

const LIST_MS = 10_000;
const LIVE_MS = 2_000;
const STILL_MS = 15_000;
const FILTERS = ["open", "planned", "closed", "archived"] as const satisfies readonly State[];

interface Shop { shop: string; languages: readonly string[]; zone: string }

/** `open`: a poll, `new`, or null. */
export function PollsPage({ shop, desk, open }: { shop: string; desk: OperatorDesk; open: string | null }) {
  const texts = POLLS[language.value];
  const { languages = [], time_zone: zone = "UTC" } = desk.settings.value;
  const [state, setState] = useState<State | "">("");
  const [writing, setWriting] = useState(false);
  const list = useList((cursor) => rest.list(shop, state, cursor), [shop, state]);
  useNowAndThen(() => void (list.long || list.again()), LIST_MS);
  useListKeys((by) => {
    const links = [...document.querySelectorAll<HTMLElement>(".po-list a")];
    links[Math.max(0, Math.min(links.length - 1, links.findIndex((each) => each.ariaCurrent === "true") + by))]?.click();
  });
  const page = useRef<HTMLElement>(null);
  useKeptFocus(page);
  if (languages.length === 0) return <main ref={page} class="po" tabIndex={-1}><div class="card"><Skeleton /></div></main>;
  // Where there is room for both, one of the list stands beside it.
  const first = list.rows?.find((poll) => poll.state === "open") ?? list.rows?.[0];
  const shown = open ?? (narrow.value ? null : first?.id ?? null);
  const changed = () => void list.again();
  // Both show the same numbers.
  const seen = (poll: Counted) => list.change((rows) => rows.map((row) => (row.id === poll.id ? { ...row, votes: poll.votes, state: poll.state } : row)));
  return (
    <main ref={page} class={open === null ? "po po-all" : "po"} tabIndex={-1}>
      <header class="row po-top">
        <Segments<State | ""> label={texts.filter} value={state} onChange={setState} options={[{ value: "", label: texts.all }, ...FILTERS.map((value) => ({ value, label: texts.filters[value]! }))]} />
        <a class={writing ? "btn ends" : "btn primary ends"} href={addressOf("polls", "new")}><Icon d={plus} />{texts.new}</a>
      </header>
      <div class="po-cols">
        <Rows list={list} state={state} shown={shown} onAll={() => setState("")} />
        {shown === "new" ? <Writing key="new" shop={shop} languages={languages} zone={zone} poll={null} onWriting={setWriting} onChanged={changed} onBack={() => (location.hash = addressOf("polls"))} onSaved={(poll) => (location.hash = addressOf("polls", poll.id))} />
          : shown !== null && <One key={shown} shop={shop} id={shown} languages={languages} zone={zone} onWriting={setWriting} onChanged={changed} onSeen={seen} />}
      </div>
    </main>
  );
}

function Rows({ list, state, shown, onAll }: { list: List<Poll>; state: State | ""; shown: string | null; onAll(): void }) {
  const texts = POLLS[language.value];
  const retry = <button class="btn" onClick={() => void list.again()}>{t().tryAgain}</button>;
  if (list.rows === null) return <div class="card po-list">{list.failed ? <Empty icon={noSignal} title={texts.failed} hint={texts.failedHint}>{retry}</Empty> : <Skeleton rows={4} />}</div>;
  if (list.rows.length === 0) {
    return (
      <div class="card po-list">
        {state ? <Empty icon={ballot} title={texts.noneHere} hint={texts.noneHereHint}><button class="btn" onClick={onAll}>{texts.showAll}</button></Empty>
          : <Empty icon={ballot} title={texts.none} hint={texts.noneHint} />}
      </div>
    );
  }
  return (
    <nav class="card po-list" aria-label={texts.list}>
      {list.failed && <Notice tone="red" action={retry}>{texts.failedShort}</Notice>}
      {list.rows.map((poll) => (
        <a key={poll.id} href={addressOf("polls", poll.id)} aria-current={poll.id === shown ? "true" : undefined}>
          <b dir="auto">{poll.content.question}</b>
          <span class="row meta"><StateTag poll={poll} /><span class="cut">{shortWords(poll)}</span></span>
        </a>
      ))}
      {list.next && <button class="btn sm" onClick={() => void list.more()}>{texts.showMore}</button>}
    </nav>
  );
}

function One({ shop, id, languages, zone, onWriting, onChanged, onSeen }: Shop & { id: string; onWriting(is: boolean): void; onChanged(): void; onSeen(poll: Counted): void }) {
  const texts = POLLS[language.value];
  const [poll, setPoll] = useState<Counted | null>(null);
  const [failure, setFailure] = useState<"gone" | "failed" | null>(null);
  const [editing, setEditing] = useState(false);
  const isAsking = useRef(false);
  const look = async () => {
    if (isAsking.current) return;
    isAsking.current = true;
    await rest.read(shop, id).then((found) => {
      setPoll(found);
      onSeen(found);
      setFailure(null);
    }, (error: unknown) => setFailure(error instanceof Failure && error.status === 404 ? "gone" : "failed"));
    isAsking.current = false;
  };
  useEffect(() => void look(), [id]);
  useNowAndThen(() => void (poll && poll.state !== "draft" && !editing && look()), poll?.state === "open" ? LIVE_MS : STILL_MS);
  const leave = () => (location.hash = addressOf("polls"));
  if (!poll || failure === "gone") {
    return (
      <div class="card po-one">
        {failure === "gone" ? <Empty icon={ballot} title={texts.gone} hint={texts.goneHint}><a class="btn" href={addressOf("polls")}>{texts.back}</a></Empty>
          : failure ? <Empty icon={noSignal} title={texts.failed} hint={texts.failedHint}><button class="btn" onClick={() => void look()}>{t().tryAgain}</button></Empty>
          : <Skeleton />}
      </div>
    );
  }
  if (poll.state === "draft" || editing) {
    const saved = (found: Counted) => {
      setPoll(found);
      if (found.state !== "draft") setEditing(false);
    };
    return <Writing shop={shop} languages={languages} zone={zone} poll={poll} onWriting={onWriting} onChanged={onChanged} onBack={() => (editing ? setEditing(false) : leave())} onSaved={saved} />;
  }
  const changed = (found: Counted | null) => {
    if (found) setPoll(found);
    else leave();
    onChanged();
  };
  return <><Detail shop={shop} poll={poll} stale={failure !== null} onChanged={changed} onEdit={() => setEditing(true)} /><Preview content={poll.content} counts={poll.counts} /></>;
}

function Writing({ shop, languages, zone, poll, onWriting, onChanged, onBack, onSaved }: Shop & { poll: Counted | null; onWriting(is: boolean): void; onChanged(): void; onBack(): void; onSaved(poll: Counted): void }) {
  const [form, setForm] = useState<Form | null>(null);
  // One main button at a time: here it is the one that opens the poll.
  useLayoutEffect(() => {
    onWriting(true);
    return () => onWriting(false);
  }, []);
  const saved = (found: Counted) => {
    onSaved(found);
    onChanged();
  };
  const gone = () => {
    onChanged();
    location.hash = addressOf("polls");
  };
  return (
    <>
      <Editor shop={shop} poll={poll} languages={languages} zone={zone} onForm={setForm} onSaved={saved} onGone={gone} onBack={onBack} />
      {form && <Preview content={contentOf(form, zone)} {...(poll && { counts: poll.counts })} />}
    </>
  );
}
