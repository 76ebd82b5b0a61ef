import assert from "node:assert/strict";
import { test } from "node:test";

import type { Change } from "../src/dashboard/settings/changes/rest.ts";
import { deedOf, valuesOf, whatOf } from "../src/dashboard/settings/changes/wording.ts";
import { clashIn, joined, moved, openMinutes, roomIn, typedClock, usualHours, withDay } from "../src/dashboard/settings/hours/spans.ts";
import { clockChange, standingAt } from "../src/dashboard/settings/hours/standing.ts";
import { newId, newName } from "../src/dashboard/settings/ids.ts";
import { amountOf, isPage } from "../src/dashboard/settings/invitations/rules.ts";
import { LANGUAGES } from "../src/shared/language.ts";

const span = (opens: string, closes: string) => ({ opens, closes });
const change = (what: string, before: unknown, after: unknown): Change =>
  ({ id: "2-1", at: "2026-11-22T09:02:00Z", author: { id: "o_1", name: "Maja" }, part: "chat", what, before, after, can_undo: true });
const nameOf = (id: string) => ({ o_1: "Maja" })[id] ?? id;

test("a span is moved whole or by an edge, inside its day, and never to nothing", () => {
  assert.deepEqual(moved(span("09:00", "17:00"), "both", 30), span("09:30", "17:30"));
  assert.deepEqual(moved(span("09:00", "23:00"), "both", 120), span("10:00", "24:00"));
  assert.deepEqual(moved(span("00:15", "02:00"), "both", -60), span("00:00", "01:45"));
  assert.deepEqual(moved(span("09:00", "10:00"), "opens", 240), span("09:45", "10:00"));
  assert.deepEqual(moved(span("09:00", "10:00"), "closes", -240), span("09:00", "09:15"));
});

test("times are read as people type them", () => {
  assert.deepEqual(["9", "9:30", "930", "17.00", "24:00", " 8 "].map(typedClock), ["09:00", "09:30", "09:30", "17:00", "24:00", "08:00"]);
  assert.deepEqual(["", "25", "24:15", "9:75", "nine", "9:3"].map(typedClock), [null, null, null, null, null, null]);
});

test("spans that overlap or touch are found and can be joined; a pause is none of that", () => {
  const day = [span("14:00", "18:00"), span("09:00", "14:00")];
  assert.deepEqual(clashIn(day), [span("09:00", "14:00"), span("14:00", "18:00")]);
  assert.deepEqual(joined(day), [span("09:00", "18:00")]);
  assert.deepEqual(joined([span("09:00", "18:00"), span("10:00", "11:00")]), [span("09:00", "18:00")]);
  assert.equal(clashIn([span("09:00", "13:00"), span("14:00", "18:00")]), null);
  assert.equal(openMinutes([span("09:00", "13:00"), span("14:00", "18:15")]), 495);
});

test("room for another span is after the last, else before the first, else nowhere", () => {
  assert.deepEqual(roomIn([span("09:00", "17:00")]), span("18:00", "20:00"));
  assert.deepEqual(roomIn([span("09:00", "24:00")]), span("06:00", "08:00"));
  assert.equal(roomIn([span("00:00", "24:00")]), null);
  assert.equal(clashIn([span("09:00", "17:00"), roomIn([span("09:00", "17:00")])!]), null);
});

test("whether the shop is open goes by the shop's own clock, and an exception wins over the week", () => {
  const hours = { ...usualHours(), exceptions: [{ date: "2026-11-24", hours: [span("12:00", "18:00")] }] };
  const at = (moment: string) => standingAt(hours, "Europe/Warsaw", Date.parse(moment));
  assert.deepEqual(at("2026-11-23T08:30:00Z"), { open: true, until: { clock: "17:00", days: 0, date: "2026-11-23" } });
  assert.deepEqual(at("2026-11-23T16:00:00Z"), { open: false, until: { clock: "12:00", days: 1, date: "2026-11-24" } });
  assert.deepEqual(at("2026-11-27T20:00:00Z"), { open: false, until: { clock: "09:00", days: 3, date: "2026-11-30" } });
  assert.deepEqual(standingAt({ week: usualHours().week.map(() => []), exceptions: [] }, "UTC", Date.now()), { open: false });
  assert.deepEqual(withDay(hours, 6, [span("10:00", "12:00")]).week[6], [span("10:00", "12:00")]);
});

