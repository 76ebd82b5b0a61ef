/** The shop's service worker: by which address it is registered, and the subscription that it has. */

import type { PushOffer } from "../../shared/protocol.ts";

/** What the worker knows, from its own address. */
export interface Place { shop: string; gateway: string; key: string; language: string }

/** Where the shop's file is registered, on the page's own origin. Another language or key is another address, and so the worker is fetched anew. */
export const addressFor = ({ worker }: PushOffer, place: Place) => `${scopeOf(worker)}?${new URLSearchParams({ ...place })}`;

/** A scope of no page: the shop may have a service worker of its own, which ours leaves alone. */
export const scopeOf = (worker: string) => new URL(worker, location.origin).href;

/** Ours, and not one of the shop's that the address would fall to. */
export async function registered(worker: string): Promise<ServiceWorkerRegistration | undefined> {
  const found = await navigator.serviceWorker.getRegistration(scopeOf(worker));
  return found?.scope === scopeOf(worker) ? found : undefined;
}

export function placeFrom({ search }: Pick<Location, "search">): Place {
  const asked = new URLSearchParams(search);
  const [shop = "", gateway = "", key = "", language = ""] = ["shop", "gateway", "key", "language"].map((name) => asked.get(name) ?? "");
  return { shop, gateway, key, language };
}

/** The one under this key; one under another is of no use any more. Throws what the browser throws. */
export async function subscribed({ pushManager }: ServiceWorkerRegistration, key: string): Promise<PushSubscription> {
  const there = await pushManager.getSubscription();
  if (there && isUnder(there, key)) return there;
  await there?.unsubscribe();
  return pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key });
}

/** A browser that does not say is believed. */
function isUnder({ options }: PushSubscription, key: string): boolean {
  if (!options.applicationServerKey) return true;
  const bytes = String.fromCharCode(...new Uint8Array(options.applicationServerKey));
  return btoa(bytes).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "") === key;
}

/** Once it can take a subscription. Throws if it never will. */
export async function active(registration: ServiceWorkerRegistration): Promise<ServiceWorkerRegistration> {
  const worker = registration.installing ?? registration.waiting;
  if (worker && !registration.active) {
    await new Promise<void>((done, fail) => {
      worker.addEventListener("statechange", () => (worker.state === "activated" ? done() : worker.state === "redundant" && fail(new Error("The service worker did not start."))));
    });
  }
  return registration;
}

/** The time zone here, of the IANA's database. */
export const zone = () => Intl.DateTimeFormat().resolvedOptions().timeZone || "UTC";
