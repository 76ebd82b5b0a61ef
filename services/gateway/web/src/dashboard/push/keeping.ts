/** A draft keeps itself: in this browser at once, at the gateway as soon as it can be kept there. */

import { useEffect, useRef, useState } from "preact/hooks";

import { storage } from "../../shared/connection/environment.ts";
import { Failure, newKey } from "../rest.ts";
import { contentOf, isKeepable, type Form } from "./form.ts";
import * as rest from "./rest.ts";

const TYPED_MS = 800;
/** Where the gateway does not answer. */
const AGAIN_MS = 5_000;
const store = storage("localStorage");
const nameOf = (shop: string, id: string | null) => `shopbell:push:${shop}:${id ?? "new"}`;

/** As it stands in this browser. */
interface Kept {
  form: Form;
  /** Under which it is drafted, and what was sent under that: other content needs another key. */
  key: string;
  said: string;
  /** In ms; and whether the gateway has all of it. */
  changedAt: number;
  synced: boolean;
}

/** What the gateway shows of a draft may be that old. */
const LAG_MS = 15_000;

/** What was typed here and did not arrive counts more than what stands there; what arrived may have been changed by a colleague since. */
function begin(shop: string, id: string | null, start: Form, now: number): Kept {
  const fresh = { form: start, key: newKey(), said: "", changedAt: now, synced: true };
  try {
    const found = JSON.parse(store?.getItem(nameOf(shop, id)) ?? "null") as Kept | null;
    if (!found?.form?.notices || !found.form.timing) return fresh;
    if (!found.synced || id === null || now - found.changedAt < LAG_MS) return found;
    return { ...fresh, form: { ...start, timing: found.form.timing } };
  } catch {
    return fresh;
  }
}

const forget = (shop: string, id: string | null) => store?.removeItem(nameOf(shop, id));

/** Where the draft stands: not begun, in this browser only, being kept, kept since a moment, or refused. */
export type Standing =
  | { name: "fresh" | "here" | "saving" | "unreachable" }
  | { name: "kept"; at: string }
  | { name: "refused"; field: string; detail: string };

export interface Draft {
  form: Form;
  standing: Standing;
  change(given: Partial<Form>): void;
  /** Keeps it now; the campaign's id, or null if it could not be kept. */
  keep(): Promise<string | null>;
  discard(): Promise<void>;
  /** It is a draft no longer: nothing of it is kept here. */
  leave(): void;
}

/** `stored`: the draft that the gateway has. `onDrafted` hears the id that it gets there. */
export function useDraft(shop: string, stored: rest.Campaign | null, start: Form, languages: readonly string[], onDrafted: (id: string) => void): Draft {
  const begun = useRef<Kept>(null);
  const kept = (begun.current ??= begin(shop, stored?.id ?? null, start, Date.now()));
  const [form, setForm] = useState(kept.form);
  const [standing, setStanding] = useState<Standing>(stored ? { name: "kept", at: stored.changed_at } : { name: "fresh" });
  const id = useRef(stored?.id ?? null);
  const sent = useRef(stored && JSON.stringify(contentOf(start, languages)));
  const last = useRef<Promise<unknown>>(Promise.resolve());
  const isOver = useRef(false);
  const put = () => store?.setItem(nameOf(shop, id.current), JSON.stringify(kept));

  const arrived = (campaign: string) => {
    // What was typed meanwhile is the next to be kept.
    kept.synced = JSON.stringify(contentOf(kept.form, languages)) === sent.current;
    put();
    setStanding((before) => (before.name === "kept" ? before : { name: "kept", at: new Date().toISOString() }));
    return campaign;
  };
  const send = async (): Promise<string | null> => {
    const content = contentOf(kept.form, languages);
    if (isOver.current || !isKeepable(content)) return null;
    const said = JSON.stringify(content);
    if (said === sent.current && id.current !== null) return arrived(id.current);
    if (kept.said !== said) Object.assign(kept, { key: newKey(), said });
    put();
    setStanding({ name: "saving" });
    try {
      const now = id.current === null ? await rest.draft(shop, content, kept.key) : await rest.change(shop, id.current, content);
      sent.current = said;
      if (id.current === null) {
        id.current = now.id;
        forget(shop, null);
        onDrafted(now.id);
      }
      return arrived(id.current);
    } catch (failure) {
      setStanding(refusalOf(failure));
      return null;
    }
  };
  // One after another: the gateway has at the end what was typed last.
  const keep = () => {
    const turn = last.current.then(send, send);
    last.current = turn;
    return turn;
  };
  const change = (given: Partial<Form>) => {
    Object.assign(kept, { form: { ...kept.form, ...given }, changedAt: Date.now(), synced: false });
    put();
    setForm(kept.form);
    setStanding((before) => (before.name === "kept" || before.name === "saving" ? before : { name: "here" }));
  };
  const leave = () => {
    isOver.current = true;
    forget(shop, id.current);
    forget(shop, null);
  };
  const discard = async () => {
    isOver.current = true;
    await last.current;
    if (id.current !== null) await rest.discard(shop, id.current).catch((failure: unknown) => {
      if (failure instanceof Failure && failure.status === 404) return;
      isOver.current = false;
      throw failure;
    });
    leave();
  };
  useEffect(() => {
    if (form === start) return;
    const timer = setTimeout(() => void keep(), TYPED_MS);
    return () => clearTimeout(timer);
  }, [form]);
  useEffect(() => {
    if (standing.name !== "unreachable") return;
    const timer = setTimeout(() => void keep(), AGAIN_MS);
    return () => clearTimeout(timer);
  }, [standing]);
  // Whoever leaves in the middle of a word has it kept, too.
  useEffect(() => () => void (isOver.current || keep()), []);
  return { form, standing, change, keep, discard, leave };
}

/** What a failure says about the draft. */
export function refusalOf(failure: unknown): Standing {
  if (!(failure instanceof Failure) || failure.status === 0 || failure.status >= 500) return { name: "unreachable" };
  const { field, detail, title } = failure.problem;
  return { name: "refused", field: typeof field === "string" ? field : "", detail: detail ?? title ?? "" };
}
