/** Opens the shop's canned replies over the page, from a window or from anywhere else. Their code is loaded then. */

import type { OperatorDesk } from "../operator.ts";

let opening = false;

/** `shortcut`: begins a new one with it. */
export function openCannedReplies(desk: OperatorDesk, shortcut?: string): void {
  if (opening) return;
  opening = true;
  void import("./canned-dialog.tsx")
    .then(({ show }) => show(desk, shortcut))
    .catch(() => {})
    .finally(() => (opening = false));
}
