/** The files of a message, and its pictures large. */

import "../../../shared/files/files.css";

import { Attached as AttachedFiles } from "../../../shared/files/attached.tsx";
import { isPicture } from "../../../shared/files/thumb.tsx";
import type { Picture } from "../../../shared/files/viewer.tsx";
import { clockTime } from "../../../shared/language.ts";
import type { Line } from "../../chats.ts";
import { open } from "../../preferences/overlay.ts";
import { language } from "../../ui.tsx";
import { FILES } from "./texts.ts";

/** `lines`: those of the whole conversation, whose pictures stand beside each other when one is looked at. */
export function Attached({ line, lines, visitor }: { line: Line; lines: readonly Line[]; visitor: string }) {
  return (
    <AttachedFiles files={line.attachments ?? []} language={language.value} texts={FILES[language.value]}
      onView={({ id }) => open({ pictures: picturesIn(lines, visitor), first: id })} />
  );
}

function picturesIn(lines: readonly Line[], visitor: string): Picture[] {
  return lines.flatMap(({ attachments = [], from, author, at }) => attachments.filter(isPicture).map((file) => ({
    file, from: `${from === "visitor" ? visitor : author ?? ""}, ${clockTime(language.value, at)}`,
  })));
}
