/** The door. One error for both fields: it does not say which of them was wrong. */

import { useEffect, useRef, useState } from "preact/hooks";

import { check, Icon } from "../../shared/icons.tsx";
import { fill } from "../../shared/language.ts";
import { countdown } from "../dates.ts";
import { Notice } from "../parts.tsx";
import { Failure, signIn } from "../rest.ts";
import { language, LanguageChoice, Logo } from "../ui.tsx";
import "./door.css";
import { DOOR } from "./texts.ts";

/** As long as the gateway lets a session rest. */
const STAY_DAYS = 14;

export type Reason = "ended" | "refused";

/** `why`: what closed the desk that was open before, if one was. */
export function SignIn({ why, onDone }: { why: Reason | null; onDone(): void }) {
  const [failure, setFailure] = useState<Failure | "unknown" | null>(null);
  const [busy, setBusy] = useState(false);
  const email = useRef<HTMLInputElement>(null);
  const password = useRef<HTMLInputElement>(null);
  const [stay, setStay] = useState(true);
  const wait = useCountdown(failure instanceof Failure && failure.status === 429 ? failure : null);
  const texts = DOOR[language.value];

  useEffect(() => {
    document.title = `${texts.signIn} · Shopbell`;
  }, [texts]);
  const submit = async (event: Event) => {
    event.preventDefault();
    if (busy || wait) return;
    setBusy(true);
    try {
      await signIn(email.current!.value.trim(), password.current!.value, stay);
      onDone();
    } catch (refused) {
      setFailure(refused instanceof Failure ? refused : "unknown");
      password.current!.select();
    } finally {
      setBusy(false);
    }
  };

  return (
    <main class="door">
      <form class="si" onSubmit={submit} aria-busy={busy}>
        <Logo size={40} />
        <div class="to"><h1>{texts.title}</h1><p class="muted">{location.host}</p></div>
        <div id="why" class="why">
          {failure ? <Notice tone="red">{explain(failure, wait)}</Notice> : why && <Notice tone={why === "ended" ? "brass" : "red"}>{texts[why]}</Notice>}
        </div>
        <Field label={texts.email}>
          <input ref={email} class="in" type="email" name="email" autocomplete="username" required autofocus aria-invalid={failure !== null} aria-describedby="why" />
        </Field>
        <Password field={password} wrong={failure !== null} />
        <label class="tick stay">
          <input type="checkbox" checked={stay} onChange={(event) => setStay(event.currentTarget.checked)} />
          <span class="cb"><Icon d={check} size={13} stroke={1.2} /></span>{fill(texts.stay, { n: STAY_DAYS })}
        </label>
        <button class="btn primary wide" aria-disabled={busy || wait !== null}>{busy ? texts.signingIn : texts.signIn}</button>
      </form>
      <footer><LanguageChoice /></footer>
    </main>
  );
}

function Field({ label, children }: { label: string; children: preact.ComponentChildren }) {
  return <label class="f">{label}{children}</label>;
}

function Password({ field, wrong }: { field: preact.RefObject<HTMLInputElement | null>; wrong: boolean }) {
  const [shown, setShown] = useState(false);
  const [caps, setCaps] = useState(false);
  const texts = DOOR[language.value];
  const look = (event: KeyboardEvent) => setCaps(event.getModifierState?.("CapsLock") ?? false);
  const type = { type: (shown ? "text" : "password") as "text" };
  return (
    <div>
      <label class="f" for="password">{texts.password}</label>
      <div class="in-row">
        <input ref={field} id="password" class="in" {...type} name="password" autocomplete="current-password" required spellcheck={false}
          autocapitalize="off" aria-invalid={wrong} aria-describedby="why caps" onKeyDown={look} onKeyUp={look} />
        <button type="button" class="btn link" aria-pressed={shown} aria-controls="password" onClick={() => setShown(!shown)}>{shown ? texts.hide : texts.show}</button>
      </div>
      <p id="caps" class="caps" role="status">{caps && texts.capsLock}</p>
    </div>
  );
}

/** What is left of the time for which a refusal told us to wait; null once it is over, or without one. */
function useCountdown(failure: Failure | null): string | null {
  const [left, setLeft] = useState<string | null>(null);
  useEffect(() => {
    if (!failure) return setLeft(null);
    const end = new Date(Date.now() + (failure.retryAfterS ?? 60) * 1000).toISOString();
    const tick = () => setLeft(countdown(end, Date.now()));
    tick();
    const timer = setInterval(tick, 1000);
    return () => clearInterval(timer);
  }, [failure]);
  return left;
}

function explain(failure: Failure | "unknown", wait: string | null): string {
  const texts = DOOR[language.value];
  if (failure === "unknown" || failure.status === 0 || failure.status >= 500) return texts.unreachable;
  if (failure.status === 429) return wait ? fill(texts.tooMany, { time: wait }) : texts.again;
  return failure.status === 403 ? texts.refused : texts.wrong;
}
