import assert from "node:assert/strict";
import { test } from "node:test";

import * as chats from "../src/dashboard/chats.ts";
import { dock, minimise, room, undock } from "../src/dashboard/windows.ts";
import { fill, pickLanguage, plural } from "../src/shared/language.ts";
import { cleanText, lengthOf, type EventFrame } from "../src/shared/protocol.ts";
import { ALERTS } from "../src/dashboard/alerts/texts.ts";
import { DESK_BAR_TEXTS as DESK_BAR } from "../src/dashboard/desk-bar/texts.ts";
import { DOOR } from "../src/dashboard/door/texts.ts";
import { GUIDE } from "../src/dashboard/guide/texts.ts";
import { HELP } from "../src/dashboard/help/texts.ts";
import { HISTORY } from "../src/dashboard/history/texts.ts";
import { INBOX } from "../src/dashboard/inbox/texts.ts";
import { KEYBOARD } from "../src/dashboard/keyboard/texts.ts";
import { PERSON } from "../src/dashboard/person/texts.ts";
import { PREFERENCES } from "../src/dashboard/preferences/texts.ts";
import { RECAP_TEXTS as RECAP } from "../src/dashboard/recap/texts.ts";
import { SEARCH } from "../src/dashboard/search/texts.ts";
import { CHANGES } from "../src/dashboard/settings/changes/texts.ts";
import { CHAT } from "../src/dashboard/settings/chat/texts.ts";
import { COLOUR_TEXTS as COLOURS } from "../src/dashboard/settings/colour-texts.ts";
import { DEPARTMENTS } from "../src/dashboard/settings/departments/texts.ts";
import { DEVELOPERS } from "../src/dashboard/settings/developers/texts.ts";
import { FORM_TEXTS as FORM } from "../src/dashboard/settings/form-texts.ts";
import { HOURS } from "../src/dashboard/settings/hours/texts.ts";
import { INVITATIONS } from "../src/dashboard/settings/invitations/texts.ts";
import { MAIL } from "../src/dashboard/settings/mail/texts.ts";
import { OFFLINE } from "../src/dashboard/settings/offline/texts.ts";
import { PREVIEW } from "../src/dashboard/settings/preview/texts.ts";
import { PUSH_SETTINGS } from "../src/dashboard/settings/push/texts.ts";
import { PRIVACY } from "../src/dashboard/settings/privacy/texts.ts";
import { SECURITY } from "../src/dashboard/settings/security/texts.ts";
import { SHOP } from "../src/dashboard/settings/shop/texts.ts";
import { STAFF } from "../src/dashboard/settings/staff/texts.ts";
import { SETTINGS } from "../src/dashboard/settings/texts.ts";
import { TEXTS as DASHBOARD } from "../src/dashboard/texts.ts";
import { VISITORS_TEXTS as VISITORS } from "../src/dashboard/visitors/texts.ts";
import { FILES } from "../src/dashboard/window/files/texts.ts";
import { WINDOW } from "../src/dashboard/window/texts.ts";
import { TEXTS as INVITING } from "../src/widget/inviting/texts.ts";
import { TEXTS as PUSHING } from "../src/widget/pushing/texts.ts";
import { LAUNCHER } from "../src/widget/loader/texts.ts";
import { SAMPLES } from "../src/widget/preview/samples.ts";
import { texts as en } from "../src/widget/texts/en.ts";
import { texts as fr } from "../src/widget/texts/fr.ts";
import { texts as moreEn } from "../src/widget/texts/more-en.ts";
import { texts as moreFr } from "../src/widget/texts/more-fr.ts";
import { texts as morePl } from "../src/widget/texts/more-pl.ts";
import { texts as pl } from "../src/widget/texts/pl.ts";
import * as talk from "../src/widget/talk.ts";

const WIDGET = { en: { ...en, ...moreEn }, fr: { ...fr, ...moreFr }, pl: { ...pl, ...morePl } };
/** Every table of texts of dashboard and widget. */
const TABLES = [
  WIDGET, INVITING, PUSHING, LAUNCHER, SAMPLES,
  ALERTS, DASHBOARD, DESK_BAR, DOOR, FILES, GUIDE, HELP, HISTORY, INBOX, KEYBOARD, PERSON, PREFERENCES, RECAP, SEARCH, VISITORS, WINDOW,
  CHANGES, CHAT, COLOURS, DEPARTMENTS, DEVELOPERS, FORM, HOURS, INVITATIONS, MAIL, OFFLINE, PREVIEW, PRIVACY, PUSH_SETTINGS, SECURITY, SETTINGS, SHOP, STAFF,
];
const event = (seq: number, kind: string, more: Partial<EventFrame> = {}): EventFrame =>
  ({ type: "event", conversation: "c1", seq, at: `2026-01-01T00:00:0${seq}Z`, kind, ...more });
const maja = { id: "o_1", name: "Maja" };
const started = event(1, "started", { visitor: { id: "g_7f3kabcd", signed_in: false } });
const assigned = event(2, "assigned", { operator: maja });
const asks = event(3, "message", { from: "visitor", text: "Is it blue?", id: "m1" });
const answers = event(4, "message", { from: "operator", author: "Maja", text: "It is.", id: "m2" });

test("a conversation is red after the visitor's word, green after ours, and neither when it has ended", () => {
  let chat = chats.after(chats.fromFirstEvent(started), started);
  const turns = [assigned, asks, answers, event(5, "ended", { by: "visitor" }), event(6, "reopened"), event(7, "message", { from: "visitor", text: "One more" })]
    .map((next) => chats.turnOf((chat = chats.after(chat, next))));
  assert.deepEqual(turns, ["ours", "ours", "answered", "over", "answered", "ours"]);
  assert.equal(chat.unread, 1);
});

