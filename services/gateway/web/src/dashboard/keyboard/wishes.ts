/** What a key asks of a conversation's window: the window itself opens its own popover, composer mode or question. */

import { useEffect, useRef } from "preact/hooks";

export type Wish = "transfer" | "note" | "end";

const granters = new Map<string, (wish: Wish) => void>();

/** For a window: hears the wishes for its conversation while it is drawn. */
export function useWishes(conversation: string, grant: (wish: Wish) => void): void {
  const latest = useRef(grant);
  latest.current = grant;
  useEffect(() => {
    const hear = (wish: Wish) => latest.current(wish);
    granters.set(conversation, hear);
    return () => void (granters.get(conversation) === hear && granters.delete(conversation));
  }, [conversation]);
}

/** Whether a window heard it. */
export function wish(conversation: string, what: Wish): boolean {
  const granter = granters.get(conversation);
  granter?.(what);
  return granter !== undefined;
}
