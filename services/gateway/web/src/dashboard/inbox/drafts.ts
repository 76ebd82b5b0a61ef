/** Answers that are being written: kept in this tab until they are sent, each with the key under which it goes. */

import { storage } from "../../shared/connection/environment.ts";
import { newKey } from "../rest.ts";

const kept = storage("sessionStorage");
const name = (message: string) => `shopbell:answer:${message}`;

export interface Draft { text: string; key: string }

export function draftOf(message: string): Draft {
  try {
    const found = JSON.parse(kept?.getItem(name(message)) ?? "null") as Draft | null;
    if (found && typeof found.text === "string" && typeof found.key === "string") return found;
  } catch {
    // What is no draft is none.
  }
  return { text: "", key: newKey() };
}

export function keepDraft(message: string, draft: Draft): void {
  if (draft.text) kept?.setItem(name(message), JSON.stringify(draft));
  else kept?.removeItem(name(message));
}
