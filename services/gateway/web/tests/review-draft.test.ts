/** Drafts of reviews stay on the device until they are sent, or can't be any more. */
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

import { emptyDraft, forgetDrafts, keepDraft, readDraft } from "../src/review/draft.ts";
import type { Form } from "../src/review/rest.ts";
import { MemoryStorage } from "./support/storage.ts";

const NOON = Date.parse("2026-11-22T12:00:00Z");
const TYPED = { id: "form-1", typed: { mug: { stars: 4, text: "Keeps the heat" } } };

const form = (order: string, expires_at: string) => ({ shop: "morrow", order, expires_at }) as Form;
const good = form("20418", "2027-01-21T00:00:00Z");
const over = form("20001", "2026-11-22T11:59:59Z");

const storage = new MemoryStorage();
beforeEach(() => {
  storage.clear();
  Object.assign(globalThis, { localStorage: storage });
});

test("a draft is found again as it was left", () => {
  keepDraft(good, "token", TYPED);
  forgetDrafts(NOON);
  assert.deepEqual(readDraft(good), TYPED);
  keepDraft(good, "token", { ...TYPED, typed: {} });
  assert.deepEqual(readDraft(good).typed, emptyDraft().typed);
});

test("what can't be sent any more goes from the device", () => {
  localStorage.setItem("shopbell.other", "stays");
  localStorage.setItem("shopbell.review.morrow.1", "{");
  keepDraft(over, "one", TYPED);
  keepDraft(good, "another", TYPED);
  forgetDrafts(NOON);
  assert.deepEqual([...storage.items.keys()].sort(), ["shopbell.other", "shopbell.review.morrow.20418"]);
  forgetDrafts(NOON, "another");
  assert.deepEqual([...storage.items.keys()], ["shopbell.other"]);
});
