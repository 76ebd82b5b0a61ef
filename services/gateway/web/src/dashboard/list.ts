/** A list that is read page by page: old rows stay while new ones are asked for. */

import { useEffect, useRef, useState } from "preact/hooks";

import { pressedOf, whereIs } from "./keyboard/where.ts";
import { deedOf, type Deed } from "./keyboard/table.ts";
import type { Page } from "./rest.ts";

export interface List<T> {
  /** Null until the first answer. */
  rows: T[] | null;
  next: string | null;
  failed: boolean;
  /** Whether more than its beginning was read: reading anew would take that away. */
  long: boolean;
  /** Reads the list's beginning anew. */
  again(): Promise<void>;
  /** Reads the next page on. */
  more(): Promise<void>;
  change(rows: (before: T[]) => T[]): void;
}

const TYPED_MS = 250;

/** Reads `read` whenever one of `asked` changes; after a moment, so that typing asks once. */
export function useList<T>(read: (cursor?: string) => Promise<Page<T>>, asked: readonly unknown[]): List<T> {
  const [rows, setRows] = useState<T[] | null>(null);
  const [next, setNext] = useState<string | null>(null);
  const [failed, setFailed] = useState(false);
  const [long, setLong] = useState(false);
  const question = useRef(0);
  const first = useRef(true);

  const ask = async (cursor?: string) => {
    // Only the answer to the latest question counts.
    const mine = ++question.current;
    try {
      const page = await read(cursor);
      if (mine !== question.current) return;
      setRows((before) => (cursor && before ? [...before, ...page.items] : page.items));
      setNext(page.next);
      setLong(cursor !== undefined);
      setFailed(false);
    } catch {
      if (mine === question.current) setFailed(true);
    }
  };
  useEffect(() => {
    const timer = setTimeout(() => void ask(), first.current ? 0 : TYPED_MS);
    first.current = false;
    return () => clearTimeout(timer);
  }, asked);
  return {
    rows, next, failed, long,
    again: () => ask(),
    more: () => (next ? ask(next) : Promise.resolve()),
    change: (rewrite) => setRows((before) => before && rewrite(before)),
  };
}

/** Calls `act` every `ms` while the page is in view, and when it comes into view again. */
export function useNowAndThen(act: () => void, ms: number): void {
  const latest = useRef(act);
  latest.current = act;
  useEffect(() => {
    const look = () => document.hidden || latest.current();
    const timer = setInterval(look, ms);
    document.addEventListener("visibilitychange", look);
    return () => {
      clearInterval(timer);
      document.removeEventListener("visibilitychange", look);
    };
  }, [ms]);
}

/** The keys of a page of rows, outside fields: J and K go on and back. */
export function useListKeys(step: (by: 1 | -1) => void): void {
  useKeys((deed) => {
    if (deed.do === "step") step(deed.by);
    return deed.do === "step";
  });
}

/** What keys mean on a page of its own, unless they were heard before. `act` says whether it did something. */
export function useKeys(act: (deed: Deed) => boolean): void {
  const latest = useRef(act);
  latest.current = act;
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const deed = event.defaultPrevented ? null : deedOf(pressedOf(event), whereIs(event.target));
      if (deed && (!event.repeat || deed.do === "step") && latest.current(deed)) event.preventDefault();
    };
    addEventListener("keydown", onKey);
    return () => removeEventListener("keydown", onKey);
  }, []);
}
