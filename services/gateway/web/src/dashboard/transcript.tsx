/** The lines of a conversation, as the operator reads them: in a window, and in history. */

import "./window/transcript.css";
import { Fragment } from "preact";

import { bell, check, checks, chatEnded, clock, Icon, mail, moved, note, person, reopen, star } from "../shared/icons.tsx";
import { clockTime, fill } from "../shared/language.ts";
import { linked } from "../shared/links.ts";
import type { Line, reachOf } from "./chats.ts";
import { dayAlone } from "./dates.ts";
import { language, t } from "./ui.tsx";
import { Attached } from "./window/files/attached.tsx";
import { standing, type Shown } from "./window/runs.ts";
import { WINDOW } from "./window/texts.ts";

type Reach = ReturnType<typeof reachOf>;

interface Props {
  lines: readonly Line[];
  visitor: string;
  /** How far a message of ours has come; without it no marks are shown. */
  reach?: (seq: number) => Reach;
}

export function Transcript({ lines, visitor, reach }: Props) {
  const today = Date.now();
  return standing(lines.filter(isTold), today).map((shown) => (
    <Fragment key={shown.line.seq}>
      {shown.newDay && <p class="day" role="separator" aria-label={dayAlone(language.value, shown.line.at, today)}><span>{dayAlone(language.value, shown.line.at, today)}</span></p>}
      <One shown={shown} lines={lines} visitor={visitor} reach={reach} />
    </Fragment>
  ));
}

const isTold = (line: Line) => line.kind === "message" || line.kind === "note" || told(line, "", "") !== null;

function One({ shown, lines, visitor, reach }: Pick<Props, "lines" | "visitor"> & { shown: Shown; reach: Props["reach"] }) {
  const { line, holder } = shown;
  if (line.kind === "message") return <Message shown={shown} lines={lines} visitor={visitor} reach={line.from === "visitor" ? undefined : reach?.(line.seq)} />;
  if (line.kind === "note") return <Note author={line.author ?? ""} text={line.text ?? ""} at={line.at} />;
  const details = Object.entries(line.details ?? {});
  return <><Happening line={line} visitor={visitor} holder={holder} />{details.length > 0 && <Details details={details} />}</>;
}

/** What the visitor filled in before the conversation. */
function Details({ details }: { details: [string, string][] }) {
  const texts = t();
  const names: Record<string, string> = { first_name: texts.firstName, last_name: texts.lastName, email: texts.email, phone: texts.phone, message: texts.filledIn };
  return (
    <dl class="kv filled">
      {details.map(([field, value]) => <Fragment key={field}><dt>{names[field] ?? field}</dt><dd dir="auto"><Linked text={value} /></dd></Fragment>)}
    </dl>
  );
}

function Message({ shown: { line, joined, closes }, lines, visitor, reach }: Pick<Props, "lines" | "visitor"> & { shown: Shown; reach: Reach | undefined }) {
  const ours = line.from !== "visitor";
  const words = { sent: t().sent, received: WINDOW[language.value].delivered, read: t().read };
  return (
    <div class={`q ${ours ? "ours" : "theirs"} ${joined ? "joined" : ""} ${closes ? "" : "goes-on"}`}>
      {line.text && <div class="bb" dir="auto"><Linked text={line.text} /></div>}
      {line.attachments && <Attached line={line} lines={lines} visitor={visitor} />}
      {closes && (
        <div class={reach === "read" ? "by rd" : "by"}>
          {ours && line.author && <span class="cut">{line.author}</span>}
          <time dateTime={line.at}>{clockTime(language.value, line.at)}</time>
          {reach && <><Icon d={reach === "sent" ? check : checks} size={13} stroke={1} /><span>{words[reach]}</span></>}
        </div>
      )}
    </div>
  );
}

/** Plain text; addresses in it lead there, in a tab of their own that learns nothing of this page. */
export function Linked({ text }: { text: string }) {
  return linked(text).map(({ text: part, href }) => (href
    ? <a href={href} target="_blank" rel="noopener noreferrer nofollow ugc" dir="ltr">{part}</a>
    : part));
}

/** For staff only. `at`: when it was stored. */
export function Note({ author, text, at }: { author: string; text: string; at?: string }) {
  return (
    <div class="q nt">
      <div class="bb">
        <Icon d={note} size={14} stroke={1.1} />
        <div class="grow" dir="auto">
          <b>{fill(t().noteBy, { name: author })}</b>{at && <time dateTime={at}>{clockTime(language.value, at)}</time>}<br /><Linked text={text} />
        </div>
      </div>
    </div>
  );
}

function Happening({ line, visitor, holder }: { line: Line; visitor: string; holder: string }) {
  const what = told(line, visitor, holder);
  if (!what) return null;
  const [icon, text] = what;
  return <p class="sys"><Icon d={icon} size={14} stroke={1.1} /><span>{text}{line.kind !== "unanswered" && <> <time dateTime={line.at}>{clockTime(language.value, line.at)}</time></>}</span></p>;
}

/** How it came about. */
function begun({ invitation, consent }: Line): string {
  const words = WINDOW[language.value];
  const how = invitation === undefined ? t().started : invitation ? fill(words.invitedBy, { name: invitation }) : words.invited;
  return consent ? `${how}, ${words.agreed}` : how;
}

/** `holder`: who had the conversation until then. Null: not worth a word. */
function told(line: Line, visitor: string, holder: string): [string, string] | null {
  const texts = t();
  const words = WINDOW[language.value];
  const operator = line.operator?.name ?? "";
  switch (line.kind) {
    case "started":
      return [clock, begun(line)];
    case "waiting":
      return [clock, texts.waits];
    case "left_line":
      return [chatEnded, texts.leftLine];
    case "assigned":
      return [moved, fill(texts.joined, { name: operator })];
    case "transferred":
      return [moved, holder && holder !== operator ? fill(words.moved, { from: holder, to: operator }) : fill(texts.joined, { name: operator })];
    case "transfer_asked":
      return [moved, fill(words.asked, { name: operator, department: line.department ?? "" })];
    case "unanswered":
      return [bell, fill(words.unanswered, { time: clockTime(language.value, line.since ?? line.at) })];
    case "identified":
      return [person, fill(words.identified, { name: visitor })];
    case "ended":
      if (line.by === "visitor") return [chatEnded, fill(texts.endedBy, { name: visitor })];
      return [chatEnded, line.by === "operator" && holder ? fill(texts.endedBy, { name: holder }) : texts.endedAt];
    case "reopened":
      return [reopen, texts.reopened];
    case "rated":
      return [star, fill(line.comment ? words.ratedSaying : texts.rated, { n: line.score ?? 0, comment: line.comment ?? "" })];
    case "transcript":
      return [mail, line.by === "visitor" ? texts.copyAsked : texts.copySent];
    case "archived":
      return [clock, texts.wentToHistory];
    default:
      return null;
  }
}
