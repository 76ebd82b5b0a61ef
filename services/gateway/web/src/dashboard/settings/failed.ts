/** What a saving that did not come about means. */

import { Failure } from "../rest.ts";
import type { Path } from "./changes.ts";

/** Why nothing was saved, where no single member is to blame. */
export type Why = "unreachable" | "forbidden" | "often" | "other";

export type NotSaved =
  | { name: "failed"; why: Why }
  /** The gateway does not take it: which member, and a sentence about it. */
  | { name: "refused"; field: Path; detail: string };

export function notSaved(failure: unknown): NotSaved {
  const { status, problem } = failure instanceof Failure ? failure : new Failure(0, {});
  const [field, detail] = [problem["field"], problem.detail];
  if (typeof field === "string" && field && detail) return { name: "refused", field, detail };
  const known: Record<number, Why> = { 403: "forbidden", 429: "often" };
  return { name: "failed", why: known[status] ?? (status >= 400 && status < 500 ? "other" : "unreachable") };
}
