/**
 * What a shop's own service worker file brings in: shows what is pushed to a visitor, opens its page on a click, and
 * brings a new address when the browser has changed it. It caches nothing of the shop and answers no requests.
 *
 * The shop hosts one line, `importScripts("https://…/push-worker.js")`. Which shop it is for, and where the gateway is,
 * stands in the address by which the widget registered that file (see `place.ts`).
 */

import { pickLanguage, type Language } from "../../shared/language.ts";
import type { Changed, Clicked, Page, Pushed, Worker } from "../../shared/service-worker.ts";
import { keepLast } from "./last.ts";
import { placeFrom, subscribed, zone } from "./place.ts";

declare const self: Worker;

/** What is pushed. `delivery` is told on a click; it names a notice sent, and nobody. */
interface Payload {
  kind: "campaign" | "reply";
  title: string;
  body?: string;
  url: string;
  icon?: string;
  tag?: string;
  campaign?: string;
  delivery?: string;
  conversation?: string;
}

/** For a push that can't be read: a browser wants every push shown. */
const TEXTS: Record<Language, string> = { en: "There is something new", fr: "Il y a du nouveau", pl: "Mamy coś nowego" };

const place = placeFrom(self.location);
/** A conversation that the page which is being opened shall open. */
let opening: string | undefined;

self.addEventListener("install", (event) => event.waitUntil(self.skipWaiting()));
self.addEventListener("push", (event) => event.waitUntil(show(read(event))));
self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(Promise.allSettled([open(event), tell(event)]));
});
self.addEventListener("pushsubscriptionchange", (event) => event.waitUntil(subscribeAgain(event)));
self.addEventListener("message", ({ data, source }) => {
  if (data !== "shopbell:here" || !opening) return;
  ask(source);
  opening = undefined;
});

function read(event: Pushed): Payload {
  try {
    const said = event.data?.json() as Partial<Payload> | null | undefined;
    if (typeof said?.title === "string" && typeof said.url === "string") return said as Payload;
  } catch {
    // Not ours, or of another release.
  }
  return { kind: "campaign", title: TEXTS[pickLanguage(place.language)], url: "/" };
}

/** What has the tag of what stands there takes its place: a campaign that comes twice does so in silence. */
async function show(said: Payload): Promise<void> {
  const { title, body = "", icon, campaign, conversation } = said;
  const own = `shopbell:${campaign ?? conversation ?? ""}`;
  const { tag = own } = said;
  const options = { body, lang: place.language, data: said, tag, renotify: !campaign || tag !== own, ...(icon && { icon }) };
  await self.registration.showNotification(title, options);
  if (campaign) await keepLast(campaign);
}

async function open({ notification }: Clicked): Promise<void> {
  const { url, conversation } = notification.data as Payload;
  const address = addressOf(url);
  const pages = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
  const there = pages.find((each) => withoutHash(each.url) === withoutHash(address));
  if (there) {
    if (conversation) ask(there);
    await there.focus();
    return;
  }
  opening = conversation;
  await self.clients.openWindow(address);
}

/** The page opens its window. */
const ask = (page: Page | null) => page?.postMessage("shopbell:open");

/** No personal data: which notice it was, and no cookie. */
async function tell({ notification }: Clicked): Promise<void> {
  const { delivery } = notification.data as Payload;
  if (delivery) await send("POST", "push-clicks", { delivery });
}

/** The browser's address is another one now, or it has none any more. */
async function subscribeAgain({ oldSubscription, newSubscription }: Changed): Promise<void> {
  const fresh = newSubscription ?? (await subscribed(self.registration, place.key).catch(() => null));
  if (fresh) await send("POST", "push-subscriptions", { id: crypto.randomUUID(), subscription: fresh.toJSON(), language: place.language, zone: zone() });
  if (oldSubscription && oldSubscription.endpoint !== fresh?.endpoint) await send("DELETE", "push-subscriptions", { endpoint: oldSubscription.endpoint });
}

const send = (method: string, path: string, body: object) =>
  fetch(`${place.gateway}/v1/shops/${encodeURIComponent(place.shop)}/${path}`, {
    method, credentials: "omit", keepalive: true, headers: { "Content-Type": "application/json" }, body: JSON.stringify(body),
  });

/** Whole, and of the web; else the shop's front page. */
function addressOf(url: string): string {
  const { origin } = self.location;
  try {
    const address = new URL(url, origin);
    if (/^https?:$/.test(address.protocol)) return address.href;
  } catch {
    // No address at all.
  }
  return `${origin}/`;
}

const withoutHash = (address: string) => address.split("#")[0];
