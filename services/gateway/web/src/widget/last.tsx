/** A customer's last conversation, folded above the new one. */

import { check, down, history, Icon } from "../shared/icons.tsx";
import { fill } from "../shared/language.ts";
import { Bubble } from "./log.tsx";
import { isMessage, type Talk } from "./talk.ts";
import type { Say } from "./say.ts";
import type { Session } from "./session.ts";

export function Last({ talk, session, say, fallback }: { talk: Talk; session: Session; say: Say; fallback: string | undefined }) {
  const { language, texts } = say;
  const end = talk.lines.at(-1);
  if (!end) return null;
  // In English the day stands first, as in Europe.
  const date = new Intl.DateTimeFormat(language === "en" ? "en-GB" : language, { day: "numeric", month: "long" }).format(new Date(end.at));
  return (
    <details class="last" aria-live="off">
      <summary>
        <Icon d={history} size={18} />
        <span class="grow"><b>{texts.last}</b>{talk.operator ? fill(texts.lastWith, { date, name: talk.operator }) : date}</span>
        <Icon d={down} size={18} />
      </summary>
      {talk.lines.filter(isMessage).map((line) => <Bubble key={line.seq} line={line} session={session} say={say} mark={null} fallback={fallback} />)}
      <p class="note"><Icon d={check} size={15} stroke={1.1} />
        {fill(texts.endedOn, { date })}{talk.score !== undefined && fill(texts.rated, { n: talk.score })}</p>
    </details>
  );
}
