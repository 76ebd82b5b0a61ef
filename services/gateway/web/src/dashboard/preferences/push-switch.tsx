/** Whether this browser is told of conversations while the dashboard is closed. */

import { useEffect, useState } from "preact/hooks";

import { pushState, state, subscribe, unsubscribe } from "../push.ts";
import { language } from "../ui.tsx";
import { PREFERENCES } from "./texts.ts";
import { Toggle } from "./toggle.tsx";

export function PushSwitch({ operator }: { operator: string }) {
  const texts = PREFERENCES[language.value];
  const [busy, setBusy] = useState(false);
  const [failed, setFailed] = useState(false);
  const now = pushState.value;
  // What was allowed or forbidden in the browser's settings meanwhile.
  useEffect(() => void state(operator).catch(() => {}), [operator]);
  const change = async (on: boolean) => {
    setBusy(true);
    setFailed(false);
    try {
      await (on ? subscribe(operator, language.value) : unsubscribe(operator));
    } catch {
      setFailed(true);
    } finally {
      setBusy(false);
    }
  };
  const hint = failed ? texts.pushFailed : { unsupported: texts.pushNone, blocked: texts.pushDenied, off: texts.pushHint, on: texts.pushHint }[now];
  return (
    <Toggle label={texts.push} hint={hint} on={now === "on"} busy={busy} failed={failed} disabled={now === "unsupported" || now === "blocked"}
      onChange={(on) => void change(on)} />
  );
}
