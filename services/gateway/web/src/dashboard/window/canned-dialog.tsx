/** The shop's canned replies over the page. */

import { cross, Icon } from "../../shared/icons.tsx";
import type { OperatorDesk } from "../operator.ts";
import { Dialog } from "../parts.tsx";
import { language } from "../ui.tsx";
import { useReplies } from "./canned-replies.tsx";
import { WINDOW } from "./texts.ts";

/** `shortcut`: begins a new one with it. */
export function CannedDialog({ desk, shortcut, onClose }: { desk: OperatorDesk; shortcut: string | undefined; onClose(): void }) {
  const texts = WINDOW[language.value];
  const { body, unlessChanged } = useReplies(desk, shortcut);
  return (
    <Dialog title={texts.replies} onClose={() => unlessChanged(onClose)}>
      <p class="muted hint">{texts.repliesHint}</p>
      <button class="ib lg shut" aria-label={texts.close} onClick={() => unlessChanged(onClose)}><Icon d={cross} size={18} /></button>
      {body}
    </Dialog>
  );
}
