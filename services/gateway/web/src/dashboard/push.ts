/**
 * Push to this browser while the dashboard is closed. Only ever asked for in answer to a click; the worker that hears
 * pushes is `sw.ts`. What the browser has is not enough to say that it is on: it is on for the operator who turned it on.
 */

import { signal } from "@preact/signals";

import { call } from "./rest.ts";

/** `unsupported`: the browser has none, or the page came without https. `blocked`: the person forbade notifications. */
export type PushState = "unsupported" | "blocked" | "off" | "on";

const WORKER = "/dashboard/sw.js";
const SCOPE = "/dashboard/";
/** Who turned it on in this browser. */
const OWNER = "shopbell:push";

/** As last looked at; `state` looks again. */
export const pushState = signal<PushState>("off");

const supported = () => isSecureContext && "serviceWorker" in navigator && "PushManager" in window && "Notification" in window;

/** How it stands for this operator. */
export async function state(operator: string): Promise<PushState> {
  return (pushState.value = await look(operator));
}

/** Turns it on, after asking the person if need be. Throws a Failure, or what the browser threw; then it is off. */
export async function subscribe(operator: string, language: string): Promise<PushState> {
  if (!supported() || (await Notification.requestPermission()) !== "granted") return state(operator);
  const worker = await navigator.serviceWorker.register(WORKER, { scope: SCOPE, updateViaCache: "none" });
  await navigator.serviceWorker.ready;
  const subscription = await subscribed(worker);
  try {
    await tell(subscription, language);
  } catch (failure) {
    await subscription.unsubscribe();
    throw failure;
  }
  owner(operator);
  return state(operator);
}

/** Turns it off, also where the gateway can't be reached: what it pushes then arrives nowhere, and it stops. */
export async function unsubscribe(operator: string): Promise<PushState> {
  const subscription = await current();
  owner(null);
  if (subscription) {
    await subscription.unsubscribe();
    await call("DELETE", "/push-subscription", { body: { endpoint: subscription.endpoint } }).catch(() => null);
  }
  return state(operator);
}

/** After signing in, and on every load: a subscription lives by the session, and in the language of now. */
export async function renew(operator: string, language: string): Promise<PushState> {
  if ((await look(operator)) === "on") {
    const worker = await navigator.serviceWorker.register(WORKER, { scope: SCOPE, updateViaCache: "none" }).catch(() => null);
    const subscription = worker && (await subscribed(worker).catch(() => null));
    if (subscription) await tell(subscription, language).catch(() => null);
  }
  return state(operator);
}

/** `open` hears which conversation's notification was clicked while the dashboard was open. */
export function onOpened(open: (conversation: string) => void): void {
  if (!("serviceWorker" in navigator)) return;
  navigator.serviceWorker.addEventListener("message", ({ data }: MessageEvent<unknown>) => {
    const said = data as { type?: unknown; conversation?: unknown } | null;
    if (said?.type === "shopbell:open" && typeof said.conversation === "string") open(said.conversation);
  });
  navigator.serviceWorker.startMessages();
}

async function look(operator: string): Promise<PushState> {
  if (!supported()) return "unsupported";
  if (Notification.permission === "denied") return "blocked";
  return owned() === operator && (await current()) ? "on" : "off";
}

async function current(): Promise<PushSubscription | null> {
  if (!supported()) return null;
  const worker = await navigator.serviceWorker.getRegistration(SCOPE);
  return (await worker?.pushManager.getSubscription()) ?? null;
}

/** The subscription under the installation's key; one under another key is of no use any more. */
async function subscribed(worker: ServiceWorkerRegistration): Promise<PushSubscription> {
  const { key } = await call<{ key: string }>("GET", "/push-key");
  const there = await worker.pushManager.getSubscription();
  if (there && base64url(there.options.applicationServerKey) === key) return there;
  await there?.unsubscribe();
  return worker.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key });
}

const tell = (subscription: PushSubscription, language: string) =>
  call<null>("PUT", "/push-subscription", { body: { ...subscription.toJSON(), locale: language } });

function base64url(data: ArrayBuffer | null): string {
  const bytes = String.fromCharCode(...new Uint8Array(data ?? new ArrayBuffer(0)));
  return btoa(bytes).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}

function owned(): string | null {
  try {
    return localStorage.getItem(OWNER);
  } catch {
    return null;
  }
}

function owner(operator: string | null): void {
  try {
    if (operator === null) localStorage.removeItem(OWNER);
    else localStorage.setItem(OWNER, operator);
  } catch {
    // Without a storage it counts for this page load only.
  }
}
