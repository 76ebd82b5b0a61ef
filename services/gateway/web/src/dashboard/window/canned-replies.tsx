/** The shop's canned replies: a list to choose from, and the one that is read or changed. */

import type { ComponentChildren } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";

import { Icon, plus, search } from "../../shared/icons.tsx";
import { fill } from "../../shared/language.ts";
import type { OperatorDesk } from "../operator.ts";
import { Skeleton } from "../parts.tsx";
import type { CannedReply } from "../rest.ts";
import { Confirm, language, t } from "../ui.tsx";
import { CannedForm } from "./canned-form.tsx";
import { found } from "./canned.ts";
import { baseOf } from "./locales.ts";
import { WINDOW } from "./texts.ts";

/** `new` begins with this shortcut. */
type Chosen = { is: "none" } | { is: "new"; shortcut: string } | { is: "one"; id: string };

interface Replies {
  /** The shortcut of what is not saved; null: nothing. */
  changed: string | null;
  /** Does it, or asks first if something is not saved. */
  unlessChanged(deed: () => void): void;
  body: ComponentChildren;
}

/** `shortcut`: begins a new one with it. */
export function useReplies(desk: OperatorDesk, shortcut?: string): Replies {
  const texts = WINDOW[language.value];
  const [chosen, setChosen] = useState<Chosen>(shortcut === undefined ? { is: "none" } : { is: "new", shortcut });
  const [failed, setFailed] = useState(false);
  const [changed, setChanged] = useState<string | null>(null);
  /** What was wanted while there were changes. */
  const [leaving, setLeaving] = useState<(() => void) | null>(null);
  const replies = desk.canned.value;
  const reply = chosen.is === "one" ? replies?.find((each) => each.id === chosen.id) : undefined;

  const load = () => {
    setFailed(false);
    desk.loadCanned().catch(() => setFailed(true));
  };
  useEffect(load, []);
  const stage = useRef<HTMLDivElement>(null);
  // On a narrow page list and reply take turns: the focus follows to the one that is shown.
  useEffect(() => {
    const at = document.activeElement as HTMLElement | null;
    if (at && at !== document.body && at.offsetParent !== null) return;
    const stops = [...stage.current!.querySelectorAll<HTMLElement>("h3, input, button")];
    stops.find((each) => each.offsetParent !== null)?.focus();
  }, [chosen]);
  const unlessChanged = (deed: () => void) => (changed === null ? deed() : setLeaving(() => deed));
  const choose = (next: Chosen) => unlessChanged(() => setChosen(next));
  const done = (next: Chosen) => {
    setChanged(null);
    setChosen(next);
  };

  const body = (
    <>
      <div ref={stage} class={`replies ${chosen.is === "none" ? "" : "one"}`}>
        <List desk={desk} replies={replies} failed={failed} chosen={chosen.is === "one" ? chosen.id : null} onRetry={load}
          onChoose={(id) => choose({ is: "one", id })} onNew={() => choose({ is: "new", shortcut: "" })} />
        {reply || chosen.is === "new"
          ? <CannedForm key={reply ? `${reply.id} ${reply.changed_at}` : "new"} desk={desk} reply={reply} shortcut={chosen.is === "new" ? chosen.shortcut : ""} onChanged={setChanged}
            onSaved={(id) => done(id ? { is: "one", id } : { is: "none" })} onDiscard={() => done({ is: "none" })} onBack={() => choose({ is: "none" })} />
          : <p class={`pick muted ${replies?.length === 0 ? "none-yet" : ""}`}>{replies?.length === 0 ? texts.cannedEmpty : texts.choose}</p>}
      </div>
      {leaving && (
        <Confirm title={texts.changedSure} hint={fill(texts.changedHint, { shortcut: changed ?? "" })} yes={texts.changedYes} no={texts.changedNo}
          onYes={() => { setChanged(null); setLeaving(null); leaving(); }} onNo={() => setLeaving(null)} />
      )}
    </>
  );
  return { changed, unlessChanged, body };
}

interface ListProps {
  desk: OperatorDesk; replies: readonly CannedReply[] | null; failed: boolean; chosen: string | null;
  onRetry(): void; onChoose(id: string): void; onNew(): void;
}

function List({ desk, replies, failed, chosen, onRetry, onChoose, onNew }: ListProps) {
  const texts = WINDOW[language.value];
  const [letters, setLetters] = useState("");
  const shown = found(replies ?? [], letters.replace(/^\//, ""), language.value, desk.shop.value?.languages ?? []);
  return (
    <div class="list">
      <div class="row">
        <label class="in grow"><Icon d={search} /><input type="search" aria-label={texts.searchReplies} placeholder={texts.searchReplies} value={letters} onInput={(event) => setLetters(event.currentTarget.value)} /></label>
        <button class="btn" onClick={onNew}><Icon d={plus} />{texts.newReply}</button>
      </div>
      {failed && <p class="err" role="alert"><span class="grow">{texts.cannedFailed}</span><button class="btn sm" onClick={onRetry}>{t().tryAgain}</button></p>}
      {!replies && !failed && <Skeleton rows={4} />}
      <ul>
        {shown.map(({ reply, text, language: code }) => (
          <li key={reply.id}>
            <button class={reply.id === chosen ? "it sel" : "it"} aria-current={reply.id === chosen || undefined} onClick={() => onChoose(reply.id)}>
              <b>/{reply.shortcut}</b>
              <span class="said cut" lang={code} dir="auto">{text}</span>
              <span class="meta">{Object.keys(reply.texts).map((each) => baseOf(each).toUpperCase()).join(", ")}</span>
            </button>
          </li>
        ))}
      </ul>
      {replies && letters && shown.length === 0 && <p class="none muted" role="status">{fill(texts.nothingFound, { q: letters })}</p>}
    </div>
  );
}
