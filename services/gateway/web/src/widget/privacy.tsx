/** What the shop says of privacy, and the box that a visitor may have to tick. It is never ticked beforehand. */

import { Icon, warning } from "../shared/icons.tsx";
import type { PrivacyShown } from "../shared/protocol.ts";
import { dress } from "./dress.ts";
import style from "./privacy.css?inline";
import type { Say } from "./say.ts";
import { Sheet } from "./sheet.tsx";

dress(style);

interface PrivacyProps {
  privacy: PrivacyShown;
  agreed: boolean;
  /** What to do about it, if it is not ticked. */
  flaw: string | false;
  say: Say;
  onAgree(on: boolean): void;
}

/** In a form. */
export function Privacy({ privacy, agreed, flaw, say, onAgree }: PrivacyProps) {
  if (!privacy.consent) return <PrivacyNote privacy={privacy} say={say} />;
  return (
    <div class={flaw ? "agree bad" : "agree"}>
      <input id="consent" type="checkbox" required checked={agreed} aria-invalid={flaw !== false} aria-describedby="consent-flaw"
        onChange={(event) => onAgree(event.currentTarget.checked)} />
      <div>
        <label for="consent" class="lines" dir="auto">{privacy.notice}</label>
        <More privacy={privacy} say={say} />
        <p id="consent-flaw" class="error">{flaw && <><Icon d={warning} size={14} stroke={1.1} />{flaw}</>}</p>
      </div>
    </div>
  );
}

/** Where there is nothing to tick. */
export function PrivacyNote({ privacy, say }: Pick<PrivacyProps, "privacy" | "say">) {
  return <p class="privacy lines" dir="auto">{privacy.notice}<More privacy={privacy} say={say} /></p>;
}

export function PrivacySheet({ privacy, say, onClose }: Pick<PrivacyProps, "privacy" | "say"> & { onClose(): void }) {
  return (
    <Sheet role="dialog" onClose={onClose} onSubmit={onClose}>
      <h3 id="sheet">{say.texts.privacy}</h3>
      <p class="quiet lines" dir="auto">{privacy.notice}<More privacy={privacy} say={say} /></p>
      <div class="buttons"><button class="btn grow first">{say.texts.understood}</button></div>
    </Sheet>
  );
}

function More({ privacy: { link }, say: { texts } }: Pick<PrivacyProps, "privacy" | "say">) {
  return link ? <>{" "}<a href={link} target="_blank" rel="noopener noreferrer">{texts.privacyNotice}</a></> : null;
}