test("an older transcript that loads does not take back what is newer", () => {
  const summary = {
    id: "c1", status: "ended" as const, visitor: { id: "g_7f3kabcd", signed_in: false }, seq: 5,
    last: { from: "operator", text: "It is.", at: "2026-01-01T00:00:04Z" },
  };
  let chat: chats.Chat = { ...chats.fromSummary(summary), lines: [] };
  for (const each of [started, assigned, asks, answers]) chat = chats.after(chat, each);
  assert.equal(chat.status, "ended");
  assert.equal(chat.last?.text, "It is.");
  assert.equal(chat.lines?.length, 4);
  assert.equal(chats.shortId(chat.visitor), "7f3k");
});

test("conversations that wait for us stand above those that we answered, the longest wait first", () => {
  const base = chats.fromFirstEvent(started);
  const make = (id: string, from: string, at: string): chats.Chat => ({ ...base, id, at, last: { from, text: "", at } });
  const sorted = [make("answered", "operator", "1"), make("late", "visitor", "3"), make("early", "visitor", "2")].sort(chats.byTurn);
  assert.deepEqual(sorted.map((chat) => chat.id), ["early", "late", "answered"]);
});

test("the widget's talk follows its events", () => {
  let now = talk.newTalk("c1");
  for (const each of [started, event(2, "waiting", { place: 2 })]) now = talk.after(now, each);
  assert.deepEqual([now.status, now.place], ["waiting", 2]);
  for (const each of [event(3, "assigned", { operator: maja }), event(4, "message", { from: "operator", author: "Maja", text: "Hello" })]) now = talk.after(now, each);
  assert.deepEqual([now.status, now.operator, talk.unread(now, 0), talk.unread(now, 4)], ["open", "Maja", 1, 0]);
  now = talk.after(now, event(5, "ended", { by: "operator" }));
  assert.equal(now.status, "ended");
  assert.deepEqual(now.lines.at(-1), { seq: 5, at: "2026-01-01T00:00:05Z", kind: "ended", by: "operator", name: "Maja" });
  const unknown = talk.after(now, event(6, "fireworks"));
  assert.deepEqual([unknown.status, unknown.lines.length], ["ended", now.lines.length]);
});

test("the counter holds as many windows as the page has room for", () => {
  assert.deepEqual([390, 768, 1024, 1280, 1366, 1440, 1720].map((width) => room(width)), [1, 1, 2, 3, 4, 4, 5]);
  assert.deepEqual([390, 1024, 1280, 1978].map((width) => room(width, false)), [1, 3, 4, 7], "a folded recap leaves its room");
});

test("one window more replaces the oldest, but none in which somebody writes", () => {
  const free = () => false;
  let docked = ["a", "b", "c"].reduce((now, id) => dock(now, id, 3, free), [] as ReturnType<typeof dock>);
  assert.deepEqual(dock(docked, "d", 3, free).map((each) => each.id), ["b", "c", "d"]);
  assert.deepEqual(dock(docked, "d", 3, (id) => id === "a").map((each) => each.id), ["a", "c", "d"]);
  assert.deepEqual(dock(docked, "d", 3, () => true).map((each) => each.id), ["b", "c", "d"]);
  assert.deepEqual(dock(docked, "d", 3, () => true, false).map((each) => each.id), ["a", "b", "c"], "what comes by itself takes none away");
  docked = minimise(docked, "b");
  assert.deepEqual(docked.map((each) => each.minimised), [false, true, false]);
  assert.deepEqual(dock(docked, "b", 3, free).map((each) => each.minimised), [false, false, false]);
  assert.deepEqual(undock(docked, "b").map((each) => each.id), ["a", "c"]);
});

test("texts are cleaned as the protocol asks and counted in characters", () => {
  assert.equal(cleanText("  a\r\nb\u0000\u0007\tc \ud800 "), "a\nb\tc");
  assert.equal(cleanText("e\u0301"), "é");
  assert.equal(cleanText("👋🏽"), "👋🏽");
  assert.equal(lengthOf("👋a"), 2);
});

test("languages are found by their beginning, numbers by their form", () => {
  assert.equal(pickLanguage(undefined, "fr-CA", "pl"), "fr");
  assert.equal(pickLanguage("de", "xx"), "en");
  const waiting = { one: "{n} czeka", few: "{n} czekają", many: "{n} czeka", other: "{n} czeka" };
  assert.deepEqual([1, 3, 5].map((n) => plural("pl", n, waiting)), ["1 czeka", "3 czekają", "5 czeka"]);
  assert.equal(plural("en", 1_000_000, { one: "{n} vote", other: "{n} votes" }), "1,000,000 votes");
  assert.equal(fill("{name} is {what}", { name: "Maja" }), "Maja is {what}");
});

/** All texts of a table, by the path to them. */
function flat(table: object, path = ""): Map<string, string> {
  return new Map(Object.entries(table).flatMap(([key, value]) =>
    typeof value === "string" ? [[path + key, value] as const] : [...flat(value as object, `${path}${key}.`)]));
}

test("every text stands in every language, and fills in no value that is not given", () => {
  for (const { en, ...others } of TABLES) {
    for (const table of Object.values(others)) {
      const said = flat(table);
      for (const [key, text] of flat(en)) {
        // Places in the line have words in English alone; the others count in figures.
        if (key.startsWith("places.")) continue;
        assert.ok(said.get(key), key);
        for (const value of said.get(key)!.match(/\{\w+\}/g) ?? []) assert.ok(text.includes(value), key);
      }
    }
  }
});

test("French keeps its punctuation on the line of its word", () => {
  for (const { fr: table } of TABLES) {
    for (const [key, text] of flat(table)) assert.doesNotMatch(text, / [:;?!»%]|« /, key);
  }
});
