import assert from "node:assert/strict";
import { test } from "node:test";

import { PassKeeper } from "../src/widget/pass.ts";
import { MemoryStorage } from "./support/storage.ts";

function browser() {
  const local = new MemoryStorage();
  let made = 0;
  const page = () => new PassKeeper("demo", local, () => `guest-${++made}`);
  return { local, page };
}

test("before the visitor acts the token is kept in memory only", () => {
  const { local, page } = browser();
  const pass = page();
  assert.equal(pass.show(), null);
  pass.renew("t1");
  assert.equal(pass.show(), "t1");
  assert.equal(local.length, 0);
});

test("after the first act other pages show the same token, and renewals are shared", () => {
  const { page } = browser();
  const pass = page();
  pass.renew("t1");
  assert.equal(pass.act(), false);
  const next = page();
  assert.equal(next.show(), "t1");
  next.renew("t2");
  assert.equal(page().show(), "t2");
});

test("a new conversation's token replaces the one before", () => {
  const { page } = browser();
  const pass = page();
  pass.renew("t1");
  pass.act();
  pass.become("t2");
  assert.equal(page().show(), "t2");
});

test("who acts second becomes the guest of the tab that was first", () => {
  const { page } = browser();
  const first = page();
  const second = page();
  first.renew("t1");
  second.renew("t2");
  first.act();
  first.become("t3");
  assert.equal(second.act(), true);
  assert.equal(second.show(), "t3");
});

test("a late renewal of a former guest does not take back the new one", () => {
  const { page } = browser();
  const first = page();
  first.renew("t1");
  first.act();
  const second = page();
  second.show();
  first.become("t2");
  second.renew("t1, renewed");
  assert.equal(page().show(), "t2");
});

test("a forgotten or damaged token is none", () => {
  const { local, page } = browser();
  const pass = page();
  pass.renew("t1");
  pass.act();
  pass.forget();
  assert.equal(local.length, 0);
  assert.equal(pass.show(), null);
  local.setItem("shopbell:demo:token", "{half");
  assert.equal(page().show(), null);
});
