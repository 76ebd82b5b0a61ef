/** Undoing a change: asked first where visitors notice it, or where the setting was changed again since. */

import { useState } from "preact/hooks";

import { fill } from "../../../shared/language.ts";
import { Dialog, type Tone } from "../../parts.tsx";
import { Failure } from "../../rest.ts";
import { language } from "../../ui.tsx";
import { changed, look } from "../draft.ts";
import { undo, type Change } from "./rest.ts";
import { CHANGES } from "./texts.ts";
import { told, valuesOf, VISITORS_NOTICE, whatOf, type NameOf } from "./wording.ts";

/** `since`: the setting was changed again, and has this value now. */
export interface Asking { change: Change; since?: { current: unknown } }

export function useUndoing(shop: string, onDone: () => void) {
  const [asking, setAsking] = useState<Asking | null>(null);
  const [busy, setBusy] = useState<string | null>(null);
  const [said, setSaid] = useState<{ tone: Tone; text: string } | null>(null);
  const texts = CHANGES[language.value];

  const send = async (change: Change, anyway: boolean) => {
    setAsking(null);
    setSaid(null);
    setBusy(change.id);
    try {
      await undo(shop, change.id, anyway);
      setSaid({ tone: "green", text: texts.undone });
      await look();
      onDone();
    } catch (failure) {
      const { problem, status } = failure instanceof Failure ? failure : new Failure(0, {});
      if (problem.code === "changed_since" && !anyway) setAsking({ change, since: { current: problem["current"] } });
      else if (problem.code === "undone") onDone();
      else setSaid({ tone: "red", text: status >= 400 && status < 500 && problem.detail ? fill(texts.refused, { why: problem.detail }) : texts.notUndone });
    } finally {
      setBusy(null);
    }
  };
  return {
    asking, busy, said,
    ask(change: Change) {
      if (changed.value.length > 0) setSaid({ tone: "brass", text: texts.unsavedHint });
      else if (VISITORS_NOTICE.test(change.what)) setAsking({ change });
      else void send(change, false);
    },
    go: () => void (asking && send(asking.change, asking.since !== undefined)),
    drop: () => setAsking(null),
  };
}

export function Undo({ asking, nameOf, onYes, onNo }: { asking: Asking; nameOf: NameOf; onYes(): void; onNo(): void }) {
  const texts = CHANGES[language.value];
  const { change, since } = asking;
  const what = whatOf(language.value, change);
  const { before, after } = valuesOf(language.value, change, nameOf);
  const current = since && told(language.value, change.what, since.current, nameOf);
  const title = fill(since ? texts.since : texts.sure, { what });
  return (
    <Dialog role="alertdialog" title={title.slice(0, 1).toLocaleUpperCase(language.value) + title.slice(1)} onClose={onNo}>
      <p class="muted">{current === undefined ? fill(texts.sureHint, { now: after, then: before }) : fill(texts.sinceHint, { former: before, current })}</p>
      <div class="row">
        <button class="btn primary" onClick={onYes}>{current === undefined ? texts.yes : fill(texts.put, { value: before })}</button>
        <button class="btn safe" onClick={onNo}>{current === undefined ? texts.no : fill(texts.keep, { value: current })}</button>
      </div>
    </Dialog>
  );
}
