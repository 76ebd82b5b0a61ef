/** The wire protocol `shopbell.v1` as a client speaks it. The frames themselves are generated from the contracts. */

import type { CurrentConversation, Rejected, OperatorSends, OperatorWelcome, Summary, VisitorSends, VisitorWelcome } from "./frames.ts";

export type * from "./frames.ts";

export const SUBPROTOCOL = "shopbell.v1";

/** Longest text of a message, in characters after NFC normalisation. */
export const MAX_TEXT = 4000;

export type AvailabilityState = VisitorWelcome["availability"];
export type Status = Summary["status"] | CurrentConversation["status"];
export type Code = Rejected["code"];
export type Welcome = VisitorWelcome | OperatorWelcome;

/** A command: a frame with an id of ours, which is answered with `stored` or `rejected`. */
export type CommandFrame = Extract<VisitorSends | OperatorSends, { id: string }>;
/** A command that has not got its id yet. */
export type Order = CommandFrame extends infer C ? (C extends CommandFrame ? Omit<C, "id"> : never) : never;

/** Any frame: types and kinds that we do not know are skipped. */
export interface AnyFrame { type: string; [field: string]: unknown }

/** What may leave the widget or the page as a message: trimmed, normalised, without stray control characters. */
export function cleanText(text: string): string {
  return text
    .normalize("NFC")
    .replace(/\r\n?/g, "\n")
    // All control characters but newline and tab, and lone halves of surrogate pairs.
    .replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]|\p{Cs}/gu, "")
    .trim();
}

/** Characters as the protocol counts them: code points. */
export function lengthOf(text: string): number {
  return [...text].length;
}
