/** In line: the place, live, and what to do other than wait. */

import { bell, Icon } from "../shared/icons.tsx";
import { LeaveInstead } from "./chat.tsx";
import type { Say } from "./say.ts";
import type { Session } from "./session.ts";

export function Waiting({ session, say: { texts } }: { session: Session; say: Say }) {
  const place = session.talk.value?.place;
  const [before, after] = texts.place.split("{n}");
  return (
    <div class="waiting">
      <span class="ring"><Icon d={bell} size={34} /></span>
      <p role="status">
        {place === undefined ? <b>{texts.inLine}</b> : <>{before}<b class="place">{place}</b>{after}{place === 1 && <b>{texts.next}</b>}</>}
      </p>
      <p class="quiet">{texts.lineHint}</p>
      <LeaveInstead session={session} text={texts.leaveInstead} />
      <button class="link" onClick={() => session.end()}>{texts.leaveLine}</button>
    </div>
  );
}
