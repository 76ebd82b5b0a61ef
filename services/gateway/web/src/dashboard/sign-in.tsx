/** The door. One error for both fields: it does not say which of them was wrong. */

import { useRef, useState } from "preact/hooks";

import { Icon, warning } from "../shared/icons.tsx";
import { fill } from "../shared/language.ts";
import { Failure, signIn } from "./rest.ts";
import { LanguageChoice, Logo, t } from "./ui.tsx";

export function SignIn({ notice, onDone }: { notice: string | null; onDone(): void }) {
  const [error, setError] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const [shown, setShown] = useState(false);
  const email = useRef<HTMLInputElement>(null);
  const password = useRef<HTMLInputElement>(null);
  const texts = t();

  const submit = async (event: Event) => {
    event.preventDefault();
    setBusy(true);
    setError(null);
    try {
      await signIn(email.current!.value.trim(), password.current!.value);
      onDone();
    } catch (failure) {
      setError(explain(failure));
      password.current!.select();
    } finally {
      setBusy(false);
    }
  };

  return (
    <main class="door">
      <form class="si" onSubmit={submit} aria-busy={busy}>
        <Logo size={40} />
        <h1>{texts.signInTo}</h1>
        <p class="muted">{location.host}</p>
        {notice && !error && <p class="note brass" role="status">{notice}</p>}
        <label class="f">
          {texts.email}
          <input ref={email} class="in" type="email" name="email" autocomplete="username" required autofocus aria-invalid={error !== null} aria-describedby="error" />
        </label>
        <label class="f" for="password">{texts.password}</label>
        <div class="in-row">
          <input ref={password} id="password" class="in" type={(shown ? "text" : "password") as "text"} name="password"
            autocomplete="current-password" required aria-invalid={error !== null} aria-describedby="error" />
          <button type="button" class="btn link" aria-pressed={shown} onClick={() => setShown(!shown)}>{shown ? texts.hide : texts.show}</button>
        </div>
        <p id="error" class="err" role="alert">{error && <><Icon d={warning} size={14} stroke={1.1} />{error}</>}</p>
        <button class="btn primary wide" disabled={busy}>{texts.signIn}</button>
      </form>
      <footer><LanguageChoice /></footer>
    </main>
  );
}

function explain(failure: unknown): string {
  const texts = t();
  if (!(failure instanceof Failure) || failure.status === 0 || failure.status >= 500) return texts.unreachable;
  if (failure.status === 429) return fill(texts.tooMany, { n: failure.retryAfterS ?? 60 });
  return failure.status === 403 ? texts.refused : texts.wrong;
}
