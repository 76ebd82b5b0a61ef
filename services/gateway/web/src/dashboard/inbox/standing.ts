/** How a message stands, and how its mails went. Pure. */

import type { Mail, Message } from "./rest.ts";

export type Standing = "pending" | "mailed" | "failed" | "kept" | "answered" | "answer_pending" | "answer_failed" | "called";

export function standingOf(message: Message): Standing {
  if (message.status === "called") return "called";
  if (message.status === "answered") {
    const mail = message.answers.at(-1)?.mail;
    if (mail === "failed") return "answer_failed";
    return mail === "pending" ? "answer_pending" : "answered";
  }
  return message.mail === "none" ? "kept" : message.mail;
}

/** The newest mail that tells the shop of the message. */
export const notification = (message: Message): Mail | null => message.mails.findLast((mail) => mail.kind === "offline_message") ?? null;

/** The newest mail with an answer. */
export const answerMail = (message: Message): Mail | null => message.mails.findLast((mail) => mail.kind === "answer") ?? null;

/** The mail that the standing speaks of. */
export const spokenOf = (message: Message): Mail | null => (message.status === "answered" ? answerMail(message) : notification(message));

/** Whether a mail is just being tried, so that the next look should be soon. */
export function isMoving(message: Message, now: number): boolean {
  const mail = spokenOf(message);
  const standing = standingOf(message);
  return (standing === "pending" || standing === "answer_pending") && !(mail?.next_at && Date.parse(mail.next_at) > now);
}

export const senderName = (message: Message): string => [message.first_name, message.last_name].filter(Boolean).join(" ");
