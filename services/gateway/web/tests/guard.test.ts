/** What is not saved is not lost without a question. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { letterOf, write } from "../src/dashboard/help/letter.ts";
import { SETTINGS } from "./support/shop-settings.ts";

const asks: ((event: Pick<Event, "preventDefault">) => void)[] = [];
const here = { hash: "" };
Object.assign(globalThis, { addEventListener: (_name: string, ask: (typeof asks)[number]) => asks.push(ask), location: here, history: { replaceState: () => {} } });
const guard = await import("../src/dashboard/settings/guard.ts");
const draft = await import("../src/dashboard/settings/draft.ts");

const stops = () => {
  let stopped = false;
  for (const ask of asks) ask({ preventDefault: () => (stopped = true) });
  return stopped;
};

test("what is shown once holds whoever goes, to another part too", () => {
  assert.ok(guard.mayGo("#/settings/security", "#/settings/staff"));
  guard.held.value = "Recovery codes";
  assert.ok(!guard.mayGo("#/settings/security", "#/settings/staff"));
  assert.deepEqual([guard.wanted.value, stops()], ["#/settings/staff", true]);
  guard.letGo();
  assert.deepEqual([here.hash, stops(), guard.mayGo("#/settings/security", "#/")], ["#/settings/staff", false, true]);
});

test("what an undo puts back is not saved until the gateway has it", async () => {
  const answers = ["Morrow", "Morrow & Co"].map((name, at) => () => Response.json({ ...SETTINGS, name }, { headers: { ETag: `"${at}"` } }));
  globalThis.fetch = async () => answers.shift()?.() ?? Promise.reject(new TypeError("no connection"));
  await draft.open("s1");
  draft.change({ name: "Morrow & Co" });
  assert.ok(guard.unsaved.value);
  assert.ok(await draft.save());
  assert.ok(!guard.unsaved.value);
  await draft.undo();
  assert.deepEqual([draft.draft.value?.name, guard.unsaved.value, stops()], ["Morrow", true, true]);
  draft.discard();
  assert.ok(!stops());
});

test("a letter to those who run it waits, for who wrote it", () => {
  write("o_1", { text: "It rings twice." });
  write("o_1", { about: "wish" });
  assert.deepEqual(letterOf("o_1"), { about: "wish", text: "It rings twice.", withFacts: true });
  assert.equal(letterOf("o_2").text, "");
});
