/** The REST side: calls, sessions and settings. A failure is thrown as `Failure` with the status that came. */

import { uuid7 } from "../shared/connection/uuid7.ts";
import type { ShopSettings } from "./settings/shop-settings.ts";

export class Failure extends Error {
  /** HTTP status; 0 if nothing came back. */
  readonly status: number;
  readonly retryAfterS: number | null;
  /** What the problem document says besides its title. */
  readonly problem: Problem;

  constructor(status: number, problem: Problem, retryAfterS: number | null = null) {
    super(problem.title ?? String(status));
    this.status = status;
    this.problem = problem;
    this.retryAfterS = retryAfterS;
  }
}

/** RFC 9457, with `code` for programs and `detail` for people. */
export interface Problem { title?: string; code?: string; detail?: string; [more: string]: unknown }

export interface Page<T> { items: T[]; next: string | null }

export type Settings = Partial<ShopSettings>;

export type Role = "owner" | "manager" | "operator";

export interface Staff { id: string; name: string; role: Role }

/** What an operator need not write again: texts by language, found by its shortcut. */
export interface CannedReply { id: string; shortcut: string; texts: Record<string, string>; author: string; changed_at: string }

/** Somebody is signed in, in one of the shops where they work. */
export interface Session {
  operator: { id: string; name: string; email: string; role: Role };
  shop: string;
  shops: WorkPlace[];
}

export interface WorkPlace { id: string; name: string; role: Role }

export interface Sent {
  /** Sent as JSON; a file as what it is. */
  body?: unknown;
  /** The same key gets the first answer again. */
  key?: string;
  /** The tag of the version that is to be changed. */
  ifMatch?: string;
}

/** Under which a deed is sent, and sent again. (`crypto.randomUUID` is missing on pages without https.) */
export const newKey = () => uuid7(Date.now(), (bytes) => crypto.getRandomValues(bytes));

async function answerTo(method: string, path: string, { body, key, ifMatch }: Sent): Promise<Response> {
  const headers = {
    ...(body === undefined || body instanceof Blob ? {} : { "Content-Type": "application/json" }),
    ...(key === undefined ? {} : { "Idempotency-Key": key }),
    ...(ifMatch === undefined ? {} : { "If-Match": ifMatch }),
  };
  let answer: Response;
  try {
    answer = await fetch(`/v1${path}`, { method, headers, ...(body === undefined ? {} : { body: body instanceof Blob ? body : JSON.stringify(body) }) });
  } catch {
    throw new Failure(0, { title: "unreachable" });
  }
  if (answer.ok) return answer;
  const problem = (await answer.json().catch(() => null)) as Problem | null;
  throw new Failure(answer.status, problem ?? { title: answer.statusText }, Number(answer.headers.get("Retry-After")) || null);
}

/** Sends a request under `/v1` and reads its JSON; null where there is none. */
export async function call<T>(method: string, path: string, sent: Sent = {}): Promise<T> {
  const answer = await answerTo(method, path, sent);
  return (await answer.json().catch(() => null)) as T;
}

/** The same, with the tag of the version that came. */
export async function tagged<T>(method: string, path: string, sent: Sent = {}): Promise<{ value: T; tag: string }> {
  const answer = await answerTo(method, path, sent);
  return { value: (await answer.json()) as T, tag: answer.headers.get("ETag") ?? "" };
}

/** Sends a request whose answer is a file. */
export async function file(method: string, path: string): Promise<Blob> {
  return (await answerTo(method, path, {})).blob();
}

export function shopPath(shop: string, ...parts: string[]): string {
  return ["/shops", shop, ...parts].map((part, at) => (at ? encodeURIComponent(part) : part)).join("/");
}

/** `?a=1&b=2` of what is given, or nothing. */
export function queryOf(fields: Record<string, string | undefined>): string {
  const given = Object.entries(fields).filter((field): field is [string, string] => Boolean(field[1]));
  return given.length ? `?${new URLSearchParams(given)}` : "";
}

/** Throws a Failure of 401 if nobody is signed in. */
export const who = () => call<Session>("GET", "/session");
/** Whether the session has ended; false also while nothing answers. */
export const nobodyIsSignedIn = () => who().then(() => false, (failure: unknown) => failure instanceof Failure && failure.status === 401);
export const signOut = () => call<null>("DELETE", "/session");
/** In which mails about the account are written. */
export const tellLanguage = (language: string) => call<unknown>("PUT", "/account", { body: { language } });
export const changeShop = (shop: string) => call<Session>("PUT", "/session", { body: { shop } });
export const settings = (shop: string) => call<Settings>("GET", shopPath(shop, "settings"));
/** Members that are not given stay. */
export const changeSettings = (shop: string, given: Settings) => call<Settings>("PUT", shopPath(shop, "settings"), { body: given, key: newKey() });

interface Items<T> { items: T[] }

/** Who works here now: managers are told of those who have left, too. */
export const staff = async (shop: string) => (await call<Items<Staff & { left_at?: string | null }>>("GET", shopPath(shop, "staff"))).items.filter((each) => !each.left_at);

export const cannedReplies = async (shop: string) => (await call<Items<CannedReply>>("GET", shopPath(shop, "canned-replies"))).items;

/** Adds one, or changes the one of that id. */
export const saveCannedReply = (shop: string, reply: { id?: string; shortcut: string; texts: Record<string, string> }) => {
  const { id, ...body } = reply;
  return id === undefined
    ? call<unknown>("POST", shopPath(shop, "canned-replies"), { body, key: newKey() })
    : call<unknown>("PUT", shopPath(shop, "canned-replies", id), { body });
};

export const deleteCannedReply = (shop: string, id: string) => call<unknown>("DELETE", shopPath(shop, "canned-replies", id));
