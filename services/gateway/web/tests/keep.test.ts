import assert from "node:assert/strict";
import { test } from "node:test";

import { SENT_UNASKED_MS, TabKeep } from "../src/shared/connection/keep.ts";
import type { Entry } from "../src/shared/connection/outbox.ts";
import { MemoryStorage } from "./support/storage.ts";

/** Locks of all tabs of one browser; closing a tab frees its own. */
class FakeLocks {
  readonly held = new Map<string, object>();
  ofTab(tab: object): LockManager {
    const request = async (name: string, _options: unknown, act: (lock: unknown) => Promise<unknown>) => {
      if (this.held.has(name)) return act(null);
      this.held.set(name, tab);
      const result = await act({ name });
      this.held.delete(name);
      return result;
    };
    return { request } as unknown as LockManager;
  }
  close(tab: object) {
    for (const [name, holder] of this.held) if (holder === tab) this.held.delete(name);
  }
}

function entry(key: string, madeAt = 1_000): Entry {
  return { key, id: key, lane: "talk", text: key, state: "sending", owner: "guest", madeAt, tries: 3, notBefore: 9, sentAt: 5 };
}

function setUp() {
  const local = new MemoryStorage();
  const locks = new FakeLocks();
  let tabs = 0;
  const openTab = (session = new MemoryStorage(), withLocks = true) => {
    const tab = {};
    const keep = new TabKeep("demo", { local, session, locks: withLocks ? locks.ofTab(tab) : null }, () => `tab-${++tabs}`);
    return { keep, session, close: () => locks.close(tab) };
  };
  return { local, openTab };
}

const keys = (entries: Entry[]) => entries.map((each) => each.key);

test("nothing is stored before there is something to keep", async () => {
  const { local, openTab } = setUp();
  const { keep, session } = openTab();
  assert.deepEqual(await keep.orphans(2_000), []);
  assert.equal(local.length + session.length, 0);
});

test("a page load finds its own unsent text, ready to be sent", async () => {
  const { openTab } = setUp();
  const before = openTab();
  before.keep.put(entry("one"));
  before.keep.put(entry("two"));
  before.keep.drop("one");
  before.close();
  const after = openTab(before.session);
  const [found] = await after.keep.orphans(2_000);
  assert.deepEqual({ key: found!.key, sentAt: found!.sentAt, notBefore: found!.notBefore }, { key: "two", sentAt: null, notBefore: 0 });
});

test("a living tab keeps its text, a closed tab's goes to whoever looks", async () => {
  const { openTab } = setUp();
  const first = openTab();
  const second = openTab();
  first.keep.put(entry("one"));
  await Promise.resolve();
  assert.deepEqual(await second.keep.orphans(2_000), []);
  first.close();
  assert.deepEqual(keys(await second.keep.orphans(2_000)), ["one"]);
});

test("a copied tab gets a name of its own and leaves the original its text", async () => {
  const { openTab } = setUp();
  const original = openTab();
  original.keep.put(entry("one"));
  const copied = new MemoryStorage();
  for (const [key, value] of original.session.items) copied.setItem(key, value);
  const copy = openTab(copied);
  assert.deepEqual(await copy.keep.orphans(2_000), []);
  copy.keep.put(entry("two"));
  original.close();
  assert.deepEqual(keys(await copy.keep.orphans(2_000)), ["one", "two"]);
});

test("without Web Locks every page takes what it finds", async () => {
  const { openTab } = setUp();
  openTab(undefined, false).keep.put(entry("one"));
  assert.deepEqual(keys(await openTab(undefined, false).keep.orphans(2_000)), ["one"]);
});

test("text from long ago is not sent unasked", async () => {
  const { openTab } = setUp();
  const before = openTab();
  before.keep.put(entry("old"));
  before.close();
  const [found] = await openTab().keep.orphans(1_001 + SENT_UNASKED_MS);
  assert.equal(found!.state, "failed");
  assert.equal(found!.retryable, true);
});

test("a forbidden or damaged storage costs the keeping, not the page", async () => {
  const forbidden = new Proxy(new MemoryStorage(), { get() { throw new Error("SecurityError"); } });
  const keep = new TabKeep("demo", { local: forbidden, session: forbidden, locks: null }, () => "tab");
  keep.put(entry("one"));
  assert.deepEqual(await keep.orphans(2_000), []);
  const { local, openTab } = setUp();
  local.setItem("shopbell:demo:out:x", "{half");
  openTab().keep.put(entry("one"));
  assert.deepEqual(keys(await openTab(undefined, false).keep.orphans(2_000)), ["one"]);
});
