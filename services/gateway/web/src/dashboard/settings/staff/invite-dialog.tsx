/** Asking a colleague in: a mail with a link goes to the address. */

import { useRef, useState } from "preact/hooks";

import { LANGUAGES, type Language } from "../../../shared/language.ts";
import { Dialog, Notice, Segments } from "../../parts.tsx";
import type { Role } from "../../rest.ts";
import { language, LANGUAGE_NAMES } from "../../ui.tsx";
import * as rest from "./rest.ts";
import { givenBy } from "./rules.ts";
import { explain } from "./refusals.ts";
import { STAFF } from "./texts.ts";

export function InviteDialog({ shop, role: own, onSent, onClose }: { shop: string; role: Role; onSent(email: string): void; onClose(): void }) {
  const texts = STAFF[language.value];
  const [role, setRole] = useState<Role>("operator");
  const [speaks, setSpeaks] = useState<Language>(language.value);
  const [busy, setBusy] = useState(false);
  const [flaw, setFlaw] = useState<string | null>(null);
  const email = useRef<HTMLInputElement>(null);
  const name = useRef<HTMLInputElement>(null);
  const roles = [...givenBy(own)].reverse();
  const send = async (event: Event) => {
    event.preventDefault();
    if (busy) return;
    setBusy(true);
    setFlaw(null);
    const to = email.current!.value.trim();
    const called = name.current!.value.trim();
    try {
      await rest.invite(shop, { email: to, role, language: speaks, ...(called ? { name: called } : {}) });
      onSent(to);
    } catch (error) {
      setFlaw(explain(texts, error, to));
      setBusy(false);
      email.current?.focus();
    }
  };
  return (
    <Dialog title={texts.inviteTitle} onClose={onClose}>
      <form onSubmit={(event) => void send(event)} aria-busy={busy}>
        <label class="f">{texts.email}<input ref={email} class="in" type="email" required autocomplete="off" maxLength={254} aria-invalid={flaw !== null} aria-describedby="invite-flaw" /></label>
        <label class="f">{texts.nameMaybe}<input ref={name} class="in" autocomplete="off" maxLength={80} /></label>
        <div class="asked"><span class="b5">{texts.role}</span>
          <Segments<Role> label={texts.role} value={role} onChange={(to) => setRole(to)} options={roles.map((value) => ({ value, label: texts.roles[value] }))} />
          <span class="hint">{texts.roleHints[role]}</span>
        </div>
        <label class="f">{texts.mailLanguage}
          <select class="in" value={speaks} onChange={(event) => setSpeaks(event.currentTarget.value as Language)}>
            {LANGUAGES.map((each) => <option key={each} value={each}>{LANGUAGE_NAMES[each]}</option>)}
          </select>
        </label>
        <div id="invite-flaw" class="why">{flaw && <Notice tone="red">{flaw}</Notice>}</div>
        <div class="row">
          <button class="btn primary" aria-disabled={busy}>{busy ? texts.sending : texts.send}</button>
          <button class="btn" type="button" onClick={onClose}>{texts.cancel}</button>
          <span class="meta ends">{texts.once}</span>
        </div>
      </form>
    </Dialog>
  );
}
