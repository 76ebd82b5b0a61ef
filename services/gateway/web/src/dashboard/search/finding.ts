/** The answer of history to what is being typed; the last one stays while the next is asked for. */

import { useEffect, useState } from "preact/hooks";

import type { HistoryItem } from "../history/rest.ts";
import { call, queryOf, shopPath, type Page } from "../rest.ts";

const TYPED_MS = 200;
const ASKED_FOR = "30";

export interface Finding { items: readonly HistoryItem[]; state: "idle" | "looking" | "found" | "failed"; again(): void }

export function useFinding(shop: string, q: string): Finding {
  const [items, setItems] = useState<readonly HistoryItem[]>([]);
  const [state, setState] = useState<Finding["state"]>("idle");
  const [turn, setTurn] = useState(0);
  const wanted = q.trim();
  useEffect(() => {
    if (!wanted) {
      setItems([]);
      setState("idle");
      return;
    }
    let latest = true;
    setState("looking");
    const timer = setTimeout(() => {
      call<Page<HistoryItem>>("GET", shopPath(shop, "conversations") + queryOf({ q: wanted, limit: ASKED_FOR })).then(
        (page) => {
          if (!latest) return;
          setItems(page.items);
          setState("found");
        },
        () => latest && setState("failed"),
      );
    }, TYPED_MS);
    return () => {
      latest = false;
      clearTimeout(timer);
    };
  }, [shop, wanted, turn]);
  return { items, state, again: () => setTurn(turn + 1) };
}
