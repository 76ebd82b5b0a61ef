/** The REST side: sessions, settings and history. A failure is thrown as `Failure` with the status that came. */

import type { EventFrame, VisitorInfo } from "../shared/protocol.ts";

export class Failure extends Error {
  /** HTTP status; 0 if nothing came back. */
  readonly status: number;
  readonly retryAfterS: number | null;

  constructor(status: number, title: string, retryAfterS: number | null = null) {
    super(title);
    this.status = status;
    this.retryAfterS = retryAfterS;
  }
}

export interface HistoryItem {
  id: string;
  customer: VisitorInfo;
  last_message: string | null;
  last_message_at: string | null;
  status: string;
}

export interface Page<T> { items: T[]; next: string | null }

export interface Settings { mode?: "slots" | "manual"; operator_name?: string }

async function call<T>(method: string, path: string, body?: unknown): Promise<T> {
  let answer: Response;
  try {
    answer = await fetch(`/v1${path}`, {
      method,
      ...(body === undefined ? {} : { body: JSON.stringify(body), headers: { "Content-Type": "application/json" } }),
    });
  } catch {
    throw new Failure(0, "unreachable");
  }
  const json: unknown = answer.status === 204 ? null : await answer.json().catch(() => null);
  if (answer.ok) return json as T;
  const wait = Number(answer.headers.get("Retry-After"));
  throw new Failure(answer.status, (json as { title?: string } | null)?.title ?? answer.statusText, wait || null);
}

export const signIn = (email: string, password: string) => call<unknown>("POST", "/session", { email, password });
/** Throws a Failure of 401 if nobody is signed in. */
export const who = () => call<unknown>("GET", "/session");
export const signOut = () => call<null>("DELETE", "/session");
export const settings = (shop: string) => call<Settings>("GET", `/shops/${shop}/settings`);

export interface HistoryQuery { q?: string; cursor?: string; sort?: string }

export function history(shop: string, query: HistoryQuery): Promise<Page<HistoryItem>> {
  const fields = Object.entries(query).filter(([, value]) => value) as [string, string][];
  return call("GET", `/shops/${shop}/conversations?${new URLSearchParams(fields)}`);
}

export const conversation = (shop: string, id: string) =>
  call<HistoryItem & { events: EventFrame[] }>("GET", `/shops/${shop}/conversations/${id}`);
export const deleteConversation = (shop: string, id: string) => call<null>("DELETE", `/shops/${shop}/conversations/${id}`);
