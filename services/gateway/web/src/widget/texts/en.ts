/** What the window of a conversation says from the beginning; `more` fetches what its forms, sheets and files say. */

import type { MoreTexts } from "./more-en.ts";

export const more = () => import("./more-en.ts");

export const texts = {
  launcher: "Online consultant",
  write: "Write a message",
  attach: "Attach a file",
  send: "Send",
  close: "Minimise",
  messages: "Messages",
  writing: "{name} is writing",
  reconnecting: "Reconnecting. Keep writing, nothing is lost.",
  sending: "Sending",
  later: "Will send when back online",
  sent: "Sent",
  delivered: "Delivered",
  read: "Read",
  inLine: "You are in line",
  endedBy: "{name} ended the conversation",
  endedByYou: "You ended the conversation",
  ended: "The conversation has ended",
  joined: "{name} joined the conversation",
  left: "You left the line",
  over: "This conversation is closed. Writing starts a new one.",
  reopenHint: "Something else? Writing again reopens this conversation.",
  busy: "All our channels are busy. Write, and you join the line.",
  nobody: "Nobody is at the counter just now. Your text stays here.",
  tooLong: "{n} characters too many",
  signedOut: "This session has ended. Write to start a new one.",
  leave: "Leave a message",
  mute: "Turn sound off",
  unmute: "Turn sound on",
  more: "More",
  emoji: "Emoji",
  allBusy: "All our channels are busy just now",
};

export type FirstTexts = typeof texts;

export interface Texts { texts: FirstTexts; more(): Promise<{ texts: MoreTexts }> }
