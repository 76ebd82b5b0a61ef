/** What lies over the page: one thing at a time, whoever asked for it. */

import { signal } from "@preact/signals";

import type { Picture } from "../../shared/files/viewer.tsx";
import type { WorkPlace } from "../rest.ts";

/** `to`: the shop for which this one is left; none: for signing out. */
export interface Leaving { to: WorkPlace | null }

/** `first`: the id of the picture that was asked for. */
export interface Looking { pictures: readonly Picture[]; first: string }

export type Overlay = "search" | "keys" | "online" | Leaving | Looking;

export const overlay = signal<Overlay | null>(null);

export const open = (what: Overlay) => void (overlay.value = what);
export const close = () => void (overlay.value = null);
