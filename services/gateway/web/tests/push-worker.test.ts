import assert from "node:assert/strict";
import { test } from "node:test";

type Listener = (event: object) => void;
interface Note { title: string; options: NotificationOptions & { data: unknown } }

const ORIGIN = "https://shop.example";
const KEY = "BO9-x_";

// The world of a worker, which is loaded once for all tests.
const listeners = new Map<string, Listener>();
const shown: Note[] = [];
const sent: { url: string; method: string; body: unknown }[] = [];
const opened: string[] = [];
let pages: { url: string; told: unknown[]; focused: number }[] = [];
let subscriptions: PushSubscriptionOptionsInit[] = [];

const subscription = (endpoint: string) => ({ endpoint, toJSON: () => ({ endpoint }), options: {}, unsubscribe: () => Promise.resolve(true) });
Object.assign(globalThis, {
  location: { origin: ORIGIN },
  caches: { open: () => Promise.resolve({ put: () => Promise.resolve() }) },
  fetch: (url: string, { method, body }: { method: string; body: string }) => {
    sent.push({ url, method, body: JSON.parse(body) });
    return Promise.resolve(new Response(null, { status: 204 }));
  },
  self: {
    location: { origin: ORIGIN, search: `?shop=s&gateway=https%3A%2F%2Fchat.example&key=${KEY}&language=fr` },
    addEventListener: (name: string, listener: Listener) => listeners.set(name, listener),
    registration: {
      showNotification: (title: string, options: Note["options"]) => Promise.resolve(void shown.push({ title, options })),
      pushManager: {
        getSubscription: () => Promise.resolve(null),
        subscribe: (options: PushSubscriptionOptionsInit) => {
          subscriptions.push(options);
          return Promise.resolve(subscription("https://push.example/fresh"));
        },
      },
    },
    clients: {
      matchAll: () => Promise.resolve(pages.map((page) => ({
        url: page.url, postMessage: (told: unknown) => page.told.push(told), focus: () => Promise.resolve(void page.focused++),
      }))),
      openWindow: (url: string) => Promise.resolve(void opened.push(url)),
    },
  },
});
await import("../src/widget/pushing/worker.ts");

async function happen(name: string, event: object = {}): Promise<void> {
  const work: Promise<unknown>[] = [];
  for (const list of [shown, sent, opened]) list.length = 0;
  subscriptions = [];
  listeners.get(name)!({ ...event, waitUntil: (done: Promise<unknown>) => work.push(done) });
  await Promise.all(work);
}

const push = (said: unknown) => happen("push", { data: { json: () => (typeof said === "string" ? JSON.parse(said) : said) } });
const click = (data: object) => happen("notificationclick", { notification: { data, close: () => {} } });

test("every push is shown, also one that can't be read", async () => {
  await push({ kind: "campaign", title: "New", body: "Twelve", url: "/x", campaign: "c1", delivery: "d1", tag: "shopbell:c1" });
  const [note] = shown;
  assert.deepEqual([note!.title, note!.options.body, note!.options.tag, note!.options.lang], ["New", "Twelve", "shopbell:c1", "fr"]);
  assert.equal((note!.options as { renotify?: boolean }).renotify, false);
  await push({ kind: "campaign", title: "Newer", url: "/x", campaign: "c2", tag: "tide-blue" });
  assert.equal((shown[0]!.options as { renotify?: boolean }).renotify, true);
  for (const unread of ["no JSON", { title: 7 }, null]) {
    await push(unread);
    assert.equal(shown[0]!.title, "Il y a du nouveau");
  }
});

test("a click opens the page, or goes to it where it is open, and is told", async () => {
  pages = [{ url: `${ORIGIN}/mugs#top`, told: [], focused: 0 }, { url: `${ORIGIN}/`, told: [], focused: 0 }];
  await click({ url: `${ORIGIN}/jugs`, delivery: "d1" });
  assert.deepEqual(opened, [`${ORIGIN}/jugs`]);
  assert.deepEqual(sent, [{ url: "https://chat.example/v1/shops/s/push-clicks", method: "POST", body: { delivery: "d1" } }]);
  await click({ url: `${ORIGIN}/mugs`, delivery: "d2" });
  assert.deepEqual(opened, []);
  assert.deepEqual([pages[0]!.focused, pages[0]!.told], [1, []]);
  for (const bad of ["javascript:alert(1)", "data:text/html,x", "http://"]) {
    await click({ url: bad });
    assert.deepEqual([opened, pages[1]!.focused > 0], [[], true]);
    pages[1]!.focused = 0;
  }
});

test("a reply opens the chat on the page where it is open, and on one that is opened for it, once", async () => {
  pages = [{ url: `${ORIGIN}/mugs`, told: [], focused: 0 }];
  await click({ kind: "reply", url: `${ORIGIN}/mugs`, conversation: "c" });
  assert.deepEqual(pages[0]!.told, ["shopbell:open"]);
  const here = { told: [] as unknown[], postMessage(said: unknown) { this.told.push(said); } };
  await happen("message", { data: "shopbell:here", source: here });
  assert.deepEqual(here.told, []);
  await click({ kind: "reply", url: `${ORIGIN}/jugs`, conversation: "c" });
  assert.deepEqual(opened, [`${ORIGIN}/jugs`]);
  for (let i = 0; i < 2; i++) await happen("message", { data: "shopbell:here", source: here });
  assert.deepEqual(here.told, ["shopbell:open"]);
});

test("where the browser changes the address, the gateway is brought the new one and loses the old", async () => {
  const path = "https://chat.example/v1/shops/s/push-subscriptions";
  await happen("pushsubscriptionchange", { oldSubscription: subscription("https://push.example/old"), newSubscription: subscription("https://push.example/new") });
  assert.deepEqual(sent.map(({ url, method }) => [url, method]), [[path, "POST"], [path, "DELETE"]]);
  const { id, zone, ...brought } = sent[0]!.body as { id: string; zone: string };
  assert.deepEqual(brought, { subscription: { endpoint: "https://push.example/new" }, language: "fr" });
  assert.match(id, /^[\w-]{8,64}$/);
  assert.ok(zone);
  assert.deepEqual(sent[1]!.body, { endpoint: "https://push.example/old" });
  await happen("pushsubscriptionchange");
  assert.deepEqual(subscriptions, [{ userVisibleOnly: true, applicationServerKey: KEY }]);
  assert.deepEqual(sent.map(({ method }) => method), ["POST"]);
});
