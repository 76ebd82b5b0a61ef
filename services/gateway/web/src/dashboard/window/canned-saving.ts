/** Saving and deleting one canned reply: what is wrong with it, in words, and what a refusal means. */

import { useState } from "preact/hooks";

import { fill } from "../../shared/language.ts";
import { cleanText, lengthOf } from "../../shared/protocol.ts";
import type { OperatorDesk } from "../operator.ts";
import { Failure, type CannedReply } from "../rest.ts";
import { isShortcut } from "./canned.ts";
import type { WindowTexts } from "./texts.ts";

/** What the gateway takes: characters of a text, and replies of a shop. */
export const LONGEST = 2000;
const MOST = 500;

export interface Draft { shortcut: string; texts: Record<string, string> }

/** `reply`: the one that is changed; none if it is new. */
export function useSaving(desk: OperatorDesk, texts: WindowTexts, reply: CannedReply | undefined) {
  const [flaw, setFlaw] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const others = () => (desk.canned.value ?? []).filter((each) => each.id !== reply?.id);

  const run = async (deed: () => Promise<void>, flawNow: () => string) => {
    setBusy(true);
    setFlaw(null);
    try {
      await deed();
      return true;
    } catch (failure) {
      // A colleague may have been faster: what is wrong shows once we know what they did.
      await desk.loadCanned().catch(() => {});
      setFlaw(failure instanceof Failure && failure.status === 403 ? texts.notAllowed : flawNow());
      return false;
    } finally {
      setBusy(false);
    }
  };
  /** The id under which it is known now; null if it was not saved. */
  const save = async (draft: Draft): Promise<string | null> => {
    const given = cleaned(draft);
    const wrong = flawOf(texts, given, others(), !reply);
    setFlaw(wrong);
    if (busy || wrong) return null;
    const done = await run(() => desk.saveCanned({ ...(reply ? { id: reply.id } : {}), ...given }), () => flawOf(texts, given, others(), !reply) ?? texts.notSaved);
    return done ? (desk.canned.value?.find((each) => each.shortcut === given.shortcut)?.id ?? "") : null;
  };
  const remove = async (id: string) => run(() => desk.deleteCanned(id), () => texts.notRemoved);
  return { flaw, busy, save, remove };
}

function cleaned({ shortcut, texts }: Draft): Draft {
  const kept = Object.entries(texts).map(([language, text]) => [language, cleanText(text)] as const).filter(([, text]) => text);
  return { shortcut, texts: Object.fromEntries(kept) };
}

/** `others`: the shop's replies but this one. */
function flawOf(texts: WindowTexts, draft: Draft, others: readonly CannedReply[], isNew: boolean): string | null {
  if (!isShortcut(draft.shortcut)) return texts.badShortcut;
  const lengths = Object.values(draft.texts).map(lengthOf);
  if (lengths.length === 0) return texts.noText;
  const excess = Math.max(...lengths) - LONGEST;
  if (excess > 0) return fill(texts.tooLong, { n: excess });
  if (others.some((each) => each.shortcut === draft.shortcut)) return texts.taken;
  return isNew && others.length >= MOST ? texts.tooMany : null;
}
