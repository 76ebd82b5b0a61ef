/** Asks whether a campaign is to go out now, and says for how many it waits until their quiet hours end. */

import { useEffect, useState } from "preact/hooks";

import { fill, plural } from "../../shared/language.ts";
import { numberOf } from "../chart/numbers.ts";
import { Dialog } from "../parts.tsx";
import { language } from "../ui.tsx";
import { COMPOSE } from "./compose-texts.ts";
import type { Content, Reach } from "./rest.ts";
import * as rest from "./rest.ts";
import { subjectOf } from "./wording.ts";

/** `count`: of the audience as counted last; null: not yet. It is counted anew. */
interface Props { shop: string; content: Content; count: number | null; busy: boolean; onSend(): void; onClose(): void }

export function SendAsks({ shop, content, count, busy, onSend, onClose }: Props) {
  const texts = COMPOSE[language.value];
  const [found, setFound] = useState<Reach | null>(null);
  const n = found?.count ?? count;
  useEffect(() => {
    rest.reach(shop, content.audience ?? {}, content.quiet_hours).then(setFound, () => {});
  }, []);
  return (
    <Dialog role="alertdialog" title={n === null ? fill(texts.send, { n: "…" }) : plural(language.value, n, texts.sendSure)} onClose={onClose}>
      <p class="muted" role="status">{startWords(content, found)} {texts.sendStop}</p>
      <div class="row">
        <button class="btn primary" aria-disabled={busy} onClick={onSend}>{texts.sendYes}</button>
        <button class="btn safe" onClick={onClose}>{texts.sendNo}</button>
      </div>
    </Dialog>
  );
}

/** When it reaches them; `found` is null where it is not known for whom it is quiet. */
function startWords(content: Content, found: Reach | null): string {
  const texts = COMPOSE[language.value];
  const values = { subject: subjectOf(content), end: content.quiet_hours?.end ?? "", n: numberOf(found?.quiet ?? 0) };
  const atOnce = fill(texts.sendHint, values);
  if (!content.quiet_hours || found?.quiet === 0) return atOnce;
  if (!found) return `${atOnce} ${fill(texts.quietForSome, values)}`;
  return found.quiet === found.count ? fill(texts.quietForAll, values) : `${atOnce} ${fill(texts.quietFor, values)}`;
}
