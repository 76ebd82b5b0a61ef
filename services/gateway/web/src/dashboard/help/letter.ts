/** The letter on the help page, kept while somebody looks something up on another page. */

import { signal } from "@preact/signals";

import type { About } from "./texts.ts";

export interface Draft { about: About; text: string; withFacts: boolean }

const EMPTY: Draft = { about: "fault", text: "", withFacts: true };
const kept = signal<{ of: string; draft: Draft }>({ of: "", draft: EMPTY });

/** What this operator has written so far; whoever signs in on this page after them begins anew. */
export const letterOf = (operator: string): Draft => (kept.value.of === operator ? kept.value.draft : EMPTY);

export function write(operator: string, given: Partial<Draft>): void {
  kept.value = { of: operator, draft: { ...letterOf(operator), ...given } };
}
