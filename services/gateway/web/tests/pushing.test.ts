import assert from "node:assert/strict";
import { test } from "node:test";

import { groupOf } from "../src/shared/group.ts";
import { addressFor, placeFrom } from "../src/widget/pushing/place.ts";
import { Told } from "../src/widget/pushing/told.ts";
import { MemoryStorage } from "./support/storage.ts";

test("a page is in the group that its tag names, else in that of its path's first part, as a slug", () => {
  assert.equal(groupOf("New in", "/mugs/tide"), "new-in");
  assert.equal(groupOf(undefined, "/mugs/tide.html"), "mugs");
  assert.equal(groupOf(undefined, "//Żółte%20dzbanki/"), "zolte-dzbanki");
  assert.equal(groupOf(undefined, "/tide-mug.html"), "tide-mug");
  assert.equal(groupOf(undefined, "/%E0%A4%A/x"), "e0-a4-a");
  assert.equal(groupOf("", "/"), undefined);
  assert.equal(groupOf("☕", "/mugs"), undefined);
  assert.match(groupOf(`${"a".repeat(39)} b`, "/")!, /^a{39}$/);
});

test("the worker finds in its own address what the page knew", () => {
  globalThis.location = { origin: "https://shop.example" } as Location;
  const place = { shop: "demo", gateway: "https://chat.example:8443", key: "BO9_-x", language: "pt-BR" };
  const address = new URL(addressFor({ worker: "/static/sw.js", key: place.key }, place));
  assert.equal(address.origin + address.pathname, "https://shop.example/static/sw.js");
  assert.deepEqual(placeFrom(address as unknown as Location), place);
});

test("the gateway is told again when something is new, also after a page load, and of each group of pages once", async () => {
  const storage = new MemoryStorage() as unknown as Storage;
  const known = { endpoint: "https://push.example/1", language: "en", zone: "Europe/Warsaw", who: null };
  const told: string[] = [];
  const tell = async (what: object, group: string | undefined, heard = true) => {
    const now = new Told("demo", storage);
    const all = { ...known, ...what };
    if (!now.knows(all, group)) await now.tell(all, group, async () => { told.push(`${JSON.stringify(what)} ${group ?? "-"}`); return heard; });
  };
  await tell({}, undefined, false);
  await tell({}, undefined);
  await tell({}, undefined);
  await tell({}, "mugs");
  await tell({}, "jugs");
  await tell({}, "mugs");
  await tell({ who: "guest-2" }, "mugs");
  await tell({ endpoint: "https://push.example/2", who: "guest-2" }, "jugs");
  await tell({ endpoint: "https://push.example/2", who: "guest-2" }, "mugs");
  assert.deepEqual(told.map((each) => each.split(" ").at(-1)), ["-", "-", "mugs", "jugs", "mugs", "jugs", "mugs"]);
});
