/** The lines of a conversation, as the operator reads them: in a window, and in history. */

import "./window/transcript.css";
import { chatEnded, clock, Icon, mail, moved, note, reopen, star } from "../shared/icons.tsx";
import { clockTime, fill } from "../shared/language.ts";
import type { Line } from "./chats.ts";
import { language, t } from "./ui.tsx";

/** `readUpto`: how far the visitor has read; without it no marks are shown. */
export function Transcript({ lines, visitor, readUpto }: { lines: readonly Line[]; visitor: string; readUpto?: number }) {
  const lastOurs = readUpto === undefined ? undefined : lines.findLast((line) => line.kind === "message" && line.from === "operator");
  let operator = "";
  return lines.map((line) => {
    operator = line.operator?.name ?? operator;
    if (line.kind === "message") return <Message key={line.seq} line={line} mark={line === lastOurs ? readUpto! >= line.seq : null} />;
    if (line.kind === "note") return <Note key={line.seq} line={line} />;
    const happening = <Happening key={line.seq} line={line} visitor={visitor} operator={operator} />;
    return line.details && Object.keys(line.details).length ? [happening, <Details key={`${line.seq} details`} details={line.details} />] : happening;
  });
}

/** What the visitor filled in before the conversation. */
function Details({ details }: { details: Record<string, string> }) {
  const texts = t();
  const names: Record<string, string> = { first_name: texts.firstName, last_name: texts.lastName, email: texts.email, phone: texts.phone, message: texts.filledIn };
  return (
    <dl class="kv filled">
      {Object.entries(details).map(([field, value]) => <><dt>{names[field] ?? field}</dt><dd dir="auto">{value}</dd></>)}
    </dl>
  );
}

/** `mark`: whether the visitor has read it; null where no mark stands. */
function Message({ line, mark }: { line: Line; mark: boolean | null }) {
  const ours = line.from !== "visitor";
  return (
    <div class={ours ? "q ours" : "q theirs"}>
      <div class="bb" dir="auto">{line.text}</div>
      <div class={mark ? "by rd" : "by"}>
        {ours && <span>{line.author}</span>}
        <time dateTime={line.at}>{clockTime(language.value, line.at)}</time>
        {mark !== null && <span>{mark ? t().read : t().sent}</span>}
      </div>
    </div>
  );
}

function Note({ line }: { line: Line }) {
  return (
    <div class="q nt">
      <div class="bb"><Icon d={note} size={14} stroke={1.1} /><div dir="auto"><b>{fill(t().noteBy, { name: line.author ?? "" })}</b><br />{line.text}</div></div>
    </div>
  );
}

function Happening({ line, visitor, operator }: { line: Line; visitor: string; operator: string }) {
  const what = told(line, visitor, operator);
  if (!what) return null;
  const [icon, text] = what;
  return <p class="sys"><Icon d={icon} size={14} stroke={1.1} /><span>{text}</span><time dateTime={line.at}>{clockTime(language.value, line.at)}</time></p>;
}

function told(line: Line, visitor: string, operator: string): [string, string] | null {
  const texts = t();
  switch (line.kind) {
    case "started":
      return [clock, texts.started];
    case "waiting":
      return [clock, texts.waits];
    case "left_line":
      return [chatEnded, texts.leftLine];
    case "assigned":
    case "transferred":
      return [moved, fill(texts.joined, { name: operator })];
    case "ended":
      if (line.by === "visitor") return [chatEnded, fill(texts.endedBy, { name: visitor })];
      return [chatEnded, line.by === "operator" && operator ? fill(texts.endedBy, { name: operator }) : texts.endedAt];
    case "reopened":
      return [reopen, texts.reopened];
    case "rated":
      return [star, fill(texts.rated, { n: line.score ?? 0 }) + (line.comment ? `: “${line.comment}”` : "")];
    case "transcript":
      return [mail, line.by === "visitor" ? texts.copyAsked : texts.copySent];
    case "archived":
      return [clock, texts.wentToHistory];
    default:
      return null;
  }
}
