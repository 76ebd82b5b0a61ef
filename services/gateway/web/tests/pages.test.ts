import assert from "node:assert/strict";
import { test } from "node:test";

import { countdown, dayBefore, dayStart, momentAlone, momentOf } from "../src/dashboard/dates.ts";
import { isFiltered, nextSort, NO_FILTERS, queryFor } from "../src/dashboard/history/filters.ts";
import type { Mail, Message } from "../src/dashboard/inbox/rest.ts";
import { senderName, spokenOf, standingOf } from "../src/dashboard/inbox/standing.ts";
import { queryOf, shopPath } from "../src/dashboard/rest.ts";
import { addressOf, routeOf } from "../src/dashboard/route.ts";

const NOW = new Date(2026, 10, 22, 15, 0, 0).getTime();
const ago = (days: number, hour = 14) => new Date(2026, 10, 22 - days, hour, 7).toISOString();

test("an address names its page and what is on it, and comes back as it went", () => {
  assert.deepEqual(routeOf(""), { page: "chat", id: null });
  assert.deepEqual(routeOf("#/history"), { page: "history", id: null });
  assert.deepEqual(routeOf("#/nowhere/7"), { page: "chat", id: null });
  for (const id of ["4182", "a/b c?#%", "käufer@example.com"]) assert.deepEqual(routeOf(addressOf("person", id)), { page: "person", id });
  assert.deepEqual(routeOf("#/person/%E0%A4%A"), { page: "person", id: "%E0%A4%A" });
});

test("what stands in a path or a query is escaped", () => {
  assert.equal(shopPath("demo", "customers", "../a b"), "/shops/demo/customers/..%2Fa%20b");
  assert.equal(queryOf({ q: "a&b", cursor: undefined, sort: "" }), "?q=a%26b");
  assert.equal(queryOf({ q: "" }), "");
});

test("days are said as today and yesterday, then by date, with the year only if it is another", () => {
  assert.deepEqual([0, 1, 2, 400].map((days) => momentAlone("en", ago(days), NOW)), ["Today, 14:07", "Yesterday, 14:07", "20 Nov, 14:07", "18 Oct 2025, 14:07"]);
  assert.equal(momentOf("fr", ago(1), NOW), "hier, 14:07");
  assert.equal(momentAlone("pl", ago(0), NOW), "Dzisiaj, 14:07");
  assert.equal(momentAlone("en", ago(1, 23), NOW), "Yesterday, 23:07");
});

test("what is left is counted down and never below nothing", () => {
  const within = (seconds: number) => countdown(new Date(NOW + seconds * 1000).toISOString(), NOW);
  assert.deepEqual([40, 725, 3720, 0, -5].map(within), ["0:40", "12:05", "1:02:00", null, null]);
});

test("a period is asked for as moments, its last day inside", () => {
  assert.deepEqual(queryFor(NO_FILTERS, NOW).from, undefined);
  assert.equal(queryFor({ ...NO_FILTERS, period: "week" }, NOW).from, dayStart("2026-11-16"));
  const between = queryFor({ ...NO_FILTERS, period: "between", from: "2026-03-28", to: "2026-03-31" }, NOW);
  assert.deepEqual([between.from, between.to], [dayStart("2026-03-28"), dayStart("2026-04-01")]);
  assert.deepEqual(queryFor({ ...NO_FILTERS, period: "between", from: "", to: "" }, NOW).to, undefined);
  assert.equal(dayBefore(NOW, 0), "2026-11-22");
});

test("a search or an order filters nothing away, a rating does", () => {
  assert.equal(isFiltered({ ...NO_FILTERS, q: "mug", sort: "customer" }), false);
  assert.equal(isFiltered({ ...NO_FILTERS, rating: "5" }), true);
});

test("a column's head sorts by it; that of the time turns it around", () => {
  assert.equal(nextSort("-last_message_at", "time"), "last_message_at");
  assert.equal(nextSort("last_message_at", "time"), "-last_message_at");
  assert.equal(nextSort("-last_message_at", "customer"), "customer");
});

const mail = (kind: Mail["kind"], status: Mail["status"]): Mail =>
  ({ kind, status, attempts: 1, created_at: ago(0), first_tried_at: null, next_at: null, sent_at: null, error: null });
const left: Message = {
  id: "m1", status: "new", left_at: ago(0), locale: "en", customer: { id: "g_1", signed_in: false }, first_name: "Ida", last_name: null, email: null,
  phone: null, text: "Hello", page: null, mail: "none", answers: [], answered_by: null, called_at: null, called_by: null, mails: [],
};
const answered = (state: Message["mail"]): Message =>
  ({ ...left, status: "answered", answers: [{ id: "a", at: ago(0), operator: { id: "o_1", name: "Maja" }, text: "Hi", mail: state }], mails: [mail("offline_message", "sent"), mail("answer", "failed")] });

test("a message stands as its mail does until it is answered, then as the answer's mail does", () => {
  assert.deepEqual((["none", "pending", "mailed", "failed"] as const).map((state) => standingOf({ ...left, mail: state })), ["kept", "pending", "mailed", "failed"]);
  assert.deepEqual((["none", "pending", "mailed", "failed"] as const).map((state) => standingOf(answered(state))), ["answered", "answer_pending", "answered", "answer_failed"]);
  assert.equal(standingOf({ ...left, status: "called", mail: "failed" }), "called");
  assert.equal(spokenOf(answered("failed"))?.kind, "answer");
  assert.equal(spokenOf({ ...left, mails: [mail("offline_message", "pending")] })?.status, "pending");
  assert.equal(senderName(left), "Ida");
});
