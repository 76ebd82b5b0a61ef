/** The files beside a reply, over the field that it is written in. */

import "../../../shared/files/files.css";

import { UploadCard } from "../../../shared/files/upload-card.tsx";
import { language } from "../../ui.tsx";
import { FILES } from "./texts.ts";
import type { Trays } from "./trays.ts";

/** `onGone`: a button that had the focus may be gone. */
export function Tray({ trays, conversation, onGone }: { trays: Trays; conversation: string; onGone(): void }) {
  const files = trays.of(conversation);
  if (files.length === 0) return null;
  return (
    <div class="tray">
      {files.map((each) => (
        <UploadCard key={each.key} what={{ name: each.file.name, size: each.file.size, file: each.file }} standing={trays.standing(each.key)}
          language={language.value} texts={FILES[language.value]} onRetry={() => { trays.retry(each.key); onGone(); }} onRemove={() => { trays.remove(each); onGone(); }} />
      ))}
    </div>
  );
}
