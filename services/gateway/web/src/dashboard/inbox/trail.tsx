/** How a message's mails went: received, mailed to the shop; and what to do where one has failed. */

import { check, clock, Icon, mail as mailIcon, warning } from "../../shared/icons.tsx";
import { fill, plural } from "../../shared/language.ts";
import { countdown, momentOf } from "../dates.ts";
import { Notice } from "../parts.tsx";
import { language, now } from "../ui.tsx";
import type { Mail, Message } from "./rest.ts";
import { notification } from "./standing.ts";
import { INBOX } from "./texts.ts";

export const moment = (at: string) => momentOf(language.value, at, now.value);

export function Trail({ message, address, onRetry }: { message: Message; address: string; onRetry(): void }) {
  const texts = INBOX[language.value];
  const mail = notification(message);
  const to = address ? fill(texts.mailTo, { address }) : texts.mailToShop;
  const tries = mail?.status === "pending" && mail.attempts > 0;
  return (
    <>
      <div class="trail">
        <span><Icon d={check} size={14} stroke={1} />{fill(texts.received, { when: moment(message.left_at) })}</span>
        <i />
        {mail ? <MailState mail={mail} to={to} /> : message.mail === "pending" ? <span class="brass-ink"><Icon d={clock} size={14} stroke={1} />{to}: {texts.tryingNow}</span> : <span>{texts.noMail}</span>}
        {tries && <button class="btn sm" onClick={onRetry}>{texts.retryNow}</button>}
      </div>
      {mail?.status === "failed" && <Failed mail={mail} title={plural(language.value, mail.attempts, texts.notMailed)} onRetry={onRetry} />}
    </>
  );
}

export function MailState({ mail, to }: { mail: Mail; to: string }) {
  const [tone, icon] = { pending: ["brass-ink", clock], sending: ["brass-ink", clock], sent: ["", mailIcon], failed: ["red-ink", warning], dropped: ["", warning] }[mail.status] as [string, string];
  return <span class={tone}><Icon d={icon} size={14} stroke={1} />{to}: {said(mail)}</span>;
}

function said(mail: Mail): string {
  const texts = INBOX[language.value];
  const tries = plural(language.value, mail.attempts, texts.tries);
  if (mail.status === "sent") return fill(texts.sentAt, { when: mail.sent_at ? moment(mail.sent_at) : "" });
  if (mail.status === "dropped") return mail.error ? texts.noAddress : texts.dropped;
  if (mail.status === "failed") return tries;
  const left = mail.next_at && mail.status === "pending" ? countdown(mail.next_at, now.value) : null;
  const next = left ? fill(texts.nextIn, { time: left }) : texts.tryingNow;
  return mail.attempts ? `${tries}, ${next}` : next;
}

/** A mail that was refused for good: what the server said, and the way out. */
export function Failed({ mail, title, onRetry }: { mail: Mail; title: string; onRetry(): void }) {
  const texts = INBOX[language.value];
  return (
    <div class="inset">
      <Notice tone="red"><b>{title}</b> {mail.error && fill(texts.serverSays, { error: mail.error })} {texts.safeHere}</Notice>
      <button class="btn" onClick={onRetry}>{texts.tryAgain}</button>
    </div>
  );
}
