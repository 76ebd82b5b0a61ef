/** What is read over REST and changed beside it: what is known stays while it is read anew. */

import { useEffect, useState } from "preact/hooks";

export interface Asked<T> {
  /** Null until the first answer. */
  value: T | null;
  failed: boolean;
  again(): Promise<void>;
  /** Does something, then reads anew. Whether it worked. */
  run(deed: () => Promise<unknown>): Promise<boolean>;
}

export function useAsked<T>(read: () => Promise<T>, about: readonly unknown[]): Asked<T> {
  const [value, setValue] = useState<T | null>(null);
  const [failed, setFailed] = useState(false);
  const again = () => read().then((now) => { setValue(now); setFailed(false); }, () => setFailed(true));
  useEffect(() => void again(), about);
  const run = async (deed: () => Promise<unknown>) => {
    try {
      await deed();
    } catch {
      setFailed(true);
      return false;
    }
    await again();
    return true;
  };
  return { value, failed, again, run };
}
