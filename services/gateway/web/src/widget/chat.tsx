/** The conversation: messages, composer, and what can be done with it as a whole. */

import { useState } from "preact/hooks";

import { bell, Icon, mail, more, soundOff, soundOn } from "../shared/icons.tsx";
import { Composer } from "./composer.tsx";
import { extras, files, forms, lazily } from "./lazily.tsx";
import { Log } from "./log.tsx";
import type { Session } from "./session.ts";
import type { FirstSay } from "./say.ts";
import { isOngoing, takesNew } from "./views.ts";
import { Avatar, Header, Tool, type Face } from "./window.tsx";

const CopySheet = lazily(forms, "CopySheet");
const CopySent = lazily(forms, "CopySent");

const Waiting = lazily(extras, "Waiting");
const AskEnd = lazily(extras, "AskEnd");
const PrivacySheet = lazily(extras, "PrivacySheet");
const Menu = lazily(extras, "Menu");
const After = lazily(extras, "After");
const Picture = lazily(files, "Picture");

export function Chat({ session, say, inside }: Face) {
  const { texts } = say;
  const [sheet, setSheet] = useState<"copy" | "end" | "privacy" | null>(null);
  const [menu, setMenu] = useState(false);
  const [copied, setCopied] = useState<{ id: string; email: string } | null>(null);
  const look = session.appearance.value;
  const talk = session.talk.value;
  const status = talk?.status;
  const muted = session.bell.muted.value;
  const over = talk !== null && !isOngoing(status);
  const close = () => setSheet(null);
  return (
    <>
      {status === "waiting"
        ? <Header session={session} say={say} title={texts.inLine} line={texts.allBusy} icon={<Icon d={bell} size={26} />} />
        : (
          <Header session={session} say={say} title={look?.header || texts.launcher} line={session.operator}
            icon={<Avatar name={session.operator} there={takesNew(session.availability.value) || status === "open"} />}>
            <Tool d={muted ? soundOff : soundOn} name={muted ? texts.unmute : texts.mute} onClick={() => session.bell.toggle()} />
            {status === "open" && <Tool d={more} name={texts.more} menu={menu} onClick={() => setMenu(!menu)} />}
          </Header>
        )}
      {menu && status === "open" && (
        <Menu session={session} say={say} onClose={() => setMenu(false)} onChoose={setSheet} />
      )}
      {status === "waiting" && <Waiting session={session} say={say} />}
      <Log session={session} say={say}>
        {over && <After talk={talk} session={session} say={say} onCopy={copied?.id === talk.id ? null : () => setSheet("copy")} />}
        {copied && copied.id === talk?.id && <CopySent email={copied.email} say={say} />}
      </Log>
      <Hint session={session} say={say} over={over} />
      {over && session.availability.value === "form"
        ? <div class="composer"><LeaveInstead session={session} text={texts.leave} /></div>
        : <Composer session={session} say={say} inside={inside} />}
      {session.files.viewed.value && <Picture session={session} say={say} />}
      {sheet === "copy" && talk && (
        <CopySheet conversation={talk.id} session={session} say={say} onClose={close}
          onSent={(email) => { setCopied({ id: talk.id, email }); close(); }} />
      )}
      {sheet === "privacy" && look?.privacy && <PrivacySheet privacy={look.privacy} say={say} onClose={close} />}
      {sheet === "end" && status === "open" && <AskEnd say={say} onEnd={() => { session.end(); close(); }} onKeep={close} />}
    </>
  );
}

/** The way to the form. */
export function LeaveInstead({ session, text }: { session: Session; text: string }) {
  return <button class="btn" onClick={() => session.leaveInstead()}><Icon d={mail} size={18} />{text}</button>;
}

/** One line over the composer: what writing will do, where that is not plain. */
function Hint({ session, say: { texts }, over }: { session: Session; say: FirstSay; over: boolean }) {
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
