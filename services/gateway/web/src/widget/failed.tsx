/** Under a message that did not go: that it did not, and what can be done about it. */

import type { Entry } from "../shared/connection/outbox.ts";
import { Icon, warning } from "../shared/icons.tsx";
import type { Say } from "./say.ts";
import type { Session } from "./session.ts";

export function Failed({ entry, session, say: { texts } }: { entry: Entry; session: Session; say: Say }) {
  /** The button goes, so whoever pressed it goes on writing. */
  const after = (act: (entry: Entry) => void) => ({ currentTarget }: { currentTarget: HTMLElement }) => {
    (currentTarget.getRootNode() as ShadowRoot).querySelector<HTMLElement>(".composer textarea")?.focus();
    act(entry);
  };
  const mark = <Icon d={warning} size={14} stroke={1.1} />;
  return (
    <div class="by fail">
      {entry.retryable ? <button onClick={after((it) => session.retry(it))}>{mark}{texts.failed}</button> : <span>{mark}{texts.refused}</span>}
      <button onClick={after((it) => session.discard(it))}>{texts.discard}</button>
    </div>
  );
}
