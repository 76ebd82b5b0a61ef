/** What lies over the page: one thing at a time, whoever asked for it. */

import { signal } from "@preact/signals";

import type { WorkPlace } from "../rest.ts";

/** `to`: the shop for which this one is left; none: for signing out. */
export interface Leaving { to: WorkPlace | null }

export type Overlay = "search" | "keys" | "online" | Leaving;

export const overlay = signal<Overlay | null>(null);

export const open = (what: Overlay) => void (overlay.value = what);
export const close = () => void (overlay.value = null);
