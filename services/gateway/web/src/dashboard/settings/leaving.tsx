/** What whoever leaves with unsaved changes is asked. */

import { fill } from "../../shared/language.ts";
import { Dialog } from "../parts.tsx";
import { language } from "../ui.tsx";
import * as draft from "./draft.ts";
import { go, stay, wanted } from "./guard.ts";
import { namesOfPaths } from "./names.ts";
import { SETTINGS } from "./texts.ts";

export function Leaving() {
  const texts = SETTINGS[language.value];
  if (wanted.value === null) return null;
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
