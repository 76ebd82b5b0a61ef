/** What was typed and not sent yet, kept on the device. */

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

const key = (shop: string, order: string) => `shopbell.review.${shop}.${order}`;

/** Without storage, in a private window say, there is no draft. */
export function readDraft(shop: string, order: string): Draft {
  try {
    const kept = JSON.parse(localStorage.getItem(key(shop, order)) ?? "null") as Draft | null;
    return kept?.id && kept.typed ? kept : emptyDraft();
  } catch {
    return emptyDraft();
  }
}

export function keepDraft(shop: string, order: string, draft: Draft): void {
  try {
    if (Object.keys(draft.typed).length) localStorage.setItem(key(shop, order), JSON.stringify(draft));
    else localStorage.removeItem(key(shop, order));
  } catch {
    // nothing can be kept here
  }
}
