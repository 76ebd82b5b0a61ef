/** The conversation: messages, composer, and what can be done with it as a whole. */

import { useState } from "preact/hooks";

import { bell, chatEnded, check, Icon, mail } from "../shared/icons.tsx";
import { fill } from "../shared/language.ts";
import { Composer } from "./composer.tsx";
import type { CopyProps } from "./copy.tsx";
import { lazily } from "./lazily.tsx";
import { Log } from "./log.tsx";
import type { Session } from "./session.ts";
import { isMessage } from "./talk.ts";
import type { Say } from "./say.ts";
import { isOngoing } from "./views.ts";
import { Avatar, Header, Sheet, Tool, type Face } from "./window.tsx";

const CopySheet = lazily<CopyProps>(() => import("./forms.ts").then((forms) => forms.CopySheet), () => null);

export function Chat({ session, say, inside }: Face) {
  const { texts } = say;
  const [sheet, setSheet] = useState<"copy" | "end" | null>(null);
  const [copied, setCopied] = useState<{ id: string; email: string } | null>(null);
  const look = session.appearance.value;
  const talk = session.talk.value;
  const status = talk?.status;
  const over = talk !== null && !isOngoing(status);
  const close = () => setSheet(null);
  return (
    <>
      <Header session={session} say={say} title={look?.header || texts.launcher} line={session.operator}
        icon={<Avatar />}>
        {status === "open" && <Tool d={mail} name={texts.copy} onClick={() => setSheet("copy")} />}
        {status === "open" && <Tool d={chatEnded} name={texts.end} onClick={() => setSheet("end")} />}
      </Header>
      {status === "waiting" && <Waiting session={session} say={say} />}
      <Log session={session} say={say}>
        {copied && copied.id === talk?.id ? <CopySent email={copied.email} say={say} />
          : over && talk.lines.some(isMessage) && <CopyLink say={say} onCopy={() => setSheet("copy")} />}
      </Log>
      <Hint session={session} say={say} over={over} />
      {over && session.availability.value === "form"
        ? <div class="composer"><LeaveInstead session={session} text={texts.leave} /></div>
        : <Composer session={session} say={say} inside={inside} />}
      {sheet === "copy" && talk && (
        <CopySheet conversation={talk.id} session={session} say={say} onClose={close}
          onSent={(email) => { setCopied({ id: talk.id, email }); close(); }} />
      )}
      {sheet === "end" && status === "open" && <AskEnd say={say} onEnd={() => { session.end(); close(); }} onKeep={close} />}
    </>
  );
}

function Waiting({ session, say: { texts } }: { session: Session; say: Say }) {
  const place = session.talk.value?.place;
  return (
    <div class="waiting">
      <span class="ring"><Icon d={bell} size={34} /></span>
      <p role="status">
        <b>{texts.inLine}</b>
        {place !== undefined && <span>{place === 1 ? texts.next : fill(texts.place, { n: place })}</span>}
      </p>
      <p class="quiet">{texts.lineHint}</p>
      <LeaveInstead session={session} text={texts.leaveInstead} />
      <button class="link" onClick={() => session.end()}>{texts.leaveLine}</button>
    </div>
  );
}

function LeaveInstead({ session, text }: { session: Session; text: string }) {
  return <button class="btn" onClick={() => session.leaveInstead()}><Icon d={mail} size={18} />{text}</button>;
}

/** One line over the composer: what writing will do, where that is not plain. */
function Hint({ session, say: { texts }, over }: { session: Session; say: Say; over: boolean }) {
  const status = session.talk.value?.status;
  const availability = session.availability.value;
  const text = session.phase.value.name === "closed" ? texts.signedOut
    : isOngoing(status) ? null
    : over && availability === "form" ? texts.nobody
    : status === "ended" ? texts.reopenHint
    : availability === "line" ? texts.busy
    : availability !== "online" ? texts.nobody
    : over ? texts.over
    : null;
  return text ? <p class="hint" role="status">{text}</p> : null;
}

function AskEnd({ say: { texts }, onEnd, onKeep }: { say: Say; onEnd(): void; onKeep(): void }) {
  return (
    <Sheet role="alertdialog" onClose={onKeep} onSubmit={onEnd}>
      <h3 id="sheet">{texts.endSure}</h3>
      <p class="quiet">{texts.endHint}</p>
      <div class="buttons">
        <button type="button" class="btn grow first" onClick={onKeep}>{texts.keepOpen}</button>
        <button class="btn danger">{texts.end}</button>
      </div>
    </Sheet>
  );
}

/** Under the messages of a conversation that is over. */
function CopyLink({ say: { texts }, onCopy }: { say: Say; onCopy(): void }) {
  return <button class="link copy" onClick={onCopy}><Icon d={mail} size={17} />{texts.copy}</button>;
}

function CopySent({ email, say: { texts } }: { email: string; say: Say }) {
  return <p class="box green" role="status"><Icon d={check} size={18} /><span>{fill(texts.copied, { email })}</span></p>;
}
