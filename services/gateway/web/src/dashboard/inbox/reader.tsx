/** One message: who left it, what it says, how its mail went, and the answer. */

import { useEffect, useRef, useState } from "preact/hooks";

import { answer as answerIcon, back, down, Icon, phone as phoneIcon, trash, up } from "../../shared/icons.tsx";
import { fill, plural } from "../../shared/language.ts";
import { Dialog, Notice } from "../parts.tsx";
import { addressOf } from "../route.ts";
import { idOf, language, t } from "../ui.tsx";
import { AnswerEditor } from "./answer-editor.tsx";
import { Sender } from "./message-list.tsx";
import * as rest from "./rest.ts";
import { answerMail, senderName } from "./standing.ts";
import { INBOX, type InboxTexts } from "./texts.ts";
import { Failed, moment, Trail } from "./trail.tsx";

/** Where the shop's own mails go, and where answers to its mails come; empty if not set. */
export interface Addresses { to: string; replyTo: string }

interface Props {
  shop: string;
  message: rest.Message;
  /** Deletes. */
  manages: boolean;
  addresses: Addresses;
  onStep(by: 1 | -1): void;
  onChanged(): Promise<void>;
  onGone(): void;
}

export function Reader({ shop, message, manages, addresses, onStep, onChanged, onGone }: Props) {
  const texts = INBOX[language.value];
  const [writing, setWriting] = useState(false);
  const [leaving, setLeaving] = useState(false);
  const [trouble, setTrouble] = useState<string | null>(null);
  const [told, setTold] = useState(false);
  const head = useRef<HTMLElement>(null);
  useEffect(() => {
    // Where the reader covers the list, the way back has the focus.
    const way = head.current?.querySelector<HTMLElement>(".back");
    if (way?.offsetParent) way.focus();
  }, []);

  const act = (deed: Promise<unknown>, otherwise: string) => {
    setTrouble(null);
    void deed.then(onChanged, () => setTrouble(otherwise));
  };
  const retry = () => act(rest.retry(shop, message.id), texts.retryFailed);
  const sent = () => {
    setWriting(false);
    setTold(true);
    void onChanged();
  };
  const open = message.status === "new" || writing;

  return (
    <section class="rd" aria-labelledby="sender">
      <header ref={head} class="row">
        <a class="ib lg back" href={addressOf("offline")} aria-label={texts.back}><Icon d={back} size={18} /></a>
        <Sender message={message} large />
        <div class="grow"><h2 id="sender" class="cut">{senderName(message) || texts.noName}</h2><p class="meta cut">{about(message)}</p></div>
        <button class="ib lg" aria-label={texts.previous} onClick={() => onStep(-1)}><Icon d={up} size={18} /></button>
        <button class="ib lg" aria-label={texts.next} onClick={() => onStep(1)}><Icon d={down} size={18} /></button>
        {manages && <button class="ib lg" aria-label={texts.remove} onClick={() => setLeaving(true)}><Icon d={trash} size={18} /></button>}
      </header>
      {trouble && <Notice tone="red">{trouble}</Notice>}
      <div class="card">
        <Fields message={message} texts={texts} />
        <p class="msg" lang={message.locale} dir="auto">{message.text ?? <span class="muted">{texts.noText}</span>}</p>
        <Trail message={message} address={addresses.to} onRetry={retry} />
        {message.answers.map((each) => <Given key={each.id} answer={each} />)}
        {message.answers.at(-1)?.mail === "failed" && <AnswerFailed message={message} onRetry={retry} />}
        {message.called_at && <p class="trail"><span><Icon d={phoneIcon} size={14} stroke={1} />{fill(texts.calledBy, { name: message.called_by?.name ?? "", when: moment(message.called_at) })}</span></p>}
        {message.status === "answered" && !writing && message.email && (
          <div class="ft"><button class="btn" onClick={() => setWriting(true)}><Icon d={answerIcon} />{texts.writeAgain}</button>{addresses.replyTo && <span class="meta ends cut">{fill(texts.replyTo, { address: addresses.replyTo })}</span>}</div>
        )}
      </div>
      {told && !writing && <Sent message={message} texts={texts} />}
      {open && message.email && <AnswerEditor key={message.answers.length} shop={shop} message={message} replyTo={addresses.replyTo} focus={writing} onSent={sent} />}
      {open && !message.email && <ByPhone message={message} texts={texts} onCalled={() => act(rest.markCalled(shop, message.id), texts.notMarked)} />}
      {leaving && <Removal shop={shop} message={message} texts={texts} onClose={() => setLeaving(false)} onGone={onGone} />}
    </section>
  );
}

