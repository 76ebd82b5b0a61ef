/** What is read over REST and changed beside it: what is known stays while it is read anew. */

import { useEffect, useMemo, useState } from "preact/hooks";

import { oneAtATime } from "./one-at-a-time.ts";

export interface Asked<T> {
  /** Null until the first answer. */
  value: T | null;
  failed: boolean;
  /** Something is being done. */
  busy: boolean;
  again(): Promise<void>;
  /** Does something, then reads anew. Whether it worked; while something is being done, nothing and false. */
  run(deed: () => Promise<unknown>): Promise<boolean>;
}

export function useAsked<T>(read: () => Promise<T>, about: readonly unknown[]): Asked<T> {
  const [value, setValue] = useState<T | null>(null);
  const [failed, setFailed] = useState(false);
  const [busy, setBusy] = useState(false);
  const alone = useMemo(() => oneAtATime(setBusy), []);
  const again = () => read().then((now) => { setValue(now); setFailed(false); }, () => setFailed(true));
  useEffect(() => void again(), about);
  const run = (deed: () => Promise<unknown>) => alone(async () => {
    try {
      await deed();
    } catch {
      setFailed(true);
      return false;
    }
    await again();
    return true;
  });
  return { value, failed, busy, again, run };
}
