import assert from "node:assert/strict";
import { test } from "node:test";

import { dayOf } from "../src/widget/days.ts";
import { cartFrom, Listeners } from "../src/widget/loader/api.ts";
import { newTalk, reachOf } from "../src/widget/talk.ts";
import { Talks } from "../src/widget/talks.ts";
import { emojiIn } from "../src/widget/texts/emoji.ts";

test("of a cart only what the gateway takes goes on", () => {
  const cart = (given: unknown) => cartFrom(given as Parameters<typeof cartFrom>[0]);
  assert.deepEqual(cart({ pieces: 2, total: 68, currency: "EUR", secret: 1 }), { pieces: 2, total: 68, currency: "EUR" });
  assert.deepEqual(cart({ pieces: "3", total: "9.5", currency: "euro" }), { pieces: 3, total: 9.5 });
  assert.deepEqual(cart({ pieces: 0, total: -1, currency: "EUR\n" }), { pieces: 0 });
  for (const wrong of [null, {}, { pieces: NaN }, { pieces: -1 }, { pieces: 1e9 }, "2"]) assert.equal(cart(wrong), null);
});

test("a state is told once per change, to who comes later at once; a deed to those who are there", () => {
  const listeners = new Listeners();
  const heard: unknown[] = [];
  listeners.tell("unread", { count: 0 }, true);
  const stop = listeners.on("unread", ({ count }) => heard.push(count));
  listeners.tell("unread", { count: 0 }, true);
  listeners.tell("unread", { count: 2 }, true);
  stop();
  listeners.tell("unread", { count: 3 }, true);
  listeners.tell("open", {});
  listeners.on("open", () => heard.push("open"));
  listeners.tell("open", {});
  assert.deepEqual(heard, [0, 2, "open"]);
});

test("a message is sent, delivered, read", () => {
  const talk = { ...newTalk("c1"), received: { operator: 4 }, read: { operator: 3, visitor: 9 } };
  assert.deepEqual([3, 4, 5].map((seq) => reachOf(talk, seq)), ["read", "delivered", "sent"]);
});

test("places, marks and what another tab has read are taken for the conversation on the screen only", () => {
  const talks = new Talks();
  talks.event({ type: "event", conversation: "c1", seq: 1, at: "2026-01-01T00:00:00Z", kind: "waiting", place: 3 });
  for (const conversation of ["c1", "c2"]) {
    const place = conversation === "c1" ? 2 : 1;
    talks.frame({ type: "place", conversation, place });
    talks.frame({ type: "received", conversation, from: "operator", upto: place });
    talks.frame({ type: "read", conversation, from: "visitor", upto: place + 5 });
  }
  assert.equal(talks.current.value?.place, 2);
  assert.deepEqual(talks.current.value?.received, { operator: 2 });
  assert.equal(talks.seen.value, 7);
  talks.frame({ type: "read", conversation: "c1", from: "visitor", upto: 1 });
  assert.equal(talks.seen.value, 7);
});

test("days are said as people say them", () => {
  const now = new Date(2026, 10, 22, 0, 30);
  const said = (...day: [number, number, number, number]) => dayOf("en", new Date(...day), now);
  assert.deepEqual([said(2026, 10, 22, 0), said(2026, 10, 21, 23), said(2026, 9, 3, 8), said(2025, 9, 3, 8)], ["Today", "Yesterday", "3 October", "3 October 2025"]);
  assert.deepEqual((["fr", "pl"] as const).map((language) => dayOf(language, now, now)), ["Aujourd’hui", "Dzisiaj"]);
});

test("every emoji has words in every language", () => {
  for (const language of ["en", "fr", "pl"] as const) {
    for (const { sign, words } of emojiIn(language)) assert.ok(sign && words, `${language} ${sign}`);
  }
});
