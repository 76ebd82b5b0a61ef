/** Where one is signed in, and how to end that. */

import { useState } from "preact/hooks";

import { Icon, laptop, leave, mobile } from "../../../shared/icons.tsx";
import { fill } from "../../../shared/language.ts";
import { momentAlone, momentOf } from "../../dates.ts";
import { useList, useNowAndThen } from "../../list.ts";
import { Notice, Skeleton } from "../../parts.tsx";
import { Failure } from "../../rest.ts";
import { Confirm, language, now } from "../../ui.tsx";
import * as rest from "./rest.ts";
import { SECURITY } from "./texts.ts";

const LOOK_MS = 30_000;
const ON_PHONES = /iPhone|Android/;

/** `onAllEnded`: this one, too. */
export function Sessions({ onAllEnded }: { onAllEnded(): void }) {
  const texts = SECURITY[language.value];
  const list = useList(async () => ({ items: hereFirst(await rest.sessions()), next: null }), []);
  const [asks, setAsks] = useState(false);
  const [failed, setFailed] = useState(false);
  useNowAndThen(() => void list.again(), LOOK_MS);
  const run = (deed: () => Promise<unknown>, then: () => void) => {
    setFailed(false);
    deed().then(then, () => setFailed(true));
  };
  const all = () => {
    setAsks(false);
    run(rest.endAll, onAllEnded);
  };
  return (
    <section class="card" aria-labelledby="sessions">
      <div class="pad row bordered"><h3 id="sessions" class="grow">{texts.sessions}</h3>
        <button class="btn danger-ink" onClick={() => setAsks(true)}><Icon d={leave} />{texts.everywhere}</button></div>
      {(failed || list.failed) && <div class="pad"><Notice tone="red">{failed ? texts.notEnded : texts.sessionsUnread}</Notice></div>}
      {list.rows === null ? !list.failed && <Skeleton rows={2} /> : (
        <ul aria-labelledby="sessions">{list.rows.map((each) => <Row key={each.id} session={each} onEnd={() => run(() => rest.end(each.id).catch(unlessGone), () => void list.again())} />)}</ul>
      )}
      {asks && <Confirm title={texts.everywhereSure} hint={texts.everywhereHint} yes={texts.everywhere} no={texts.staySignedIn} onYes={all} onNo={() => setAsks(false)} />}
    </section>
  );
}

/** What has ended already is what was wanted. */
function unlessGone(failure: unknown): void {
  if (!(failure instanceof Failure && failure.status === 404)) throw failure;
}

const hereFirst = (sessions: rest.SignedIn[]) => [...sessions].sort((a, b) => Number(b.here) - Number(a.here) || (a.last_used_at < b.last_used_at ? 1 : -1));

function Row({ session, onEnd }: { session: rest.SignedIn; onEnd(): void }) {
  const texts = SECURITY[language.value];
  const name = session.agent || texts.unknownDevice;
  const since = fill(texts.since, { when: momentOf(language.value, session.created_at, now.value) });
  return (
    <li class="line">
      <span class="muted"><Icon d={ON_PHONES.test(session.agent) ? mobile : laptop} size={20} /></span>
      <span class="grow"><span class="b5">{name} {session.here && <span class="tag green">{texts.thisOne}</span>}</span>
        <span class="d">{session.here ? texts.now : momentAlone(language.value, session.last_used_at, now.value)}, {since}</span></span>
      {!session.here && <button class="btn sm" aria-label={fill(texts.signOutOf, { what: name })} onClick={onEnd}>{texts.signOut}</button>}
    </li>
  );
}
