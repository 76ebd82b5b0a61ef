/** What stands in a part and would be lost with it: whoever leaves is asked first. */

import { useEffect } from "preact/hooks";

import { held } from "./guard.ts";

/** `what`: what it is called; null: there is nothing to lose. */
export function useHeld(what: string | null): void {
  useEffect(() => {
    if (what === null) return;
    held.value = what;
    return () => void (held.value = null);
  }, [what]);
}
