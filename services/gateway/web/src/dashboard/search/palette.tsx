/** The search over everything: open conversations at once, people and history as soon as they answer. */

import type { ComponentChildren } from "preact";
import { useEffect, useId, useRef, useState } from "preact/hooks";

import { cross, history as historyIcon, Icon, search as searchIcon } from "../../shared/icons.tsx";
import { fill } from "../../shared/language.ts";
import type { VisitorInfo } from "../../shared/protocol.ts";
import { goTo } from "../alerts/alerts.ts";
import { turnOf, type Chat } from "../chats.ts";
import type { HistoryItem } from "../history/rest.ts";
import { Moment } from "../parts.tsx";
import type { OverlayProps } from "../preferences/overlays.tsx";
import { addressOf } from "../route.ts";
import { ago, Avatar, idOf, language, nameOf, TurnMark, turnWord } from "../ui.tsx";
import { useFinding } from "./finding.ts";
import { handed } from "./handed.ts";
import { historyIn, openMatches, peopleIn } from "./matching.ts";
import "./palette.css";
import { SEARCH } from "./texts.ts";

interface Row { key: string; shown: ComponentChildren; go(): void }
interface Group { title: string | null; rows: Row[] }

export function Palette({ desk, counter, onClose }: OverlayProps) {
  const texts = SEARCH[language.value];
  const [q, setQ] = useState("");
  const [at, setAt] = useState(0);
  const finding = useFinding(desk.shop.value!.id, q);
  const id = useId();
  const field = useRef<HTMLInputElement>(null);
  const before = useRef(document.activeElement as HTMLElement | null);

  const leave = (go?: () => void) => {
    onClose();
    if (go) go();
    else setTimeout(() => before.current?.isConnected && before.current.focus());
  };
  useEffect(() => field.current!.focus(), []);

  const isOpen = (conversation: string) => (desk.chats.value.get(conversation)?.status ?? "archived") !== "archived";
  const chats = [...desk.waiting.value, ...desk.ongoing.value, ...desk.others.value, ...desk.finished.value];
  const open = openMatches(q, chats);
  const empty = finding.state === "found" && finding.items.length === 0;
  const groups: Group[] = [
    { title: texts.open, rows: open.map((chat) => ({ key: chat.id, shown: <OpenChat chat={chat} />, go: () => goTo(counter, chat.id) })) },
    { title: texts.people, rows: peopleIn(q, finding.items).map((visitor) => ({
      key: `p ${visitor.id}`, go: () => (location.hash = addressOf("person", visitor.id)),
      shown: <><Whom visitor={visitor} /><span class="said muted cut">{visitor.email ?? visitor.phone}</span></>,
    })) },
    { title: texts.history, rows: historyIn(finding.items, open).map((item) => ({
      key: item.id, shown: <Past item={item} />,
      go: () => (isOpen(item.id) ? goTo(counter, item.id) : (location.hash = addressOf("history", item.id))),
    })) },
    { title: null, rows: q.trim() && !empty ? [{
      key: "all", shown: <><Icon d={historyIcon} size={18} /><span class="cut">{fill(texts.allOf, { q: q.trim() })}</span></>,
      go: () => {
        handed.value = q.trim();
        location.hash = addressOf("history");
      },
    }] : [] },
  ].filter((group) => group.rows.length > 0);
  const rows = groups.flatMap((group) => group.rows);
  const chosen = rows[Math.min(at, rows.length - 1)];

  const onKey = (event: KeyboardEvent) => {
    event.stopPropagation();
    if (event.isComposing) return;
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (by && rows.length) setAt((Math.min(at, rows.length - 1) + by + rows.length) % rows.length);
    else if (event.key === "Enter" && chosen) leave(chosen.go);
    else if (event.key === "Escape") leave();
    else if (event.key !== "Tab" && !(event.ctrlKey && event.key === "k")) return;
    event.preventDefault();
  };
  useEffect(() => document.getElementById(`${id}${chosen?.key}`)?.scrollIntoView({ block: "nearest" }), [chosen?.key]);

  return (
    <div class="scrim high" onKeyDown={onKey} onPointerDown={(event) => event.target === event.currentTarget && leave()}>
      <div class="palette" role="dialog" aria-modal="true" aria-label={texts.title}>
        <div class="ask-all"><Icon d={searchIcon} size={19} /><label class="grow row"><span class="sr">{texts.field}</span>
          <input ref={field} type="search" role="combobox" list={undefined} aria-expanded={rows.length > 0} aria-controls={`${id}list`} aria-autocomplete="list" autocomplete="off"
            aria-activedescendant={chosen ? `${id}${chosen.key}` : undefined} value={q} placeholder={texts.field} maxLength={200}
            onInput={(event) => { setQ(event.currentTarget.value); setAt(0); }} />
        </label><button class="ib phone-only" aria-label={texts.close} onClick={() => leave()}><Icon d={cross} size={20} /></button></div>
        <div class="found" role="listbox" id={`${id}list`} aria-label={texts.results}>
          {groups.map((group) => (
            <div key={group.title ?? "all"} role="group" aria-label={group.title ?? texts.history}>
              {group.title && <h3 aria-hidden="true">{group.title}</h3>}
              {group.rows.map((row) => (
                <div key={row.key} id={`${id}${row.key}`} role="option" aria-selected={row === chosen} class="opt"
                  onPointerMove={() => row !== chosen && setAt(rows.indexOf(row))} onClick={() => leave(row.go)}>{row.shown}</div>
              ))}
            </div>
          ))}
        </div>
        <State q={q} nothing={rows.length === 0} past={rows.length - open.length > 1} finding={finding} />
        <p class="hints" aria-hidden="true"><kbd>↑</kbd><kbd>↓</kbd> {texts.keys} <kbd>Enter</kbd> {texts.keyOpens} <kbd>Esc</kbd> {texts.keyCloses}</p>
      </div>
    </div>
  );
}

