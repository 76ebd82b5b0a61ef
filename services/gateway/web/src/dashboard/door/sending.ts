/** A form at the door, or of one's own account: sent once at a time, with what came of it. */

import { useEffect, useState } from "preact/hooks";

import { countdown } from "../dates.ts";
import { fill } from "../../shared/language.ts";
import { Failure } from "../rest.ts";
import { language } from "../ui.tsx";
import { DOOR } from "./texts.ts";

/** Characters of a password; the gateway takes none that is shorter. */
export const SHORTEST = 12;

export interface Sending {
  busy: boolean;
  failure: Failure | null;
  /** How long nothing is sent, because there were too many tries. */
  wait: string | null;
  /** True once it is done. */
  send(deed: () => Promise<unknown>): Promise<boolean>;
  forget(): void;
}

export function useSending(): Sending {
  const [failure, setFailure] = useState<Failure | null>(null);
  const [busy, setBusy] = useState(false);
  const wait = useCountdown(failure?.status === 429 ? failure : null);
  const send = async (deed: () => Promise<unknown>) => {
    if (busy || wait) return false;
    setBusy(true);
    setFailure(null);
    try {
      await deed();
      return true;
    } catch (error) {
      setFailure(error instanceof Failure ? error : new Failure(0, {}));
      return false;
    } finally {
      setBusy(false);
    }
  };
  return { busy, failure, wait, send, forget: () => setFailure(null) };
}

/** What is left of the time for which a refusal told us to wait; null once it is over, or without one. */
function useCountdown(failure: Failure | null): string | null {
  const [left, setLeft] = useState<string | null>(null);
  useEffect(() => {
    if (!failure) return setLeft(null);
    const end = new Date(Date.now() + (failure.retryAfterS ?? 60) * 1000).toISOString();
    const tick = () => setLeft(countdown(end, Date.now()));
    tick();
    const timer = setInterval(tick, 1000);
    return () => clearInterval(timer);
  }, [failure]);
  return left;
}

/** Why a new password is not taken, by the refusal's code. */
export function newPasswordWords(): Record<string, string> {
  const texts = DOOR[language.value];
  return { too_short: fill(texts.tooShort, { n: SHORTEST }), too_common: texts.common };
}

/** Why it was not done, in words. `own`: what the form itself says to a status or a code; else what any form says. */
export function whyNot({ failure, wait }: Sending, own: Record<string, string>): string | null {
  if (!failure) return null;
  const texts = DOOR[language.value];
  const { status, problem } = failure;
  if (status === 429) return wait ? fill(texts.tooMany, { time: wait }) : texts.again;
  const said = own[problem.code ?? ""] ?? own[status];
  if (said !== undefined) return said;
  if (status === 403) return texts.refused;
  return status >= 400 && status < 500 ? texts.notTaken : texts.unreachable;
}
