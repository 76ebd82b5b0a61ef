/** The service worker: shows what is pushed while the dashboard is closed, and opens it on a click. Caches nothing. */

import { pickLanguage, type Language } from "../shared/language.ts";
import type { Changed, Pushed, Worker } from "../shared/service-worker.ts";

declare const self: Worker;

/** What the notifier pushes; without a conversation the click opens the desk, or the page of a campaign that is tried out. */
interface Payload { kind?: "trial"; title: string; body?: string; url: string; icon?: string; tag: string; lang?: string; conversation?: string }

const DASHBOARD = "/dashboard/";
const ICON = "/dashboard/icon-192.png";

/** For a push that can't be read: a browser wants every push shown. */
const TEXTS: Record<Language, string> = {
  en: "There is something new at the counter",
  fr: "Il y a du nouveau au comptoir",
  pl: "Przy ladzie jest coś nowego",
};

self.addEventListener("install", (event) => event.waitUntil(self.skipWaiting()));
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
self.addEventListener("push", (event) => event.waitUntil(show(read(event))));
self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(open(event.notification.data as Partial<Payload> | null));
});
self.addEventListener("pushsubscriptionchange", (event) => event.waitUntil(subscribeAgain(event)));

function read(event: Pushed): Payload {
  try {
    const said = event.data?.json() as Partial<Payload> | null | undefined;
    if (typeof said?.title === "string" && typeof said.url === "string") return { tag: "shopbell", ...said, title: said.title, url: said.url };
  } catch {
    // Not ours, or of another release.
  }
  const language = pickLanguage(navigator.language);
  return { title: TEXTS[language], url: DASHBOARD, tag: "shopbell", lang: language };
}

/** Who looks at the dashboard needs no notification of what it shows: it has come back meanwhile. */
async function show({ kind, title, body, url, icon, tag, lang, conversation }: Payload): Promise<void> {
  const tried = kind === "trial";
  if (!tried && (await pages()).some((page) => page.focused)) return;
  // A campaign is tried out as its subscribers will see it.
  const beside = tried ? icon : ICON;
  const options = { tag, renotify: true, data: { kind, url, conversation }, ...(beside && { icon: beside }), ...(body ? { body } : {}), ...(lang ? { lang } : {}) };
  await self.registration.showNotification(title, options);
}

async function open(data: Partial<Payload> | null): Promise<void> {
  if (data?.kind === "trial" && data.url) {
    await self.clients.openWindow(data.url);
    return;
  }
  const [page] = await pages();
  if (!page) {
    await self.clients.openWindow(ours(data?.url));
    return;
  }
  if (data?.conversation) page.postMessage({ type: "shopbell:open", conversation: data.conversation });
  await page.focus();
}

const pages = async () => (await self.clients.matchAll({ type: "window", includeUncontrolled: true })).filter((page) => new URL(page.url).pathname.startsWith(DASHBOARD));

/** An address of the dashboard; anything else is its front page. */
function ours(url: string | undefined): string {
  return url?.startsWith(DASHBOARD) ? url : DASHBOARD;
}

/** The push service has replaced the subscription: the gateway is told, as long as somebody is signed in. */
async function subscribeAgain({ oldSubscription, newSubscription }: Changed): Promise<void> {
  const options = oldSubscription?.options;
  const fresh = newSubscription ?? (options && (await self.registration.pushManager.subscribe(options)));
  if (!fresh) return;
  const body = JSON.stringify({ ...fresh.toJSON(), locale: pickLanguage(navigator.language) });
  await fetch("/v1/push-subscription", { method: "PUT", headers: { "Content-Type": "application/json" }, body });
}
