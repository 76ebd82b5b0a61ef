/** Under a conversation that is over: how it was, and a copy of it. */

import { Icon, mail, star } from "../shared/icons.tsx";
import { fill } from "../shared/language.ts";
import { Rating } from "./rating.tsx";
import type { Say } from "./say.ts";
import type { Session } from "./session.ts";
import { isMessage, type Talk } from "./talk.ts";

/** `onCopy` is null once a copy was sent. */
export interface AfterProps { talk: Talk; session: Session; say: Say; onCopy: (() => void) | null }

export function After({ talk, session, say, onCopy }: AfterProps) {
  return (
    <>
      <Verdict talk={talk} session={session} say={say} />
      {onCopy && talk.lines.some(isMessage) && <button class="link copy" onClick={onCopy}><Icon d={mail} size={17} />{say.texts.copy}</button>}
    </>
  );
}

/** Asked only of whoever was answered. */
function Verdict({ talk, session, say }: { talk: Talk; session: Session; say: Say }) {
  const { score } = talk;
  if (score !== undefined) return <p class="note" role="status"><Icon d={star} size={15} stroke={1.1} />{fill(say.texts.thanks, { n: score })}</p>;
  const met = talk.lines.some((line) => isMessage(line) && line.from === "operator");
  return met && session.rating.value !== "skipped" ? <Rating session={session} say={say} /> : null;
}
