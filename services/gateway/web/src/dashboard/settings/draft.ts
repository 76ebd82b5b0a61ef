/** The settings as they are being edited: one document that all parts share, what of it is not saved, and its saving. */

import { batch, computed, signal } from "@preact/signals";

import { Failure } from "../rest.ts";
import { changedPaths, missingTexts, toSend, withPaths, type Path } from "./changes.ts";
import { notSaved, type NotSaved } from "./failed.ts";
import { unsaved } from "./guard.ts";
import { read, write, type Version } from "./rest.ts";
import type { ShopSettings } from "./shop-settings.ts";

/** How the last saving went, or what a colleague did meanwhile. */
export type Outcome =
  | { name: "saving" }
  | { name: "saved"; missing: Path[]; before: ShopSettings; paths: Path[] }
  | NotSaved
  /** `clashing`: what both changed; ours stands in the form. */
  | { name: "colleague"; clashing: Path[] };

/** What the gateway has. Null until it was read. */
export const saved = signal<Version | null>(null);
/** What the form shows. */
export const draft = signal<ShopSettings | null>(null);
export const outcome = signal<Outcome | null>(null);
/** What was changed and not saved. */
export const changed = computed<Path[]>(() => (saved.value && draft.value ? changedPaths(saved.value.settings, draft.value) : []));

let shop = "";

const isSaving = () => outcome.value?.name === "saving";

/** Reads them, for another shop anew. Throws a Failure. */
export async function open(id: string): Promise<void> {
  if (shop !== id) forget();
  shop = id;
  if (draft.value === null) take(await read(id));
  else await look();
}

/** Whether a colleague has saved meanwhile. What fails is tried again later. */
export async function look(): Promise<void> {
  const base = saved.value;
  if (!base || isSaving()) return;
  const now = await read(shop).catch(() => null);
  if (now && now.tag !== base.tag && saved.value === base && !isSaving()) meet(now);
}

/** Changes the form; what is not given stays. */
export function change(given: Partial<ShopSettings>): void {
  if (!draft.value) return;
  batch(() => {
    draft.value = { ...draft.value!, ...given };
    if (!isSaving()) outcome.value = null;
    tellGuard();
  });
}

export function discard(): void {
  batch(() => {
    draft.value = saved.value?.settings ?? null;
    outcome.value = null;
    tellGuard();
  });
}

/** Whether it was saved. */
export async function save(): Promise<boolean> {
  const [base, mine, paths] = [saved.value, draft.value, changed.value];
  if (!base || !mine || paths.length === 0 || isSaving()) return paths.length === 0;
  outcome.value = { name: "saving" };
  try {
    const now = await write(shop, toSend(mine, paths), base.tag);
    batch(() => {
      // What was typed meanwhile is the next change.
      const typed = changedPaths(mine, draft.value!);
      take(now, withPaths(now.settings, draft.value!, typed));
      outcome.value = savedFrom(base.settings, now.settings, paths);
    });
    return true;
  } catch (failure) {
    await failed(failure);
    return false;
  }
}

/** Takes the last saving back, as a change of its own. */
export async function undo(): Promise<void> {
  const last = outcome.value;
  if (last?.name !== "saved" || !draft.value) return;
  batch(() => {
    draft.value = withPaths(draft.value!, last.before, last.paths);
    tellGuard();
  });
  await save();
}

export function dismiss(): void {
  outcome.value = null;
}

/** The sentence of the last refusal, if it was about this. */
export function flaw(path: Path): string | undefined {
  const last = outcome.value;
  return last?.name === "refused" && last.field === path ? last.detail : undefined;
}

/** Nobody is signed in any more, or at another shop. */
function forget(): void {
  batch(() => {
    shop = "";
    saved.value = null;
    draft.value = null;
    outcome.value = null;
    tellGuard();
  });
}

async function failed(failure: unknown): Promise<void> {
  outcome.value = null;
  if (failure instanceof Failure && failure.status === 412) return look();
  outcome.value = notSaved(failure);
}

/** Another version comes: what a colleague changed is shown, what we changed stays. */
function meet(now: Version): void {
  const [base, mine] = [saved.value!, changed.value];
  const theirs = changedPaths(base.settings, now.settings);
  batch(() => {
    take(now, withPaths(now.settings, draft.value!, mine));
    // Our own saving may have come through although its answer did not.
    const arrived = theirs.length > 0 && theirs.length === mine.length && changed.value.length === 0;
    outcome.value = arrived ? savedFrom(base.settings, now.settings, mine)
      : { name: "colleague", clashing: changed.value.filter((path) => theirs.includes(path)) };
  });
}

const savedFrom = (before: ShopSettings, now: ShopSettings, paths: Path[]): Outcome => ({ name: "saved", missing: missingTexts(now), before, paths });

function take(now: Version, form = now.settings): void {
  batch(() => {
    saved.value = now;
    draft.value = form;
    tellGuard();
  });
}

function tellGuard(): void {
  unsaved.value = changed.value.length > 0;
}