test("the next change of the clocks is told, where there is one", () => {
  const at = Date.parse("2026-11-22T12:00:00Z");
  assert.equal(clockChange("Europe/Warsaw", at), "2027-03-28");
  assert.equal(clockChange("UTC", at), null);
});

test("ids come from names, and are told apart", () => {
  assert.equal(newId("After-sales & Zwroty łatwe", "department", []), "after-sales--zwroty-latwe");
  assert.equal(newId("Shop", "department", ["shop", "shop-2"]), "shop-3");
  assert.equal(newId("Обслуживание", "department", []), "department");
  assert.equal(newId("Operator", "invitation", ["operator"]), "operator-2");
  for (const name of ["x".repeat(80), "-- a --", "O_o"]) assert.match(newId(name, "department", []), /^[a-z0-9][a-z0-9-]{0,39}$/);
  assert.equal(newName("New", ["New", "New 2"]), "New 3");
});

test("a cart's worth and a page are read as typed", () => {
  assert.deepEqual(["", "50", "49,90", "1 200.5", "-1", "many", "1e99"].map(amountOf), [null, 50, 49.9, 1200.5, undefined, undefined, undefined]);
  assert.deepEqual(["", "/glazes/*", "*", "glazes", "/a b"].map(isPage), [true, true, true, false, false]);
});

test("a change is told in words, in every language", () => {
  const told = (what: string, before: unknown, after: unknown) => [whatOf("en", change(what, before, after)), ...Object.values(valuesOf("en", change(what, before, after), nameOf))];
  assert.deepEqual(told("unanswered_after", 180, 120), ["waiting alert", "3 min", "2 min"]);
  assert.deepEqual(told("line", false, true), ["what happens at the limit", "form", "line"]);
  assert.deepEqual(told("hours.week.5", [], [span("10:00", "20:00")]), ["opening hours, Saturday", "closed", "10:00 to 20:00"]);
  assert.deepEqual(told("departments.shop", { id: "shop", name: "Shop", operators: [] }, { id: "shop", name: "Shop", operators: ["o_1"] }), ["department Shop", "people: nobody", "people: Maja"]);
  assert.deepEqual(told("invitations", ["cart", "mugs"], ["mugs", "cart"]), ["invitations", "cart, mugs", "mugs, cart"]);
  assert.deepEqual(told("departments", ["shop", "workshop"], ["workshop", "shop"]), ["departments", "shop, workshop", "workshop, shop"]);
  assert.deepEqual(told("chat_fields.email", { requested: false, required: false }, { requested: true, required: true }), ["questions before a chat, email", "not asked for", "required"]);
  assert.deepEqual(told("welcome.fr", null, "Bonjour"), ["French welcome text", "nothing", "Bonjour"]);
  for (const language of LANGUAGES) assert.doesNotMatch(whatOf(language, change("offline_form.header.pl", null, "x")), /[{}]|offline_form/);
});

test("a deed about access is a sentence; one that is not known stays as it is", () => {
  const deed = (what: string, details: Record<string, unknown>): Change => ({ ...change(what, undefined, undefined), details, can_undo: false });
  assert.deepEqual(deedOf("en", deed("key.made", { name: "Order sync", scopes: ["orders:write"] })), { did: "key “Order sync” made", more: "orders:write" });
  assert.deepEqual(deedOf("en", deed("staff.role_changed", { former: "operator", role: "manager", name: "Anna" })), { did: "role of Anna changed", more: "Operator to Manager" });
  assert.equal(deedOf("en", deed("moon.landed", {})).did, "moon.landed");
});
