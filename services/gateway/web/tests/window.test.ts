import assert from "node:assert/strict";
import { test } from "node:test";

import type { Line } from "../src/dashboard/chats.ts";
import { asShortcut, filledIn, found, gapIn, isShortcut, lettersAt, textFor, type Reply } from "../src/dashboard/window/canned.ts";
import { standing } from "../src/dashboard/window/runs.ts";
import { targets, toldOf } from "../src/dashboard/window/targets.ts";
import type { DeskState } from "../src/shared/protocol.ts";

const reply = (shortcut: string, texts: Record<string, string>): Reply => ({ id: shortcut, shortcut, texts });
const REPLIES = [
  reply("return-shipping", { en: "You have 30 days.", pl: "Masz 30 dni na zwrot." }),
  reply("delivery", { en: "We send within two days.", fr: "Nous envoyons sous deux jours." }),
  reply("delay", { en: "I am sorry about the delivery." }),
];
const shortcuts = (letters: string) => found(REPLIES, letters, "en", []).map((choice) => choice.reply.shortcut);

test("letters find replies by the beginning of the shortcut, then by any part of it, then by the text", () => {
  assert.deepEqual(shortcuts("de"), ["delay", "delivery"]);
  assert.deepEqual(shortcuts("DELIVERY"), ["delivery", "delay"]);
  assert.deepEqual(shortcuts("ship"), ["return-shipping"]);
  assert.deepEqual(shortcuts("").length, 3);
  assert.deepEqual(shortcuts("xyz"), []);
});

test("a reply comes in the visitor's language, else in the shop's first that it has, else in any", () => {
  const [returns, delivery] = REPLIES as [Reply, Reply, Reply];
  assert.equal(textFor(delivery, "fr-CA", ["en"]).language, "fr");
  assert.equal(textFor(delivery, "pl", ["fr", "en"]).language, "fr");
  assert.equal(textFor(returns, "de", ["it", "pl"]).language, "pl");
  assert.equal(textFor(reply("x", { cs: "Dobrý den" }), "", []).text, "Dobrý den");
});

test("what is known fills itself in, and what is not is found", () => {
  const text = filledIn("Hello {name}, {operator} here. {other}", { name: undefined, operator: "Maja" });
  assert.equal(text, "Hello {name}, Maja here. {other}");
  assert.deepEqual(gapIn(text), { from: 6, to: 12, field: "{name}" });
  assert.equal(gapIn("Hello {order}"), null);
  assert.deepEqual(gapIn("{page} {page}"), { from: 0, to: 6, field: "{page}" });
});

test("a slash opens the list only as the beginning of a shortcut", () => {
  assert.equal(lettersAt("/del", 0, 4), "del");
  assert.equal(lettersAt("/", 0, 1), "");
  assert.equal(lettersAt("/delivery is", 0, 12), null);
  assert.equal(lettersAt("and/or", 3, 3), null);
  assert.equal(lettersAt("see /de here", 4, 7), "de");
});

test("what is typed becomes a shortcut", () => {
  assert.equal(asShortcut("/Delivery NO"), "delivery-no");
  assert.equal(asShortcut("Zwrot łódź é!"), "zwrot-lodz-e");
  for (const each of ["a", "7", "delivery-no"]) assert.ok(isShortcut(each));
  for (const each of ["", "-a", "A", "a b", "a".repeat(41)]) assert.ok(!isShortcut(each), each);
});

const NOW = new Date(2026, 10, 22, 15, 0).getTime();
const at = (minutes: number) => new Date(NOW - minutes * 60_000).toISOString();
const said = (seq: number, minutes: number, from: string, author?: string): Line => ({ seq, at: at(minutes), kind: "message", from, text: String(seq), ...(author ? { author } : {}) });

test("bubbles of one minute and one person stand together, their time under the last", () => {
  const lines = [said(1, 5, "visitor"), said(2, 5, "visitor"), said(3, 5, "operator", "Maja"), said(4, 5, "operator", "Tomasz"), said(5, 4, "operator", "Tomasz")];
  assert.deepEqual(standing(lines, NOW).map(({ joined, closes }) => [joined, closes]), [[false, false], [true, true], [false, true], [false, true], [false, true]]);
});

test("a day is said where it begins, and today not at all if it began today", () => {
  const days = (lines: Line[]) => standing(lines, NOW).map((each) => each.newDay);
  assert.deepEqual(days([said(1, 20, "visitor"), said(2, 10, "visitor")]), [false, false]);
  assert.deepEqual(days([said(1, 2 * 1440, "visitor"), said(2, 2 * 1440, "visitor"), said(3, 5, "visitor")]), [true, false, true]);
});

test("each line knows who held the conversation before it", () => {
  const moved = (seq: number, kind: string, name: string): Line => ({ seq, at: at(9), kind, operator: { id: name, name } });
  assert.deepEqual(standing([moved(1, "assigned", "Maja"), moved(2, "transferred", "Tomasz"), said(3, 1, "visitor")], NOW).map((each) => each.holder), ["", "Maja", "Tomasz"]);
});

const DESK: DeskState = {
  online: true, availability: "online", limit: 9, busy: 2, waiting: 0, line: [],
  operators: [
    { id: "me", name: "Me", online: true, away: false }, { id: "full", name: "Ada", online: true, away: false },
    { id: "free", name: "Zoe", online: true, away: false }, { id: "away", name: "Bob", online: true, away: true },
  ],
  channels: [{ channel: 1, operator: "full", conversation: "c" }, { channel: 2, operator: "free" }, { channel: 3, operator: "free", conversation: "d" }, { channel: 4, operator: "away" }],
  departments: [{ id: "after-sales", name: "After-sales", operators: ["free"], online: 1, free: 1 }, { id: "night", name: "Night", operators: [], online: 0, free: 0 }],
};

test("colleagues with a free channel come first; who has none, or is not there, can't be chosen", () => {
  const all = targets(DESK, [{ id: "me", name: "Me" }, { id: "gone", name: "Cy" }], "me");
  assert.deepEqual(all.map(({ id, can }) => [id, can]), [["free", true], ["full", false], ["away", false], ["gone", false], ["after-sales", true], ["night", true]]);
  assert.deepEqual(all.map((each) => toldOf("en", each)), [
    "Online, 1 of 2 busy", "Online, no channel free", "Away", "Offline", "Department, 1 channel free", "Department, nobody online; you hold it until then",
  ]);
  assert.deepEqual(targets(null, [], "me"), []);
});