/** What there is to say beside what was found. */
function State({ q, nothing, past, finding }: { q: string; nothing: boolean; past: boolean; finding: ReturnType<typeof useFinding> }) {
  const texts = SEARCH[language.value];
  const missed = finding.state === "found" && !past;
  return (
    <div class="state" role="status">
      {finding.state === "looking" && !past && <span class="late muted row"><i class="spin" />{texts.looking}</span>}
      {finding.state === "failed" && <span class="row red-ink">{texts.failed} <button class="btn sm" onClick={finding.again}>{texts.tryAgain}</button></span>}
      {missed && nothing && q.trim() && <span><b>{fill(texts.none, { q: q.trim() })}</b> <span class="muted">{texts.noneHint}</span></span>}
      {nothing && !q.trim() && <span class="muted">{texts.nothingOpen}</span>}
    </div>
  );
}

function OpenChat({ chat }: { chat: Chat }) {
  const turn = turnOf(chat);
  return (
    <>
      <Whom visitor={chat.visitor} /><span class="said muted cut" dir="auto">{chat.last?.text}</span>
      <span class="row when"><TurnMark turn={turn} word={turnWord(turn, chat.status)} /><span class="meta">{ago(chat.at)}</span></span>
    </>
  );
}

function Past({ item }: { item: HistoryItem }) {
  return (
    <>
      <Whom visitor={item.customer} /><span class="said muted cut" dir="auto">{item.last_message}</span>
      <span class="row when meta"><Moment at={item.last_message_at} /></span>
    </>
  );
}

function Whom({ visitor }: { visitor: VisitorInfo }) {
  return <><Avatar chat={{ visitor }} small /><span class="row whom"><b class="b5 cut">{nameOf({ visitor })}</b><span class="meta cut">{idOf({ visitor })}</span></span></>;
}
