/** Everything about one person as an archive. */

import { useState } from "preact/hooks";

import { check, download, Icon } from "../../shared/icons.tsx";
import { fill, plural } from "../../shared/language.ts";
import { dayBefore } from "../dates.ts";
import { Dialog, Notice, save } from "../parts.tsx";
import { Failure } from "../rest.ts";
import { language } from "../ui.tsx";
import { exported, type Person } from "./rest.ts";
import { PERSON } from "./texts.ts";

type State = { is: "asking" | "busy" } | { is: "done"; file: string } | { is: "failed"; why: string };

export function ExportDialog({ shop, person, name, onClose }: { shop: string; person: Person; name: string; onClose(): void }) {
  const texts = PERSON[language.value];
  const [notes, setNotes] = useState(false);
  const [state, setState] = useState<State>({ is: "asking" });
  const run = async () => {
    setState({ is: "busy" });
    try {
      const archive = await exported(shop, person.id, notes);
      // The name of the file gives no person away.
      const file = `person-${dayBefore(Date.now(), 0)}.zip`;
      save(archive, file);
      setState({ is: "done", file });
    } catch (error) {
      setState({ is: "failed", why: error instanceof Failure && error.status === 403 ? texts.exportForbidden : texts.exportFailed });
    }
  };
  return (
    <Dialog title={fill(texts.exportTitle, { name })} onClose={onClose}>
      <p class="muted">{texts.exportHint}</p>
      <ul class="cons">
        {[texts.exportHtml, texts.exportJson].map((each) => (
          <li key={each}><span class="green-ink"><Icon d={check} /></span><span class="grow">{each}</span><span class="meta">{texts.always}</span></li>
        ))}
        {person.counts.notes > 0 && (
          <li>
            <label class="tick named"><input type="checkbox" checked={notes} onChange={(event) => setNotes(event.currentTarget.checked)} /><span class="cb" aria-hidden="true"><Icon d={check} size={12} stroke={1.5} /></span>
              <span class="grow">{plural(language.value, person.counts.notes, texts.exportNotes)}</span></label>
            <span class="meta">{texts.leftOut}</span>
          </li>
        )}
      </ul>
      {state.is === "busy" && <Notice>{texts.preparing}</Notice>}
      {state.is === "done" && <Notice tone="green">{fill(texts.exported, { file: state.file })}</Notice>}
      {state.is === "failed" && <Notice tone="red">{state.why}</Notice>}
      <div class="row">
        <button class="btn primary" aria-disabled={state.is === "busy"} onClick={() => state.is !== "busy" && void run()}><Icon d={download} />{texts.download}</button>
        <button class="btn" onClick={onClose}>{texts.close}</button>
      </div>
    </Dialog>
  );
}
