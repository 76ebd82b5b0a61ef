/** History: finished conversations, found and read again, or deleted. */

import { useEffect, useRef, useState } from "preact/hooks";

import { cross, history as historyIcon, Icon, search, trash } from "../shared/icons.tsx";
import { fill } from "../shared/language.ts";
import { lineOf, type Line } from "./chats.ts";
import * as rest from "./rest.ts";
import { Transcript } from "./transcript.tsx";
import { Avatar, Confirm, Empty, idOf, language, nameOf, t } from "./ui.tsx";

const TYPED_MS = 250;

export function HistoryPage({ shop }: { shop: string }) {
  const texts = t();
  const [q, setQ] = useState("");
  const [rows, setRows] = useState<rest.HistoryItem[] | null>(null);
  const [next, setNext] = useState<string | null>(null);
  const [failed, setFailed] = useState(false);
  const [open, setOpen] = useState<rest.HistoryItem | null>(null);
  const asked = useRef(0);

  const read = async (cursor?: string) => {
    // Only the answer to the latest question counts.
    const question = ++asked.current;
    try {
      const page = await rest.history(shop, { ...(q ? { q } : {}), ...(cursor ? { cursor } : {}) });
      if (question !== asked.current) return;
      setRows((before) => (cursor && before ? [...before, ...page.items] : page.items));
      setNext(page.next);
      setFailed(false);
    } catch {
      if (question === asked.current) setFailed(true);
    }
  };
  useEffect(() => {
    const timer = setTimeout(() => void read(), q ? TYPED_MS : 0);
    return () => clearTimeout(timer);
  }, [q, shop]);
  const removed = (id: string) => {
    setOpen(null);
    setRows((before) => before?.filter((row) => row.id !== id) ?? null);
  };

  return (
    <main class={`hist ${open ? "drawn" : ""}`}>
      <div class="bar2">
        <label class="in find"><Icon d={search} /><span class="sr">{texts.search}</span>
          <input type="search" value={q} placeholder={texts.search} onInput={(event) => setQ(event.currentTarget.value)} />
        </label>
      </div>
      {failed && <p class="note red bar" role="alert"><span class="grow">{texts.historyFailed}</span><button class="btn sm" onClick={() => void read()}>{texts.tryAgain}</button></p>}
      {rows === null ? !failed && <Skeleton /> : rows.length === 0
        ? <Empty icon={historyIcon} title={q ? fill(texts.nothingFound, { q }) : texts.nothingYet} hint={q ? "" : texts.nothingYetHint}>
          {q && <button class="btn" onClick={() => setQ("")}>{texts.clearSearch}</button>}
        </Empty>
        : <Table rows={rows} open={open} onOpen={setOpen} />}
      {next && <div class="pager"><button class="btn" onClick={() => void read(next)}>{texts.moreRows}</button></div>}
      {open && <Drawer key={open.id} shop={shop} item={open} onClose={() => setOpen(null)} onRemoved={() => removed(open.id)} />}
    </main>
  );
}

function Table({ rows, open, onOpen }: { rows: rest.HistoryItem[]; open: rest.HistoryItem | null; onOpen(row: rest.HistoryItem): void }) {
  const texts = t();
  return (
    <div class="card htab">
      <table>
        <thead>
          <tr><th>{texts.customer}</th><th>{texts.lastMessage}</th><th class="far">{texts.email}</th><th class="far">{texts.phone}</th><th>{texts.time}</th></tr>
        </thead>
        <tbody>
          {rows.map((row) => {
            const who = { visitor: row.customer };
            return (
              <tr key={row.id} class={open?.id === row.id ? "sel" : ""} onClick={() => onOpen(row)}>
                <td><div class="row"><Avatar chat={who} /><div><button class="name b5">{nameOf(who)}</button><br /><span class="meta">{idOf(who)}</span></div></div></td>
                <td><span class="cut line1">{row.last_message}</span></td>
                <td class="far">{row.customer.email}</td>
                <td class="far">{row.customer.phone}</td>
                <td class="muted nowrap">{row.last_message_at && moment(row.last_message_at)}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

function Drawer({ shop, item, onClose, onRemoved }: { shop: string; item: rest.HistoryItem; onClose(): void; onRemoved(): void }) {
  const texts = t();
  const [lines, setLines] = useState<Line[] | null>(null);
  const [failed, setFailed] = useState(false);
  const [asking, setAsking] = useState(false);
  const [error, setError] = useState<string>();
  const close = useRef<HTMLButtonElement>(null);
  const who = { visitor: item.customer };

  const load = () => {
    setFailed(false);
    rest.conversation(shop, item.id).then((found) => setLines(found.events.map(lineOf)), () => setFailed(true));
  };
  useEffect(() => {
    close.current?.focus();
    load();
  }, []);
  const remove = () => rest.deleteConversation(shop, item.id).then(onRemoved, () => setError(texts.removeFailed));

  return (
    <aside class="drawer" aria-label={`${texts.transcript}: ${nameOf(who)}`} onKeyDown={(event) => event.key === "Escape" && onClose()}>
      <header class="row">
        <Avatar chat={who} />
        <div class="grow"><h2 class="cut">{nameOf(who)}</h2><p class="meta">{idOf(who)}</p></div>
        <button ref={close} class="ib lg" aria-label={texts.close} onClick={onClose}><Icon d={cross} size={18} /></button>
      </header>
      {(item.customer.email || item.customer.phone) && (
        <dl class="facts">
          {item.customer.email && <><dt>{texts.email}</dt><dd>{item.customer.email}</dd></>}
          {item.customer.phone && <><dt>{texts.phone}</dt><dd>{item.customer.phone}</dd></>}
        </dl>
      )}
      <div class="log" tabIndex={0} aria-label={texts.messages} aria-busy={lines === null && !failed}>
        {failed && <p class="note red" role="alert"><span class="grow">{texts.historyFailed}</span><button class="btn sm" onClick={load}>{texts.tryAgain}</button></p>}
        {lines && <Transcript lines={lines} visitor={nameOf(who)} />}
      </div>
      <footer class="row"><button class="btn quiet danger-ink" onClick={() => setAsking(true)}><Icon d={trash} />{texts.remove}</button></footer>
      {asking && <Confirm title={texts.removeSure} hint={texts.removeHint} yes={texts.removeButton} no={texts.keep} error={error} onYes={remove} onNo={() => setAsking(false)} />}
    </aside>
  );
}

/** Shown only if the answer takes a while. */
function Skeleton() {
  return <div class="card htab late" role="status" aria-label={t().loading}>{[0, 1, 2, 3, 4].map((i) => <p key={i}><span class="sk" /></p>)}</div>;
}

function moment(at: string): string {
  return new Intl.DateTimeFormat(language.value, { day: "numeric", month: "short", hour: "2-digit", minute: "2-digit", hourCycle: "h23" }).format(new Date(at));
}
