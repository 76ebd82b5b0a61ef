/** The tag that says how a message stands. */

import { check, clock, Icon, inbox, mail, phone, warning } from "../../shared/icons.tsx";
import { fill } from "../../shared/language.ts";
import { countdown } from "../dates.ts";
import { language, now } from "../ui.tsx";
import type { Message } from "./rest.ts";
import { spokenOf, standingOf, type Standing } from "./standing.ts";
import { INBOX } from "./texts.ts";

const LOOKS: Record<Standing, [tone: string, icon: string]> = {
  pending: ["brass", clock], mailed: ["blue", mail], failed: ["red", warning], kept: ["", inbox], called: ["green", phone],
  answered: ["green", check], answer_pending: ["brass", clock], answer_failed: ["red", warning],
};

export function StandingTag({ message }: { message: Message }) {
  const standing = standingOf(message);
  const [tone, icon] = LOOKS[standing];
  return <span class={`tag ${tone}`}><Icon d={icon} size={13} stroke={1} />{wordOf(message, standing)}</span>;
}

function wordOf(message: Message, standing: Standing): string {
  const texts = INBOX[language.value];
  const mail = spokenOf(message);
  const left = standing === "pending" && mail?.attempts && mail.next_at ? countdown(mail.next_at, now.value) : null;
  if (left) return fill(texts.pendingIn, { time: left });
  return {
    pending: texts.pending, mailed: texts.mailed, failed: texts.mailFailed, kept: texts.kept, called: texts.isCalled,
    answered: texts.isAnswered, answer_pending: texts.answerPending, answer_failed: texts.answerFailed,
  }[standing];
}
