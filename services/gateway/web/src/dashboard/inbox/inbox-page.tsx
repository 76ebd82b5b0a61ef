/** The offline inbox: messages that were left while nobody was there, and their answers. */

import "./inbox.css";

import type { ComponentChildren } from "preact";
import { useEffect, useState } from "preact/hooks";

import { download, Icon, inbox as inboxIcon, noSignal, search } from "../../shared/icons.tsx";
import { fill, plural } from "../../shared/language.ts";
import { useList, useListKeys, useNowAndThen, type List } from "../list.ts";
import { Notice, Segments, Skeleton } from "../parts.tsx";
import { Failure, settings } from "../rest.ts";
import { addressOf } from "../route.ts";
import { Empty, language, now, t } from "../ui.tsx";
import { counted, failedMails, toAnswer } from "./counts.ts";
import { MessageList } from "./message-list.tsx";
import { Reader, type Addresses } from "./reader.tsx";
import * as rest from "./rest.ts";
import { isMoving } from "./standing.ts";
import { INBOX } from "./texts.ts";
import { moment } from "./trail.tsx";

/** Where list and reader stand side by side, the newest message is open. */
const SIDE_BY_SIDE = "(min-width: 900px)";
/** How often the list is read anew; sooner while a mail is being tried. */
const LOOK_MS = 5_000;
const SOON_MS = 2_000;

/** `manages`: exports and deletes. */
export function InboxPage({ shop, open, manages }: { shop: string; open: string | null; manages: boolean }) {
  const texts = INBOX[language.value];
  const [status, setStatus] = useState<rest.StatusFilter>("");
  const [q, setQ] = useState("");
  const [queue, setQueue] = useState<rest.Queue | null>(null);
  const addresses = useAddresses(shop);
  const list = useList(async (cursor) => {
    const page = await rest.list(shop, { status, q: q.trim(), cursor });
    counted(page.counts);
    setQueue(page.mail);
    return page;
  }, [shop, status, q]);
  const rows = list.rows ?? [];
  const [other, setOther] = useOther(shop, open, rows);
  const shown = rows.find((row) => row.id === open) ?? (other?.id === open ? other : null);

  const moving = rows.some((row) => isMoving(row, now.value));
  useNowAndThen(() => list.long || void list.again(), moving ? SOON_MS : LOOK_MS);
  useEffect(() => {
    if (!open && rows[0] && matchMedia(SIDE_BY_SIDE).matches) location.replace(addressOf("offline", rows[0].id));
  }, [open, rows[0]?.id]);
  const step = (by: 1 | -1) => {
    const next = rows[rows.findIndex((row) => row.id === open) + by];
    if (next) location.hash = addressOf("offline", next.id);
  };
  useListKeys(step);
  const changed = async () => {
    if (!open) return;
    const fresh = await rest.read(shop, open).catch(() => null);
    if (fresh) list.change((before) => before.map((row) => (row.id === open ? fresh : row)));
    if (fresh) setOther(fresh);
    await list.again();
  };
  const gone = () => {
    const at = rows.findIndex((row) => row.id === open);
    const next = rows[at + 1] ?? rows[at - 1];
    list.change((before) => before.filter((row) => row.id !== open));
    location.replace(addressOf("offline", matchMedia(SIDE_BY_SIDE).matches ? next?.id : null));
    void list.again();
  };

  return (
    <main tabIndex={-1} class={`ob ${open ? "reading" : ""}`}>
      <div class="ol">
        <div class="top" role="search">
          <div class="row">
            <Filter status={status} onChange={(status) => setStatus(status)} />
            {manages && <a class="ib lg ends" href={rest.exportAddress(shop, { status, q })} download aria-label={texts.export} title={texts.export}><Icon d={download} size={18} /></a>}
          </div>
          <label class="in"><Icon d={search} /><span class="sr">{texts.search}</span>
            <input type="search" value={q} placeholder={texts.search} maxLength={200} onInput={(event) => setQ(event.currentTarget.value)} />
          </label>
        </div>
        <Silence shop={shop} queue={queue} onAsked={list.again} failed={status === "failed" && rows.length > 0} />
        <div class="scroll"><Rows list={list} q={q} status={status} onAll={() => { setQ(""); setStatus(""); }}><MessageList messages={rows} open={open} /></Rows></div>
      </div>
      {shown
        ? <Reader key={shown.id} shop={shop} manages={manages} message={shown} addresses={addresses} onStep={step} onChanged={changed} onGone={gone} />
        : <Nothing open={open} other={other} waits={list.rows === null} any={rows.length > 0} />}
    </main>
  );
}

