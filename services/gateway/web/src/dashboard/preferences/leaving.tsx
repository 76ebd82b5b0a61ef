/** Signing out, or going to another shop: asks first if that drops what was written, or takes the operator offline. */

import { effect } from "@preact/signals";
import { useState } from "preact/hooks";

import { fill, plural } from "../../shared/language.ts";
import type { Counter } from "../counter.ts";
import type { OperatorDesk } from "../operator.ts";
import { Dialog } from "../parts.tsx";
import { changeShop, signOut, type WorkPlace } from "../rest.ts";
import { held, unsaved } from "../settings/guard.ts";
import { language } from "../ui.tsx";
import { open } from "./overlay.ts";
import { PREFERENCES } from "./texts.ts";

interface Props { desk: OperatorDesk; counter: Counter }

const unsentOf = (desk: OperatorDesk) => desk.texts.value.filter((entry) => entry.state !== "stored").length;
const draftsOf = (counter: Counter) => Object.keys(counter.drafts.value).length;

/** What of the settings would be lost, in a part or in all of them. */
const dropsSettings = () => unsaved.value || held.value !== null;

/** Asks only if there is something to lose. `to`: the shop for which this one is left; none: signs out. */
export function leaving(desk: OperatorDesk, counter: Counter, to: WorkPlace | null = null): void {
  if (unsentOf(desk) + draftsOf(counter) > 0 || dropsSettings() || desk.online.value) open({ to });
  else void leave(desk, counter, to).catch(() => open({ to }));
}

/** How long going offline may take before we leave without its answer: the desk notices by itself later. */
const OFFLINE_MS = 3_000;

async function leave(desk: OperatorDesk, counter: Counter, to: WorkPlace | null): Promise<void> {
  if (desk.online.value) await goneOffline(desk);
  await desk.leave(() => (to ? changeShop(to.id) : signOut()));
  counter.forget();
  unsaved.value = false;
  held.value = null;
  location.replace(location.pathname);
}

function goneOffline(desk: OperatorDesk): Promise<void> {
  desk.goOnline(false);
  return new Promise((done) => {
    const timer = setTimeout(done, OFFLINE_MS);
    const stop = effect(() => {
      if (desk.online.value) return;
      clearTimeout(timer);
      done();
    });
    setTimeout(stop, OFFLINE_MS);
  });
}

function wordsFor(to: WorkPlace | null) {
  const texts = PREFERENCES[language.value];
  const { unsent, drafts, unsavedSettings, notKept, ongoing, leaveOnline } = texts;
  const words = to
    ? { drop: texts.switchTitle, goOffline: texts.switchOnlineTitle, plain: texts.switchPlain, yesDrop: texts.switchDrop, yes: texts.switchYes, no: texts.stayHere, failed: texts.notSwitched }
    : { drop: texts.leaveTitle, goOffline: texts.leaveOnlineTitle, plain: texts.leavePlainTitle, yesDrop: texts.leave, yes: texts.leavePlain, no: texts.stay, failed: texts.notSignedOut };
  const named = Object.fromEntries(Object.entries(words).map(([key, text]) => [key, fill(text, { shop: to?.name ?? "" })])) as typeof words;
  return { ...named, unsent, drafts, unsavedSettings, notKept, ongoing, leaveOnline };
}

export function LeavingDialog({ desk, counter, to, onClose }: Props & { to: WorkPlace | null; onClose(): void }) {
  const texts = wordsFor(to);
  const [failed, setFailed] = useState(false);
  const [busy, setBusy] = useState(false);
  const unsent = unsentOf(desk);
  const drafts = draftsOf(counter);
  const drops = unsent + drafts > 0 || dropsSettings();
  const ongoing = desk.ongoing.value.length;
  const go = () => {
    setBusy(true);
    leave(desk, counter, to).catch(() => {
      setBusy(false);
      setFailed(true);
    });
  };
  return (
    <Dialog role="alertdialog" title={drops ? texts.drop : desk.online.value ? texts.goOffline : texts.plain} onClose={onClose}>
      <ul class="facts-list muted">
        {unsent > 0 && <li>{plural(language.value, unsent, texts.unsent)}</li>}
        {drafts > 0 && <li>{plural(language.value, drafts, texts.drafts)}</li>}
        {unsaved.value && <li>{texts.unsavedSettings}</li>}
        {held.value !== null && <li>{fill(texts.notKept, { what: held.value })}</li>}
        {desk.online.value && <li>{ongoing > 0 && `${plural(language.value, ongoing, texts.ongoing)} `}{texts.leaveOnline}</li>}
      </ul>
      {failed && <p class="err" role="alert">{texts.failed}</p>}
      <div class="row">
        <button class={drops ? "btn danger" : "btn primary"} disabled={busy} onClick={go}>{drops ? texts.yesDrop : texts.yes}</button>
        <button class="btn safe" onClick={onClose}>{texts.no}</button>
      </div>
    </Dialog>
  );
}
