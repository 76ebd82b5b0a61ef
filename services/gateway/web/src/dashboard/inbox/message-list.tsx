/** The messages beside the reader, newest first. */

import { fill } from "../../shared/language.ts";
import { Moment } from "../parts.tsx";
import { addressOf } from "../route.ts";
import { Avatar, language } from "../ui.tsx";
import { StandingTag } from "./marks.tsx";
import type { Message } from "./rest.ts";
import { senderName, spokenOf, standingOf } from "./standing.ts";
import { INBOX } from "./texts.ts";

export function MessageList({ messages, open }: { messages: readonly Message[]; open: string | null }) {
  return (
    <ul aria-label={INBOX[language.value].list}>
      {messages.map((message) => <Item key={message.id} message={message} open={message.id === open} />)}
    </ul>
  );
}

function Item({ message, open }: { message: Message; open: boolean }) {
  const texts = INBOX[language.value];
  const waits = message.status === "new";
  return (
    <li class={`oi ${waits ? "new" : ""} ${open ? "sel" : ""}`}>
      <a href={addressOf("offline", message.id)} aria-current={open || undefined}>
        <Sender message={message} />
        <span class="grow">
          <span class="row"><span class="n cut grow">{senderName(message) || texts.noName}{waits && <span class="sr">, {texts.notAnswered}</span>}</span><span class="meta"><Moment at={message.left_at} /></span></span>
          <span class="tx cut" dir="auto">{message.text ?? texts.noText}</span>
          <span class="row"><StandingTag message={message} /><span class="meta cut">{beside(message)}</span></span>
        </span>
      </a>
    </li>
  );
}

/** Why a mail failed, or who has answered. */
function beside(message: Message): string {
  const texts = INBOX[language.value];
  const standing = standingOf(message);
  if (standing === "failed" || standing === "answer_failed") return spokenOf(message)?.error ?? "";
  const who = standing === "called" ? message.called_by : message.answered_by;
  return who ? fill(texts.by, { name: who.name }) : "";
}

export function Sender({ message, large = false }: { message: Message; large?: boolean }) {
  const name = senderName(message);
  return <Avatar chat={{ visitor: name ? { ...message.customer, name } : message.customer }} unknown="?" large={large} />;
}
