/** What a refusal of something about the staff means. */

import { fill } from "../../../shared/language.ts";
import { Failure } from "../../rest.ts";
import type { StaffTexts } from "./texts.ts";

/** Why something about `email` was refused, in words. */
export function explain(texts: StaffTexts, error: unknown, email = ""): string {
  if (!(error instanceof Failure)) return texts.failed;
  const said: Record<string, string> = {
    last_owner: texts.lastOwner, works_elsewhere: texts.worksElsewhere, too_many: texts.tooManyOpen, known: fill(texts.known, { email }), invited: fill(texts.invitedAlready, { email }),
  };
  const byStatus: Record<number, string> = { 400: texts.badEmail, 403: texts.forbidden, 404: texts.gone, 422: texts.badEmail, 429: texts.tooMany };
  return said[error.problem.code ?? ""] ?? byStatus[error.status] ?? texts.failed;
}
