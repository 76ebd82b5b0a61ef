import assert from "node:assert/strict";
import { test } from "node:test";

import { after, fromSummary, inLine, isCalled, reachOf, turnSince, upTo, withoutOld, type Chat } from "../src/dashboard/chats.ts";
import { isIdle, nextServed, passes, rowsOf } from "../src/dashboard/visitors/rows.ts";
import { afterVisitors } from "../src/dashboard/visitors/site.ts";
import { Watching } from "../src/dashboard/visitors/watching.ts";
import type { EventFrame, VisitorOnSite } from "../src/shared/protocol.ts";

const at = (second: number) => `2026-01-01T00:00:${String(second).padStart(2, "0")}Z`;
const here = (id: string, second: number, more: Partial<VisitorOnSite> = {}): VisitorOnSite => ({ id, signed_in: false, since: at(second), ...more });
const chat = (id: string, visitor: string, more: Partial<Chat> = {}): Chat => ({
  id, status: "open", visitor: { id: visitor, signed_in: false }, seq: 1, lines: null, read: {}, unread: 0, at: at(0), ...more,
});
const said = (seq: number, from: string, second: number): EventFrame => ({
  type: "event", conversation: "c", seq, at: at(second), kind: "message", from, text: "?",
});

test("who is on the site is told whole first, then by what has changed", () => {
  const whole = afterVisitors(null, { type: "visitors", whole: true, here: [here("a", 1), here("b", 2)], more: 3 });
  assert.deepEqual([[...whole.here.keys()], whole.more], [["a", "b"], 3]);
  const later = afterVisitors(whole, { type: "visitors", whole: false, here: [here("b", 2, { cart: { pieces: 1 } }), here("c", 3)], gone: ["a"] });
  assert.deepEqual([[...later.here.keys()], later.here.get("b")?.cart?.pieces, later.more], [["b", "c"], 1, 0]);
  assert.deepEqual([...afterVisitors(later, { type: "visitors", whole: true, here: [here("z", 9)] }).here.keys()], ["z"]);
  assert.equal(whole.here.size, 2, "what was told before stands as it was");
});

test("the list has the line in its order, then the longest on the site, then who has left", () => {
  const site = { here: new Map(["d", "c", "b", "a"].map((id, at) => [id, here(id, 9 - at)])), more: 0 };
  const waiting = inLine([chat("2", "gone", { status: "waiting" }), chat("1", "c", { status: "waiting" })], ["1", "2"]);
  const rows = rowsOf(site, waiting, [chat("3", "d"), chat("4", "left")]);
  assert.deepEqual(rows.map((row) => row.visitor.id), ["c", "gone", "a", "b", "d", "left"]);
  assert.deepEqual(rows.map((row) => row.place), [1, 2, 0, 0, 0, 0]);
  assert.deepEqual(rows.map((row) => row.here !== null), [true, false, true, true, true, false]);
  assert.deepEqual(rows.filter((row) => passes(row, "waiting")).length, 2);
  assert.deepEqual(rows.filter((row) => passes(row, "chat")).length, 4);
  assert.deepEqual(rows.filter((row) => passes(row, "cart")).length, 0);
  assert.deepEqual(rowsOf(null, waiting, []).length, 2, "before the first answer those in line are known already");
});

test("one channel more serves the first in line who is there and may come to us", () => {
  const line = [chat("1", "a", { department: "sales" }), chat("2", "b"), chat("3", "c")];
  assert.equal(nextServed(line, new Set(), new Set(["sales"]))?.id, "1");
  assert.equal(nextServed(line, new Set(), new Set())?.id, "2");
  assert.equal(nextServed(line, new Set(["2"]), new Set())?.id, "3");
  assert.equal(nextServed([], new Set(), new Set()), null);
});

test("a visitor who writes on keeps the moment from which the answer is owed", () => {
  let now = after(chat("c", "a", { lines: [] }), said(2, "visitor", 10));
  now = after(now, said(3, "visitor", 40));
  assert.deepEqual([turnSince(now), now.at, now.unread], [at(10), at(40), 2]);
  now = after(now, { ...said(4, "", 50), kind: "unanswered", since: at(10) });
  assert.equal(isCalled(now, null, Date.parse(at(50))), true);
  now = after(now, said(5, "operator", 55));
  assert.deepEqual([turnSince(now), isCalled(now, 1, Date.parse(at(59)))], [at(55), false]);
});

test("who comes back to the page finds the calls that were made meanwhile", () => {
  const summary = { id: "c", status: "open" as const, visitor: { id: "a", signed_in: false }, seq: 3, unanswered_since: at(0) };
  assert.equal(isCalled(fromSummary(summary), 30, Date.parse(at(29))), false);
  assert.equal(isCalled(fromSummary(summary), 30, Date.parse(at(30))), true);
  assert.equal(isCalled(fromSummary({ ...summary, status: "ended" }), 30, Date.parse(at(59))), false);
  const known = { ...fromSummary(summary), called: true };
  assert.equal(isCalled(fromSummary(summary, known), null, 0), true);
  assert.equal(isCalled(fromSummary({ ...summary, unanswered_since: at(20) }, known), null, 0), false);
});

test("marks of what has come and what was read go on and never back", () => {
  let now = chat("c", "a");
  assert.equal(reachOf(now, 2), "sent");
  now = upTo(now, "received", { visitor: 4 });
  now = upTo(now, "received", { visitor: 3 });
  assert.deepEqual([reachOf(now, 4), reachOf(now, 5)], ["received", "sent"]);
  now = upTo(now, "read", { visitor: 2, operator: 9 });
  assert.deepEqual([reachOf(now, 2), reachOf(now, 3), now.read["operator"]], ["read", "received", 9]);
  const welcomed = fromSummary({ id: "c", status: "open", visitor: { id: "a", signed_in: false }, seq: 5, received: { visitor: 1 } }, now);
  assert.equal(reachOf(welcomed, 4), "received");
});

test("what went to history leaves the desk, but for what a window shows", () => {
  const chats = new Map(["open", "shown", "gone"].map((id) => [id, chat(id, id, {
    status: id === "open" ? "open" : "archived", lines: id === "shown" ? [] : null,
  })]));
  assert.deepEqual([...withoutOld(chats).keys()], ["open", "shown"]);
});

test("who is invited is remembered until they come or go", () => {
  const told: object[] = [];
  const watching = new Watching((frame) => told.push(frame));
  const stop = watching.watch();
  watching.take({ type: "visitors", whole: true, here: [here("a", 1), here("b", 2), here("c", 3)] });
  for (const id of ["a", "b", "c"]) watching.invite(id);
  assert.deepEqual(told.slice(1), ["a", "b", "c"].map((visitor) => ({ type: "invite", visitor })));
  watching.take({ type: "visitors", whole: false, here: [here("a", 1, { conversation: "c-1" })], gone: ["b"] });
  assert.deepEqual([...watching.invited.value], ["c"]);
  stop();
});

test("only who looks around without having talked is invited", () => {
  const row = (more: object) => ({ visitor: { id: "a", signed_in: false }, here: here("a", 1), chat: null, place: 0, ...more });
  assert.ok(isIdle(row({})));
  assert.ok(!isIdle(row({ here: null })));
  assert.ok(!isIdle(row({ here: here("a", 1, { conversation: "c-1" }) })));
  assert.ok(!isIdle(row({ chat: chat("c-1", "a") })));
});
