/** What a new API key is called and may do. */

import { useId, useState } from "preact/hooks";

import { check, Icon } from "../../../shared/icons.tsx";
import { Dialog } from "../../parts.tsx";
import { language } from "../../ui.tsx";
import { OFFERED, type Scope } from "./rest.ts";
import { DEVELOPERS } from "./texts.ts";

const MOST = 80;

/** `onMake` says whether the key was made, and closes this then: until then what was typed stays. */
export function KeyDialog({ busy, onMake, onClose }: { busy: boolean; onMake(name: string, scopes: Scope[]): Promise<boolean>; onClose(): void }) {
  const texts = DEVELOPERS[language.value];
  const [name, setName] = useState("");
  const [scopes, setScopes] = useState<Scope[]>([]);
  const [tried, setTried] = useState(false);
  const [failed, setFailed] = useState(false);
  const id = useId();
  const make = async (event: Event) => {
    event.preventDefault();
    setTried(true);
    if (busy || !name.trim() || !scopes.length) return;
    setFailed(false);
    if (!(await onMake(name.trim(), scopes))) setFailed(true);
  };
  const turn = (scope: Scope, on: boolean) => setScopes(OFFERED.filter((each) => (each === scope ? on : scopes.includes(each))));
  return (
    <Dialog title={texts.makeTitle} onClose={onClose}>
      <form onSubmit={(event) => void make(event)} noValidate>
        <label class="f">{texts.keyName}<input class="in" maxLength={MOST} value={name} aria-invalid={tried && !name.trim()} aria-describedby={id} onInput={(event) => setName(event.currentTarget.value)} /></label>
        <p class="meta" id={id}>{tried && !name.trim() ? <span class="err" role="alert">{texts.nameMissing}</span> : texts.keyNameHint}</p>
        <fieldset class="dev-scopes"><legend>{texts.scopes}</legend>
          {OFFERED.map((each) => (
            <label key={each} class="tick"><input type="checkbox" checked={scopes.includes(each)} onChange={(event) => turn(each, event.currentTarget.checked)} /><span class="cb"><Icon d={check} size={13} /></span>{texts.scope[each]}</label>
          ))}
        </fieldset>
        {tried && !scopes.length && <p class="err" role="alert">{texts.scopeMissing}</p>}
        {failed && <p class="err" role="alert">{texts.failed}</p>}
        <div class="row"><button class="btn primary" aria-disabled={busy}>{texts.make}</button><button type="button" class="btn" onClick={onClose}>{texts.cancel}</button></div>
      </form>
    </Dialog>
  );
}
