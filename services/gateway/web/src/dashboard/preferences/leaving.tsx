/** Signing out: asks first if that drops what was written, or takes the operator offline. */

import { effect } from "@preact/signals";
import { useState } from "preact/hooks";

import { plural } from "../../shared/language.ts";
import type { Counter } from "../counter.ts";
import type { OperatorDesk } from "../operator.ts";
import { Dialog } from "../parts.tsx";
import { language } from "../ui.tsx";
import { open } from "./overlay.ts";
import { PREFERENCES } from "./texts.ts";

interface Props { desk: OperatorDesk; counter: Counter }

const unsentOf = (desk: OperatorDesk) => desk.texts.value.filter((entry) => entry.state !== "stored").length;
const draftsOf = (counter: Counter) => Object.keys(counter.drafts.value).length;

/** Asks only if there is something to lose. */
export function leaving(desk: OperatorDesk, counter: Counter): void {
  if (unsentOf(desk) + draftsOf(counter) > 0 || desk.online.value) open("sign-out");
  else void signOut(desk, counter).catch(() => open("sign-out"));
}

/** How long going offline may take before we leave without its answer: the desk notices by itself later. */
const OFFLINE_MS = 3_000;

async function signOut(desk: OperatorDesk, counter: Counter): Promise<void> {
  if (desk.online.value) await goneOffline(desk);
  await desk.signOut();
  counter.forget();
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

export function LeavingDialog({ desk, counter, onClose }: Props & { onClose(): void }) {
  const texts = PREFERENCES[language.value];
  const [failed, setFailed] = useState(false);
  const [busy, setBusy] = useState(false);
  const unsent = unsentOf(desk);
  const drafts = draftsOf(counter);
  const drops = unsent + drafts > 0;
  const ongoing = desk.ongoing.value.length;
  const go = () => {
    setBusy(true);
    signOut(desk, counter).catch(() => {
      setBusy(false);
      setFailed(true);
    });
  };
  return (
    <Dialog role="alertdialog" title={drops ? texts.leaveTitle : desk.online.value ? texts.leaveOnlineTitle : `${texts.leavePlain}?`} onClose={onClose}>
      <ul class="facts-list muted">
        {unsent > 0 && <li>{plural(language.value, unsent, texts.unsent)}</li>}
        {drafts > 0 && <li>{plural(language.value, drafts, texts.drafts)}</li>}
        {desk.online.value && <li>{ongoing > 0 && `${plural(language.value, ongoing, texts.ongoing)} `}{texts.leaveOnline}</li>}
      </ul>
      {failed && <p class="err" role="alert">{texts.notSignedOut}</p>}
      <div class="row">
        <button class={drops ? "btn danger" : "btn primary"} disabled={busy} onClick={go}>{drops ? texts.leave : texts.leavePlain}</button>
        <button class="btn safe" onClick={onClose}>{texts.stay}</button>
      </div>
    </Dialog>
  );
}
