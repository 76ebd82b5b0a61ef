/** Deleting conversations: asked first, with what goes, and told afterwards, with what did not. */

import { useState } from "preact/hooks";

import { Icon, trash } from "../../shared/icons.tsx";
import { fill, plural } from "../../shared/language.ts";
import { Dialog, Notice } from "../parts.tsx";
import { addressOf } from "../route.ts";
import { language, nameOf } from "../ui.tsx";
import * as rest from "./rest.ts";
import { HISTORY } from "./texts.ts";

const NAMES_AT_MOST = 3;

/** `Two guests and Hannah Weiss`: who loses a conversation. */
export function whose(rows: readonly rest.HistoryItem[]): string {
  const texts = HISTORY[language.value];
  const guests = rows.filter((row) => !row.customer.name).length;
  const names = [...new Set(rows.filter((row) => row.customer.name).map((row) => nameOf({ visitor: row.customer })))];
  const more = names.length - NAMES_AT_MOST;
  const parts = [
    ...(guests ? [plural(language.value, guests, texts.deleteGuests)] : []),
    ...names.slice(0, NAMES_AT_MOST),
    ...(more > 0 ? [plural(language.value, more, texts.deleteOthers)] : []),
  ];
  const said = new Intl.ListFormat(language.value).format(parts);
  return said.slice(0, 1).toLocaleUpperCase(language.value) + said.slice(1);
}

export function Deletion({ shop, rows, onDone, onClose }: {
  shop: string; rows: readonly rest.HistoryItem[]; onDone(outcome: rest.Outcome): void; onClose(): void;
}) {
  const texts = HISTORY[language.value];
  const [busy, setBusy] = useState(false);
  const [failed, setFailed] = useState(false);
  const one = new Set(rows.map((row) => row.customer.id)).size === 1 ? rows[0] : undefined;
  const remove = () => {
    setBusy(true);
    rest.remove(shop, rows.map((row) => row.id)).then(onDone, () => setFailed(true)).finally(() => setBusy(false));
  };
  return (
    <Dialog role="alertdialog" title={plural(language.value, rows.length, texts.deleteSure)} onClose={onClose}>
      <p class="muted">{whose(rows)}. {texts.deleteHint}</p>
      {one && <Notice>{texts.eraseInstead} <a href={addressOf("person", one.customer.id)}>{texts.erase}</a>.</Notice>}
      {failed && <Notice tone="red">{texts.deleteFailed}</Notice>}
      <div class="row">
        <button class="btn danger" aria-disabled={busy} onClick={() => busy || remove()}><Icon d={trash} />{plural(language.value, rows.length, texts.deleteButton)}</button>
        <button class="btn safe" onClick={onClose}>{plural(language.value, rows.length, texts.keep)}</button>
      </div>
    </Dialog>
  );
}

export function DeletionTold({ outcome }: { outcome: rest.Outcome }) {
  const texts = HISTORY[language.value];
  const left = outcome.failed;
  const why = left.every((each) => each.code === "not_found") ? texts.goneAlready : texts.stillOpen;
  return (
    <Notice tone={left.length ? "brass" : "green"}>
      {outcome.deleted.length > 0 && plural(language.value, outcome.deleted.length, texts.deleted)}{" "}
      {left.length > 0 && fill(plural(language.value, left.length, texts.notDeleted), { why })}
    </Notice>
  );
}
