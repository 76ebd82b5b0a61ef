/** What was typed and not sent yet, kept on the device for as long as the link is good. */

import type { Form } from "./rest.ts";

export interface Typed {
  stars: number;
  text: string;
}

/** `id`: of the sending that was begun with exactly this, so that it is not taken twice. */
export interface Draft {
  id: string;
  typed: Record<string, Typed>;
}

export function emptyDraft(): Draft {
  return { id: newId(), typed: {} };
}

export function newId(): string {
  return `form-${crypto.randomUUID()}`;
}

/** Which link it was typed behind, and until when that is good. */
interface Kept extends Draft {
  link: string;
  until: string;
}

const PREFIX = "shopbell.review.";
const key = (form: Form) => `${PREFIX}${form.shop}.${form.order}`;
/** So much of a token tells it from others and opens nothing. */
const mark = (token: string) => token.slice(0, 24);

/** Without storage, in a private window say, there is no draft. */
export function readDraft(form: Form): Draft {
  try {
    const kept = read(key(form));
    return kept?.id && kept.typed ? { id: kept.id, typed: kept.typed } : emptyDraft();
  } catch {
    return emptyDraft();
  }
}

export function keepDraft(form: Form, token: string, draft: Draft): void {
  const kept: Kept = { ...draft, link: mark(token), until: form.expires_at };
  try {
    if (Object.keys(draft.typed).length) localStorage.setItem(key(form), JSON.stringify(kept));
    else localStorage.removeItem(key(form));
  } catch {
    // nothing can be kept here
  }
}

/** Drafts that can't be sent any more: their time is over, or they were typed behind the link that is. */
export function forgetDrafts(now: number, over = ""): void {
  try {
    const names = Array.from({ length: localStorage.length }, (_, place) => localStorage.key(place) ?? "");
    for (const name of names.filter((each) => each.startsWith(PREFIX))) {
      const kept = read(name);
      if (!kept || !(Date.parse(kept.until) > now) || (over && kept.link === mark(over))) localStorage.removeItem(name);
    }
  } catch {
    // nothing is kept here
  }
}

/** Throws where there is no storage. */
function read(name: string): Kept | null {
  const kept = localStorage.getItem(name);
  try {
    return JSON.parse(kept ?? "null") as Kept | null;
  } catch {
    return null;
  }
}