/** A message that the address names and the list does not show. */
function useOther(shop: string, open: string | null, rows: readonly rest.Message[]) {
  const [other, setOther] = useState<rest.Message | null | "gone">(null);
  const listed = rows.some((row) => row.id === open);
  const look = () => {
    if (open && !listed) rest.read(shop, open).then(setOther, (error: unknown) => error instanceof Failure && error.status === 404 && setOther("gone"));
  };
  useEffect(look, [open, listed]);
  useNowAndThen(look, LOOK_MS);
  return [other === "gone" ? null : other, setOther] as const;
}

function Nothing({ open, other, waits, any }: { open: string | null; other: rest.Message | null; waits: boolean; any: boolean }) {
  const texts = INBOX[language.value];
  if (waits || (!open && !any)) return <div class="rd" />;
  return <div class="rd">{open && !other ? <Notice>{texts.gone}</Notice> : <Empty icon={inboxIcon} title={texts.pick} hint={texts.pickHint} />}</div>;
}

function Filter({ status, onChange }: { status: rest.StatusFilter; onChange(status: rest.StatusFilter): void }) {
  const texts = INBOX[language.value];
  return (
    <Segments label={texts.filter} value={status} onChange={onChange} options={[
      { value: "", label: texts.all }, { value: "new", label: texts.toAnswer, count: toAnswer.value }, { value: "answered", label: texts.answered },
      { value: "called", label: texts.called }, { value: "failed", label: texts.failed, count: failedMails.value },
    ]} />
  );
}

/** Says that mail does not get through, while it is so. */
function Silence({ shop, queue, failed, onAsked }: { shop: string; queue: rest.Queue | null; failed: boolean; onAsked(): Promise<void> }) {
  const texts = INBOX[language.value];
  const [trouble, setTrouble] = useState(false);
  const ask = () => {
    setTrouble(false);
    rest.retryAll(shop).then(onAsked, () => setTrouble(true));
  };
  const button = (word: string) => <button class="btn sm" onClick={ask}>{word}</button>;
  if (trouble) return <Notice tone="red" action={button(texts.tryAgain)}>{texts.retryFailed}</Notice>;
  if (queue && queue.waiting > 0 && queue.since) {
    const said = fill(plural(language.value, queue.waiting, texts.silent), { time: moment(queue.since) });
    return <Notice tone="brass" action={button(texts.retryNow)}>{said}</Notice>;
  }
  return failed ? <div class="more row">{button(texts.retryAll)}</div> : null;
}

/** The shop's addresses, as its settings have them. */
function useAddresses(shop: string): Addresses {
  const [addresses, setAddresses] = useState<Addresses>({ to: "", replyTo: "" });
  useEffect(() => {
    settings(shop).then(({ mail }) => setAddresses({ to: mail?.notify ?? "", replyTo: mail?.reply_to ?? "" }), () => {});
  }, [shop]);
  return addresses;
}

function Rows({ list, q, status, onAll, children }: { list: List<rest.Message>; q: string; status: rest.StatusFilter; onAll(): void; children: ComponentChildren }) {
  const texts = INBOX[language.value];
  const retry = <button class="btn" onClick={() => void list.again()}>{texts.tryAgain}</button>;
  if (list.rows === null) return list.failed ? <Empty icon={noSignal} title={texts.loadFailed} hint={texts.loadFailedHint}>{retry}</Empty> : <Skeleton rows={7} />;
  if (list.rows.length === 0) {
    if (q) return <Empty icon={search} title={fill(texts.noMatch, { q })} hint={texts.noMatchHint}><button class="btn" onClick={onAll}>{t().clearSearch}</button></Empty>;
    if (!status) return <Empty icon={inboxIcon} title={texts.none} hint={texts.noneHint}><a class="btn" href={addressOf("chat")}>{texts.goToChat}</a></Empty>;
    const done = status === "new";
    return <Empty icon={inboxIcon} title={done ? texts.allAnswered : texts.nothingHere} hint={done ? texts.allAnsweredHint : texts.nothingHereHint}><button class="btn" onClick={onAll}>{texts.showAll}</button></Empty>;
  }
  return (
    <>
      {list.failed && <Notice tone="red" action={retry}>{texts.stale}</Notice>}
      {children}
      {list.next && <div class="more row"><button class="btn" onClick={() => void list.more()}>{texts.showMore}</button></div>}
    </>
  );
}
