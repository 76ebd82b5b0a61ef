/** What the connection needs of the world; tests put a fake clock and a fake gateway here. */

import { SUBPROTOCOL } from "../protocol.ts";
import { uuid7 } from "./uuid7.ts";

/** The little of WebSocket that is used. */
export interface Socket {
  onopen: (() => void) | null;
  onmessage: ((message: { data: unknown }) => void) | null;
  onclose: ((end: { code: number; reason: string }) => void) | null;
  send(text: string): void;
  close(code?: number): void;
}

export interface Environment {
  now(): number;
  /** In [0, 1). */
  random(): number;
  newId(): string;
  open(url: string): Socket;
  /** Calls back once after `ms`; the result cancels it. */
  after(ms: number, act: () => void): () => void;
  /** Tells of the network's coming and going and of the page's coming into view; the result ends that. */
  watch(tell: (what: "online" | "offline" | "visible") => void): () => void;
}

export function browser(): Environment {
  return {
    now: () => Date.now(),
    random: () => Math.random(),
    newId: () => uuid7(Date.now(), (bytes) => crypto.getRandomValues(bytes)),
    open: (url) => new WebSocket(url, SUBPROTOCOL) as unknown as Socket,
    after: (ms, act) => {
      const timer = setTimeout(act, ms);
      return () => clearTimeout(timer);
    },
    watch,
  };
}

function watch(tell: (what: "online" | "offline" | "visible") => void): () => void {
  const ending = new AbortController();
  const { signal } = ending;
  addEventListener("online", () => tell("online"), { signal });
  addEventListener("offline", () => tell("offline"), { signal });
  document.addEventListener("visibilitychange", () => !document.hidden && tell("visible"), { signal });
  return () => ending.abort();
}

/** A storage of this browser, or null where it is forbidden. */
export function storage(kind: "localStorage" | "sessionStorage"): Storage | null {
  try {
    return window[kind];
  } catch {
    return null;
  }
}
