/** The conversation by email: the sheet that asks where to. */

import { useMemo, useRef, useState } from "preact/hooks";

import { check, Icon } from "../shared/icons.tsx";
import { fill } from "../shared/language.ts";
import { cleanText } from "../shared/protocol.ts";
import { flawOfEmail, type Flaw } from "./flaws.ts";
import { Alert, FlawNote, SubmitButton } from "./form.tsx";
import { Rest } from "./rest.ts";
import type { Session } from "./session.ts";
import type { Say } from "./say.ts";
import { Sheet } from "./sheet.tsx";

export interface CopyProps { conversation: string; session: Session; say: Say; onSent(email: string): void; onClose(): void }

export function CopySheet({ conversation, session, say, onSent, onClose }: CopyProps) {
  const { texts } = say;
  const field = useRef<HTMLInputElement>(null);
  const [email, setEmail] = useState(session.typed.fields.value.email ?? "");
  const [flaw, setFlaw] = useState<Flaw>();
  const [trouble, setTrouble] = useState("");
  // An answer that was lost is no reason for a second mail to the same address.
  const key = useMemo(() => crypto.getRandomValues(new Uint32Array(4)).join("-"), [email]);
  const [busy, setBusy] = useState(false);

  const send = async () => {
    const to = cleanText(email);
    const wrong = to ? flawOfEmail(to) : "empty";
    setFlaw(wrong);
    setTrouble("");
    if (wrong || busy) return field.current?.focus();
    setBusy(true);
    const reply = await new Rest(session.host).copy(conversation, to, key);
    setBusy(false);
    if ("value" in reply) onSent(to);
    else if (reply.problem.errors?.length) setFlaw("unfit");
    else setTrouble(reply.problem.status === 429 ? texts.copyMany : texts.copyFailed);
  };

  return (
    <Sheet role="dialog" onClose={onClose} onSubmit={() => void send()}>
      <h3 id="sheet">{texts.copy}</h3>
      <p class="quiet">{texts.copyHint}</p>
      {trouble && <Alert>{trouble}</Alert>}
      <div class="f">
        <label for="to">{texts.email}</label>
        <input ref={field} id="to" class="in first" inputMode="email" autocomplete="email" dir="auto" value={email} readOnly={busy}
          aria-invalid={!!flaw} aria-describedby="to-flaw" onInput={(event) => setEmail(event.currentTarget.value)} />
        <FlawNote id="to-flaw" flaw={flaw} name="email" say={say} />
      </div>
      <div class="buttons">
        <SubmitButton busy={busy} say={say}>{texts.sendCopy}</SubmitButton>
        <button type="button" class="btn plain" onClick={onClose}>{texts.notNow}</button>
      </div>
    </Sheet>
  );
}

export function CopySent({ email, say: { texts } }: { email: string; say: Say }) {
  return <p class="box green" role="status"><Icon d={check} size={18} /><span>{fill(texts.copied, { email })}</span></p>;
}
