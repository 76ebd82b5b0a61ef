/** Another password. */

import { useRef, useState } from "preact/hooks";

import { NewPassword, Password } from "../../door/password.tsx";
import { newPasswordWords, useSending, whyNot } from "../../door/sending.ts";
import { Notice } from "../../parts.tsx";
import { language } from "../../ui.tsx";
import { changePassword } from "./rest.ts";
import { SECURITY } from "./texts.ts";

export function PasswordCard({ email, onChanged }: { email: string; onChanged(): void }) {
  const texts = SECURITY[language.value];
  const sending = useSending();
  /** Counts the changes: after each the fields begin anew. */
  const [changes, setChanges] = useState(0);
  const current = useRef<HTMLInputElement>(null);
  const fresh = useRef<HTMLInputElement>(null);
  const why = whyNot(sending, { ...newPasswordWords(), wrong_password: texts.wrongPassword });
  const currentWrong = sending.failure?.problem.code === "wrong_password";
  const submit = async (event: Event) => {
    event.preventDefault();
    if (await sending.send(() => changePassword(current.current!.value, fresh.current!.value))) {
      setChanges(changes + 1);
      onChanged();
    }
  };
  return (
    <section class="card pad" aria-labelledby="password-head">
      <h3 id="password-head">{texts.password}</h3>
      <form key={changes} onSubmit={(event) => void submit(event)} aria-busy={sending.busy}>
        <input hidden type="email" autocomplete="username" value={email} readOnly />
        <Password field={current} label={texts.current} wrong={currentWrong} why="password-why" />
        <NewPassword field={fresh} label={texts.newPassword} wrong={why !== null && !currentWrong} why="password-why" />
        <div id="password-why" class="why">{why ? <Notice tone="red">{why}</Notice> : changes > 0 && <Notice tone="green">{texts.passwordChanged}</Notice>}</div>
        <div class="row"><button class="btn" aria-disabled={sending.busy || sending.wait !== null}>{texts.changePassword}</button></div>
      </form>
    </section>
  );
}
