/** One conversation, read again: who, when, every line; and what can be done with it. */

import { useEffect, useRef, useState } from "preact/hooks";

import { cross, down, download, Icon, mail, trash, up } from "../../shared/icons.tsx";
import { fill, plural } from "../../shared/language.ts";
import { lineOf } from "../chats.ts";
import { Moment, Notice, Skeleton, Stars } from "../parts.tsx";
import { Failure } from "../rest.ts";
import { addressOf } from "../route.ts";
import { Transcript } from "../transcript.tsx";
import { Avatar, idOf, language, nameOf, t } from "../ui.tsx";
import * as rest from "./rest.ts";
import { SendTranscript } from "./send-transcript.tsx";
import { HISTORY } from "./texts.ts";

interface Props {
  shop: string;
  id: string;
  onStep: ((by: 1 | -1) => void) | null;
  onClose(): void;
  /** Null: who looks may neither export nor delete. */
  onDelete: ((item: rest.HistoryItem) => void) | null;
  onAllOf(customer: string): void;
}

export function Drawer({ shop, id, onStep, onClose, onDelete, onAllOf }: Props) {
  const texts = HISTORY[language.value];
  const [found, setFound] = useState<rest.Conversation | null>(null);
  const [failure, setFailure] = useState<"gone" | "failed" | null>(null);
  const [sending, setSending] = useState(false);
  const close = useRef<HTMLButtonElement>(null);

  const load = () => {
    setFailure(null);
    rest.read(shop, id).then(setFound, (error: unknown) => setFailure(error instanceof Failure && error.status === 404 ? "gone" : "failed"));
  };
  useEffect(load, [id]);
  useEffect(() => {
    const before = document.activeElement as HTMLElement | null;
    close.current?.focus();
    return () => before?.focus();
  }, []);
  const who = { visitor: found?.customer ?? { id: "", signed_in: false } };
  const name = found ? nameOf(who) : "";

  return (
    <aside class="drawer" aria-label={fill(texts.transcript, { name })} onKeyDown={(event) => event.key === "Escape" && onClose()}>
      <header class="row">
        {found && <Avatar chat={who} />}
        <div class="grow"><h2 class="cut">{name}</h2><p class="meta cut">{found && idOf(who)}</p></div>
        {onStep && <button class="ib lg" aria-label={texts.previous} onClick={() => onStep(-1)}><Icon d={up} size={18} /></button>}
        {onStep && <button class="ib lg" aria-label={texts.next} onClick={() => onStep(1)}><Icon d={down} size={18} /></button>}
        <button ref={close} class="ib lg" aria-label={texts.close} onClick={onClose}><Icon d={cross} size={18} /></button>
      </header>
      {found && <Facts found={found} onAllOf={() => onAllOf(found.customer.id)} />}
      <div class="log" tabIndex={0} role="region" aria-label={t().messages} aria-busy={!found && !failure}>
        {failure === "gone" && <Notice>{texts.gone}</Notice>}
        {failure === "failed" && <Notice tone="red" action={<button class="btn sm" onClick={load}>{t().tryAgain}</button>}>{texts.failed}. {texts.failedHint}</Notice>}
        {found ? <Transcript lines={found.events.map(lineOf)} visitor={name} /> : !failure && <Skeleton rows={3} />}
      </div>
      {found && sending && <SendTranscript shop={shop} conversation={found} onClose={() => setSending(false)} />}
      {found && (
        <footer class="row">
          {onDelete && <a class="btn" href={rest.exportAddress(shop, [id], "json", false)} download><Icon d={download} />{texts.export}</a>}
          <button class="btn" aria-expanded={sending} onClick={() => setSending(!sending)}><Icon d={mail} />{texts.send}</button>
          {onDelete && <button class="btn quiet danger-ink ends" onClick={() => onDelete(found)}><Icon d={trash} />{texts.remove}</button>}
        </footer>
      )}
    </aside>
  );
}

function Facts({ found, onAllOf }: { found: rest.Conversation; onAllOf(): void }) {
  const texts = HISTORY[language.value];
  const { customer, operator, rating } = found;
  const minutes = Math.max(1, Math.round((Date.parse(found.ended_at ?? found.last_message_at ?? found.started_at) - Date.parse(found.started_at)) / 60_000));
  return (
    <>
      <dl class="facts">
        {customer.email && <><dt>{t().email}</dt><dd><a href={`mailto:${customer.email}`}>{customer.email}</a></dd></>}
        {customer.phone && <><dt>{t().phone}</dt><dd><a href={`tel:${customer.phone.replace(/[^+\d]/g, "")}`}>{customer.phone}</a></dd></>}
        {operator && <><dt>{texts.operator}</dt><dd>{operator.name}</dd></>}
        <dt>{texts.started}</dt><dd><Moment at={found.started_at} /></dd>
        <dt>{texts.length}</dt><dd>{plural(language.value, found.messages, texts.messageCount)}, {plural(language.value, minutes, texts.minutes)}</dd>
        {rating && <><dt>{texts.rating}</dt><dd><Stars score={rating} /></dd></>}
      </dl>
      <p class="whole row">
        <a href={addressOf("person", customer.id)}>{texts.person}</a>
        {customer.signed_in && <button class="textlink" onClick={onAllOf}>{texts.sameCustomer}</button>}
      </p>
    </>
  );
}
