import assert from "node:assert/strict";
import { test } from "node:test";

import { forUs } from "../src/dashboard/alerts/calls.ts";
import { calledSince, loudest, newsBetween } from "../src/dashboard/alerts/news.ts";
import type { Chat } from "../src/dashboard/chats.ts";
import { historyIn, matches, openMatches, peopleIn } from "../src/dashboard/search/matching.ts";
import type { HistoryItem } from "../src/dashboard/history/rest.ts";

const MAJA = { id: "o_1", name: "Maja" };
const TOMASZ = { id: "o_2", name: "Tomasz" };

function chat(id: string, more: Partial<Chat> = {}): Chat {
  return {
    id, status: "open", visitor: { id: `v_${id}`, signed_in: true, name: "Hannah Weiss" }, operator: MAJA, seq: 3, lines: null, read: {}, unread: 1,
    at: "2026-11-22T14:00:00Z", last: { from: "visitor", text: "Hello", at: "2026-11-22T14:00:00Z" }, ...more,
  };
}

const map = (...chats: Chat[]) => new Map(chats.map((each) => [each.id, each]));
const said = (from: string, text = "More", at = "2026-11-22T14:01:00Z") => ({ last: { from, text, at }, at });
const kinds = (before: Chat[], after: Chat[], online = true) => newsBetween(map(...before), map(...after), MAJA.id, online).map((each) => each.kind);

test("a visitor's word in a conversation of ours is news; ours and a colleague's are none", () => {
  assert.deepEqual(kinds([chat("a")], [chat("a", said("visitor"))]), ["message"]);
  assert.deepEqual(kinds([chat("a")], [chat("a", said("operator"))]), []);
  assert.deepEqual(kinds([chat("a", { operator: TOMASZ })], [chat("a", { operator: TOMASZ, ...said("visitor") })]), []);
});

test("what comes onto our channels is news: new, handed over, served from the line, reopened by the visitor", () => {
  assert.deepEqual(kinds([], [chat("a")]), ["conversation"]);
  assert.deepEqual(kinds([chat("a", { operator: TOMASZ })], [chat("a")]), ["conversation"]);
  assert.deepEqual(kinds([chat("a", { status: "waiting" })], [chat("a")]), ["conversation"]);
  assert.deepEqual(kinds([chat("a", { status: "ended" })], [chat("a", said("visitor"))]), ["conversation"]);
  assert.deepEqual(kinds([chat("a", { status: "ended" })], [chat("a")]), [], "reopened by our own hand");
});

test("who joins the line is news for whoever is online", () => {
  const { operator: _, ...nobody } = chat("a", { status: "waiting" });
  assert.deepEqual(kinds([], [nobody]), ["conversation"]);
  assert.deepEqual(kinds([], [nobody], false), []);
  assert.deepEqual(kinds([nobody], [{ ...nobody, ...said("visitor") }]), []);
});

test("nothing that stayed as it was is news, and of several the alert is heard", () => {
  const same = chat("a");
  assert.deepEqual(kinds([same], [same]), []);
  const [call] = calledSince(new Set(["b"]), [chat("a"), chat("b")]);
  assert.equal(call?.chat.id, "a");
  assert.equal(loudest([{ kind: "message", chat: chat("m") }, call!, { kind: "conversation", chat: chat("c") }])?.kind, "unanswered");
});

test("an alert is ours if the conversation is, or if its operator is not there", () => {
  const alerts = [chat("mine"), chat("there", { operator: TOMASZ }), chat("away", { operator: { id: "o_3", name: "Zofia" } })];
  const operators = [{ ...MAJA, online: true, away: false }, { ...TOMASZ, online: true, away: false }, { id: "o_3", name: "Zofia", online: true, away: true }];
  assert.deepEqual(forUs(alerts, MAJA.id, operators).map((each) => each.id), ["mine", "away"]);
});

test("a search finds every word wherever it stands, without case and accents", () => {
  assert.ok(matches("zielinski łódź", ["Mateusz Zieliński", "Czy wysyłacie do Łodzi? Łódź"]));
  assert.ok(!matches("zielinski kraków", ["Mateusz Zieliński"]));
  assert.ok(matches("", ["anything"]));
  const chats = [chat("a"), chat("b", { status: "archived" }), chat("c", said("visitor", "Une tasse bleue"))];
  assert.deepEqual(openMatches("TASSE hannah", chats).map((each) => each.id), ["c"]);
});

test("people are those whose own data match, each once; history leaves out what is shown above", () => {
  const item = (id: string, name: string): HistoryItem => ({
    id, customer: { id: `c_${name}`, signed_in: true, name }, last_message: "Hannah was here", last_message_at: null, status: "archived",
    started_at: "2026-11-22T14:00:00Z", operator: null, rating: null, messages: 1,
  });
  const items = [item("1", "Hannah"), item("2", "Hannah"), item("3", "Oliver")];
  assert.deepEqual(peopleIn("hannah", items).map((each) => each.name), ["Hannah"]);
  assert.deepEqual(historyIn(items, [chat("2")]).map((each) => each.id), ["1", "3"]);
});
