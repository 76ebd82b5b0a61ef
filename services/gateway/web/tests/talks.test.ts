import assert from "node:assert/strict";
import { test } from "node:test";

import type { EventFrame, VisitorWelcome } from "../src/shared/protocol.ts";
import { isMessage, type Talk } from "../src/widget/talk.ts";
import { Talks } from "../src/widget/talks.ts";

const event = (conversation: string, seq: number, kind: string, text?: string): EventFrame =>
  ({ type: "event", conversation, seq, at: "2026-01-01T00:00:00Z", kind, from: "visitor", ...(text && { text }) });
const welcome = (more: Partial<VisitorWelcome> = {}): VisitorWelcome => ({
  type: "welcome", visitor: { id: "C-1", signed_in: true }, token: "t", availability: "online",
  appearance: { language: "en", header: "", welcome: "", operator_name: "" }, ...more,
});
const texts = (talk: Talk | null) => talk?.lines.filter(isMessage).map((line) => line.text);

test("a customer's last conversation fills up beside the one that goes on", () => {
  const talks = new Talks();
  talks.customer = true;
  talks.welcomed(welcome({ previous: { id: "c1", seq: 2 }, conversation: { id: "c2", status: "open", seq: 1 } }));
  for (const each of [event("c1", 1, "started"), event("c2", 1, "started"), event("c1", 2, "message", "Then"), event("c2", 2, "message", "Now")]) talks.event(each);
  assert.deepEqual([texts(talks.previous.value), texts(talks.current.value)], [["Then"], ["Now"]]);
  assert.deepEqual(talks.last, { id: "c1", seq: 2 });
  talks.mark("c1", { operator: 2 });
  assert.deepEqual(talks.current.value?.read, {});
});

test("the next conversation takes the place of the one before, which a customer sees above it", () => {
  for (const customer of [true, false]) {
    const talks = new Talks();
    talks.customer = customer;
    talks.event(event("c1", 1, "started"));
    talks.event(event("c1", 2, "message", "Then"));
    talks.event(event("c1", 3, "archived"));
    talks.event(event("c2", 1, "started"));
    assert.equal(talks.current.value?.id, "c2");
    assert.deepEqual(texts(talks.previous.value), customer ? ["Then"] : undefined);
  }
});

test("a conversation that the gateway knows no more of is over, and its lines stay", () => {
  const talks = new Talks();
  talks.event(event("c1", 1, "started"));
  talks.event(event("c1", 2, "message", "Then"));
  talks.welcomed(welcome({ previous: { id: "c1", seq: 3 } }));
  assert.equal(talks.current.value?.status, "archived");
  assert.deepEqual(texts(talks.current.value), ["Then"]);
});
