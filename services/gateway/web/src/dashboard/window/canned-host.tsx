/** Where the shop's canned replies stand over the page, whichever window or page they were opened from. Their code is read then. */

import { signal } from "@preact/signals";
import type { ComponentType } from "preact";

import type { OperatorDesk } from "../operator.ts";

interface Opened { dialog: ComponentType<{ desk: OperatorDesk; shortcut: string | undefined; onClose(): void }>; shortcut: string | undefined }

const opened = signal<Opened | null>(null);

/** `shortcut`: begins a new one with it. */
export function openCannedReplies(shortcut?: string): void {
  // What can't be read now is asked for again by the next click.
  void import("./canned-dialog.tsx").then(({ CannedDialog }) => (opened.value ??= { dialog: CannedDialog, shortcut }), () => {});
}

export function CannedHost({ desk }: { desk: OperatorDesk }) {
  const now = opened.value;
  return now && <now.dialog desk={desk} shortcut={now.shortcut} onClose={() => (opened.value = null)} />;
}