function about(message: rest.Message): string {
  const texts = INBOX[language.value];
  const parts = [fill(texts.leftAt, { when: moment(message.left_at) })];
  if (message.page?.title) parts.push(fill(texts.fromPage, { page: message.page.title }));
  const spoken = nameOfLanguage(message.locale);
  if (spoken) parts.push(fill(texts.inLanguage, { language: spoken }));
  return parts.join(", ");
}

export function nameOfLanguage(locale: string): string {
  try {
    return new Intl.DisplayNames(language.value, { type: "language" }).of(locale.slice(0, 2)) ?? "";
  } catch {
    return "";
  }
}

function Fields({ message, texts }: { message: rest.Message; texts: InboxTexts }) {
  const none = <span class="muted">{texts.notGiven}</span>;
  const { customer } = message;
  return (
    <dl class="fld">
      {message.first_name && <><dt>{texts.firstName}</dt><dd>{message.first_name}</dd></>}
      {message.last_name && <><dt>{texts.lastName}</dt><dd>{message.last_name}</dd></>}
      <dt>{texts.email}</dt><dd>{message.email ? <a href={`mailto:${message.email}`}>{message.email}</a> : none}</dd>
      {(message.phone || !message.email) && <><dt>{texts.phone}</dt><dd>{message.phone ? <a href={`tel:${message.phone.replace(/[^+\d]/g, "")}`}>{message.phone}</a> : none}</dd></>}
      <dt>{texts.person}</dt><dd><a href={addressOf("person", customer.id)}>{customer.signed_in ? "" : `${t().guest} `}{idOf({ visitor: customer })}</a></dd>
    </dl>
  );
}

function Given({ answer }: { answer: rest.Answer }) {
  const texts = INBOX[language.value];
  const went = { none: texts.notDelivered, pending: texts.onItsWay, mailed: texts.delivered, failed: texts.notDelivered }[answer.mail];
  return (
    <div class="given">
      <p><b>{answer.operator.name}</b> <span class="meta">{moment(answer.at)}, {went}</span></p>
      <p class="said" dir="auto">{answer.text}</p>
    </div>
  );
}

function AnswerFailed({ message, onRetry }: { message: rest.Message; onRetry(): void }) {
  const mail = answerMail(message);
  return mail && <Failed mail={mail} title={plural(language.value, mail.attempts, INBOX[language.value].answerNotMailed)} onRetry={onRetry} />;
}

/** How far the answer is that was just written. */
function Sent({ message, texts }: { message: rest.Message; texts: InboxTexts }) {
  const state = message.answers.at(-1)?.mail;
  if (state === "mailed") return <Notice tone="green">{fill(texts.sentTo, { address: message.email ?? "" })}</Notice>;
  if (state !== "pending") return null;
  return answerMail(message)?.attempts ? <Notice tone="brass">{texts.answerWaits}</Notice> : <Notice>{texts.stored}</Notice>;
}

function ByPhone({ message, texts, onCalled }: { message: rest.Message; texts: InboxTexts; onCalled(): void }) {
  if (!message.phone) return <Notice>{texts.noEmailNoPhone}</Notice>;
  return (
    <div class="card inset">
      <Notice>{texts.noEmail}</Notice>
      <button class="btn primary" onClick={onCalled}><Icon d={phoneIcon} />{texts.markCalled}</button>
    </div>
  );
}

function Removal({ shop, message, texts, onClose, onGone }: { shop: string; message: rest.Message; texts: InboxTexts; onClose(): void; onGone(): void }) {
  const [failed, setFailed] = useState(false);
  const name = senderName(message) || texts.noName;
  return (
    <Dialog role="alertdialog" title={texts.deleteSure} onClose={onClose}>
      <p class="muted">{message.status === "new" && fill(texts.deleteUnanswered, { name })} {texts.deleteHint}</p>
      {failed && <Notice tone="red">{texts.deleteFailed}</Notice>}
      <div class="row">
        <button class="btn danger" onClick={() => void rest.remove(shop, message.id).then(onGone, () => setFailed(true))}><Icon d={trash} />{texts.deleteButton}</button>
        <button class="btn safe" onClick={onClose}>{texts.keep}</button>
      </div>
    </Dialog>
  );
}
