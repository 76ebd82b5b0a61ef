/** What weakens the door asks for the password again. */

import { useRef } from "preact/hooks";

import { Password } from "../../door/password.tsx";
import { useSending, whyNot } from "../../door/sending.ts";
import { Dialog, Notice } from "../../parts.tsx";
import { language } from "../../ui.tsx";
import { SECURITY } from "./texts.ts";

export function AskPassword({ title, hint, deed, danger = false, onPassword, onClose }: {
  title: string; hint: string; deed: string; danger?: boolean;
  /** Throws a Failure. */
  onPassword(password: string): Promise<void>;
  onClose(): void;
}) {
  const texts = SECURITY[language.value];
  const sending = useSending();
  const field = useRef<HTMLInputElement>(null);
  const why = whyNot(sending, { wrong_password: texts.wrongPassword });
  const submit = async (event: Event) => {
    event.preventDefault();
    if (!(await sending.send(() => onPassword(field.current!.value)))) field.current?.select();
  };
  return (
    <Dialog title={title} onClose={onClose}>
      <p class="muted">{hint}</p>
      <form onSubmit={(event) => void submit(event)} aria-busy={sending.busy}>
        <div id="ask-why" class="why">{why && <Notice tone="red">{why}</Notice>}</div>
        <Password field={field} label={texts.yourPassword} wrong={why !== null} why="ask-why" />
        <div class="row">
          <button class={danger ? "btn danger" : "btn primary"} aria-disabled={sending.busy || sending.wait !== null}>{deed}</button>
          <button class="btn" type="button" onClick={onClose}>{texts.cancel}</button>
        </div>
      </form>
    </Dialog>
  );
}
