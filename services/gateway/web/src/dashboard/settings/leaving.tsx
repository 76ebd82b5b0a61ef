/** What whoever leaves with unsaved changes is asked. */

import { fill } from "../../shared/language.ts";
import { Dialog } from "../parts.tsx";
import { language } from "../ui.tsx";
import * as draft from "./draft.ts";
import { go, held, letGo, stay, wanted } from "./guard.ts";
import { namesOfPaths } from "./names.ts";
import { SETTINGS } from "./texts.ts";

export function Leaving() {
  const texts = SETTINGS[language.value];
  if (wanted.value === null) return null;
  if (held.value !== null) return <Held what={held.value} />;
  const saveFirst = async () => ((await draft.save()) ? go() : stay());
  const leave = () => {
    draft.discard();
    go();
  };
  return (
    <Dialog role="alertdialog" title={texts.leaveTitle} onClose={stay}>
      <p class="muted">{fill(texts.leaveHint, { what: namesOfPaths(language.value, draft.changed.value).join(", ") })}</p>
      <div class="row">
        <button class="btn primary safe" data-save onClick={() => void saveFirst()}>{texts.saveAndLeave}</button>
        <button class="btn" onClick={leave}>{texts.leaveUnsaved}</button>
        <button class="btn quiet" onClick={stay}>{texts.stayHere}</button>
      </div>
    </Dialog>
  );
}

/** What has a button of its own is saved there. */
function Held({ what }: { what: string }) {
  const texts = SETTINGS[language.value];
  return (
    <Dialog role="alertdialog" title={texts.leaveHeld} onClose={stay}>
      <p class="muted">{fill(texts.leaveHint, { what })}</p>
      <div class="row">
        <button class="btn primary safe" onClick={stay}>{texts.stayHere}</button>
        <button class="btn" onClick={letGo}>{texts.leaveUnsaved}</button>
      </div>
    </Dialog>
  );
}
