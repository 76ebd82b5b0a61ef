/** What lies over the page: one thing at a time, whoever asked for it. */

import { signal } from "@preact/signals";

export type Overlay = "search" | "keys" | "online" | "sign-out";

export const overlay = signal<Overlay | null>(null);

export const open = (what: Overlay) => void (overlay.value = what);
export const close = () => void (overlay.value = null);
