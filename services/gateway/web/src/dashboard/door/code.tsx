/** The second factor: six digits, or a recovery code. */

import { useEffect, useRef, useState } from "preact/hooks";

import { Notice } from "../parts.tsx";
import { language } from "../ui.tsx";
import { Card, Field, Go } from "./card.tsx";
import { isWhole } from "./digits.ts";
import { whyNot, type Sending } from "./sending.ts";
import { Six } from "./six.tsx";
import { DOOR } from "./texts.ts";

interface Props {
  sending: Sending;
  onCode(code: string): void;
  onLeave(): void;
}

export function Code({ sending, onCode, onLeave }: Props) {
  const [recovery, setRecovery] = useState(false);
  const texts = DOOR[language.value];
  const turn = () => {
    sending.forget();
    setRecovery(!recovery);
  };
  const Form = recovery ? Recovery : Digits;
  return (
    <Form sending={sending} onCode={onCode}>
      <button type="button" class="textlink" onClick={turn}>{recovery ? texts.backToDigits : texts.useRecovery}</button>
      <button type="button" class="textlink" onClick={onLeave}>{texts.someoneElse}</button>
    </Form>
  );
}

interface FormProps { sending: Sending; onCode(code: string): void; children: preact.ComponentChildren }

function Digits({ sending, onCode, children }: FormProps) {
  const [digits, setDigits] = useState("");
  const texts = DOOR[language.value];
  const why = whyNot(sending, { second_factor_wrong: texts.digitsWrong });
  const ready = isWhole(digits);
  return (
    <Card title={texts.digitsTitle} lead={texts.digitsLead} busy={sending.busy} onSubmit={() => ready && onCode(digits)} why={why && <Notice tone="red">{why}</Notice>}>
      <Six label={texts.digits} digits={digits} wrong={why !== null} why="why" first onDigits={setDigits} />
      <Go busy={sending.busy} held={!ready || sending.wait !== null}>{sending.busy ? texts.checking : texts.next}</Go>
      <div class="else">{children}</div>
    </Card>
  );
}

function Recovery({ sending, onCode, children }: FormProps) {
  const field = useRef<HTMLInputElement>(null);
  const texts = DOOR[language.value];
  const why = whyNot(sending, { second_factor_wrong: texts.recoveryWrong });
  useEffect(() => field.current?.focus(), []);
  const submit = () => {
    onCode(field.current!.value.trim());
    field.current!.select();
  };
  return (
    <Card title={texts.recoveryTitle} lead={texts.recoveryLead} busy={sending.busy} onSubmit={submit} why={why && <Notice tone="red">{why}</Notice>}>
      <Field label={texts.recovery}>
        <input ref={field} class="in mono" name="recovery" autocomplete="off" autocapitalize="off" spellcheck={false} required maxLength={40} aria-invalid={why !== null} aria-describedby="why" />
      </Field>
      <Go busy={sending.busy} held={sending.wait !== null}>{sending.busy ? texts.checking : texts.next}</Go>
      <div class="else">{children}<p>{texts.noCode}</p></div>
    </Card>
  );
}
