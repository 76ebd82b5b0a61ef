import assert from "node:assert/strict";
import { test } from "node:test";

import { due } from "../src/widget/inviting/rules.ts";

const text = "Can we help?";
const here = { seconds: 0, path: "/", cart: undefined };

test("a rule waits for its time on the page", () => {
  const rules = [{ id: "late", text, after: 30 }, { id: "later", text, after: 60 }];
  assert.deepEqual(due(rules, here), { wait: 30 });
  assert.deepEqual(due(rules, { ...here, seconds: 29.5 }), { wait: 0.5 });
  assert.equal(due(rules, { ...here, seconds: 30 }).rule?.id, "late");
});

test("of several that hold the first wins", () => {
  const rules = [{ id: "mugs", text, page: "/mugs/*" }, { id: "any", text }];
  assert.equal(due(rules, here).rule?.id, "any");
  assert.equal(due(rules, { ...here, path: "/mugs/tide" }).rule?.id, "mugs");
});

test("a star stands for anything, the rest for itself", () => {
  const fits = (page: string, path: string) => due([{ id: "one", text, page }], { ...here, path }).rule !== undefined;
  assert.ok(fits("/mugs", "/mugs"));
  assert.ok(!fits("/mugs", "/mugs/tide"));
  assert.ok(fits("/mugs/*", "/mugs/"));
  assert.ok(!fits("/mugs/*", "/mugs"));
  assert.ok(fits("*/tide", "/en/mugs/tide"));
  assert.ok(fits("/*/mugs/*/blue", "/en/mugs/tide/dark/blue"));
  assert.ok(!fits("/*/mugs/*/blue", "/en/mugs/blue"));
  assert.ok(fits("*", "/"));
  assert.ok(!fits("/a*a", "/a"));
  assert.ok(fits("/(x|y).*", "/(x|y).html"));
  assert.ok(!fits(`/${"*a".repeat(150)}`, `/${"a".repeat(149)}`));
});

test("a cart's worth must be known to be enough", () => {
  const rules = [{ id: "big", text, cart: 90 }];
  assert.deepEqual(due(rules, here), {});
  assert.deepEqual(due(rules, { ...here, cart: 89.99 }), {});
  assert.equal(due(rules, { ...here, cart: 90 }).rule?.id, "big");
  assert.equal(due([{ id: "any", text, cart: 0 }], { ...here, cart: 0 }).rule?.id, "any");
});
