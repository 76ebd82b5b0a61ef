import assert from "node:assert/strict";
import { test } from "node:test";

import { backoff } from "../src/shared/connection/backoff.ts";
import { isAway, START, step, type Input, type Phase } from "../src/shared/connection/link.ts";
import { uuid7 } from "../src/shared/connection/uuid7.ts";

const OPEN: Phase = { name: "open", attempt: 0 };
const NOW = 1_000_000;
const go = (phase: Phase, input: Input, random = 0.5) => step(phase, input, NOW, random);

test("the first try comes within 2 s, none later than 30 s, and the ceiling doubles between", () => {
  assert.equal(backoff(0, 0), 0);
  assert.ok(backoff(0, 0.999999) < 2_000);
  assert.ok(backoff(1, 0.999999) > 3_900 && backoff(1, 0.999999) < 4_000);
  for (let attempt = 0; attempt < 2_000; attempt++) {
    assert.ok(backoff(attempt, Math.random()) < 30_000);
  }
  assert.ok(backoff(500, 0.999999) > 29_990);
});

test("the whole span is used, so that a crowd spreads out", () => {
  const tries = Array.from({ length: 2_000 }, () => backoff(3, Math.random()));
  assert.ok(Math.min(...tries) < 500 && Math.max(...tries) > 15_500);
});

test("each loss in a row makes the next wait longer, a steady connection starts anew", () => {
  let phase: Phase = OPEN;
  const waits: number[] = [];
  for (let i = 0; i < 8; i++) {
    phase = go(phase, { on: "lost", code: 1006 }).phase;
    assert.equal(phase.name, "reconnecting");
    waits.push((phase as { retryAt: number }).retryAt - NOW);
    phase = go(go(go(phase, { on: "due", timer: "retry" }).phase, { on: "opened" }).phase, { on: "welcomed" }).phase;
  }
  assert.deepEqual(waits, [1_000, 2_000, 4_000, 8_000, 15_000, 15_000, 15_000, 15_000]);
  assert.deepEqual(go(phase, { on: "due", timer: "steady" }).phase, OPEN);
});

test("close codes are obeyed", () => {
  const after = (code: number, retryAfter?: number) =>
    go(OPEN, { on: "lost", code, ...(retryAfter === undefined ? {} : { retryAfter }) }).phase;
  assert.deepEqual(after(4401), { name: "closed", reason: "signed-out" });
  assert.deepEqual(after(4403), { name: "closed", reason: "refused" });
  for (const code of [1000, 1001, 1006, 1008, 1009, 1011, 1012, 4408, 4503]) {
    assert.deepEqual(after(code), { name: "reconnecting", attempt: 1, retryAt: NOW + 1_000 }, String(code));
  }
  assert.deepEqual(after(4429, 12), { name: "reconnecting", attempt: 1, retryAt: NOW + 12_000 + 1_000 });
  assert.deepEqual(after(4429), { name: "reconnecting", attempt: 1, retryAt: NOW + 30_000 + 1_000 });
});

test("who was sent away does not come back by itself", () => {
  const closed: Phase = { name: "closed", reason: "signed-out" };
  for (const on of ["online", "visible", "offline", "silent", "opened", "welcomed"] as const) {
    assert.equal(go(closed, { on }).phase, closed);
  }
  assert.equal(go(closed, { on: "renew" }).phase.name, "connecting");
});

test("the network coming back or the page coming into view shortens a long wait and never lengthens one", () => {
  const long: Phase = { name: "reconnecting", attempt: 6, retryAt: NOW + 29_000 };
  assert.deepEqual(go(long, { on: "online" }).phase, { ...long, retryAt: NOW + 1_000 });
  assert.deepEqual(go(long, { on: "visible" }).phase, { ...long, retryAt: NOW + 1_000 });
  const short: Phase = { name: "reconnecting", attempt: 1, retryAt: NOW + 300 };
  assert.equal(go(short, { on: "online" }).phase, short);
});

test("offline lets go of the socket", () => {
  const { phase, effects } = go(OPEN, { on: "offline" });
  assert.equal(phase.name, "reconnecting");
  assert.deepEqual(effects[0], { do: "close", code: 1000 });
});

test("only a lost connection is shown as reconnecting, a first one is not", () => {
  assert.equal(isAway(START), false);
  assert.equal(isAway({ name: "connecting", attempt: 0 }), false);
  assert.equal(isAway(OPEN), false);
  assert.equal(isAway({ name: "reconnecting", attempt: 1, retryAt: 0 }), true);
  assert.equal(isAway({ name: "connecting", attempt: 1 }), true);
});

test("ids are UUIDs of version 7 and sort by time", () => {
  const random = (bytes: Uint8Array<ArrayBuffer>) => bytes.fill(255);
  const early = uuid7(1_700_000_000_000, random);
  assert.match(early, /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  assert.equal(parseInt(early.replaceAll("-", "").slice(0, 12), 16), 1_700_000_000_000);
  assert.ok(early < uuid7(1_700_000_000_001, (bytes) => bytes.fill(0)));
});
