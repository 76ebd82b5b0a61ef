/** Files in the window: on their way, in messages, large. */

import { useEffect, useLayoutEffect, useReducer } from "preact/hooks";

import type { Entry } from "../shared/connection/outbox.ts";
import { Attached as AttachedFiles } from "../shared/files/attached.tsx";
import { isPicture } from "../shared/files/thumb.tsx";
import { UploadCard } from "../shared/files/upload-card.tsx";
import { Viewer } from "../shared/files/viewer.tsx";
import { clip, Icon } from "../shared/icons.tsx";
import { clockTime } from "../shared/language.ts";
import type { Attaching } from "./attaching.ts";
import type { Say } from "./say.ts";
import { senderOf } from "./sender.ts";
import type { Session } from "./session.ts";
import { tell } from "./signals.ts";
import { isMessage, type Message } from "./talk.ts";

interface Face { session: Session; say: Say }

export function Sending({ chosen, session, say }: Face & { chosen: Attaching }) {
  const [, draw] = useReducer((times: number, _: void) => times + 1, 0);
  const sender = senderOf(session);
  const { file, key } = chosen;
  const standing = sender.standing(key);
  useEffect(() => sender.watch(() => draw()), []);
  // It is taller or lower now: the log keeps its end in view.
  useLayoutEffect(tell, [standing.state]);
  return (
    <div class="m visitor">
      <UploadCard what={{ name: file.name, size: file.size, file }} standing={standing} language={say.language} texts={say.texts.files}
        onRetry={() => sender.retry(key)} onRemove={() => session.files.drop(key)} />
    </div>
  );
}

/** Those of a message that is on its way. */
export function Underway({ files, say }: { files: NonNullable<Entry["files"]>; say: Say }) {
  return files.map((file) => <UploadCard key={file.id} what={file} standing={{ state: "arrived", loaded: file.size }} language={say.language} texts={say.texts.files} />);
}

export function Attached({ line, session, say }: Face & { line: Message }) {
  return <AttachedFiles files={line.files ?? []} language={say.language} texts={say.texts.files} onView={({ id }) => (session.files.viewed.value = id)} />;
}

/** The picture that is looked at, among all of both conversations. */
export function Picture({ session, say: { language, texts } }: Face) {
  const { viewed } = session.files;
  const fallback = session.appearance.value?.operator_name ?? "";
  const talks = [session.talks.previous.value, session.talk.value];
  const lines = talks.flatMap((talk) => talk?.lines.filter(isMessage) ?? []);
  const pictures = lines.flatMap((line) => (line.files ?? []).filter(isPicture).map((file) => {
    const who = line.from === "visitor" ? texts.files.you : line.author ?? fallback;
    return { file, from: `${who}, ${clockTime(language, line.at)}` };
  }));
  if (viewed.value === null || pictures.length === 0) return null;
  return <Viewer pictures={pictures} first={viewed.value} language={language} texts={texts.files} onClose={() => (viewed.value = null)} />;
}

export function DropHere({ say }: { say: Say }) {
  return <div class="dropping" aria-hidden="true"><Icon d={clip} size={28} />{say.texts.files.drop}</div>;
}
