import assert from "node:assert/strict";
import { test } from "node:test";

import { begunBy, placesOf } from "../src/dashboard/chart/bands.tsx";
import { doneOf, forecastOf, grown } from "../src/dashboard/push/figures.ts";
import { contentOf, flawsOf, formOf, freshForm, isKeepable, momentOf, topicOf, whenOf, type Form } from "../src/dashboard/push/form.ts";
import { iconFlawOf } from "../src/dashboard/settings/push/icon-address.ts";
import type { Progress } from "../src/dashboard/push/rest.ts";

const NOW = Date.parse("2026-11-22T14:00:00Z");
const ZONE = "Europe/Warsaw";
const fresh = freshForm(ZONE, NOW);
const written: Form = { ...fresh, notices: { fr: { subject: " Bonjour " }, en: { subject: "Hello", text: " " }, pl: { subject: "", text: "" } }, url: " https://shop.example/new " };

test("a fresh form is for everybody, tomorrow at nine if not now, and keeps nobody awake", () => {
  assert.deepEqual(fresh.timing, { kind: "now", date: "2026-11-23", time: "09:00", local: true });
  assert.deepEqual([fresh.whom, fresh.quiet?.start, fresh.cap?.most], ["everyone", "21:00", 2]);
  assert.equal(isKeepable(contentOf(fresh, ["en"])), false);
});

test("what is sent has the written languages alone, the shop's first one first", () => {
  const content = contentOf(written, ["en", "fr", "pl"]);
  assert.deepEqual(Object.entries(content.notices), [["en", { subject: "Hello" }], ["fr", { subject: "Bonjour" }]]);
  assert.equal(content.url, "https://shop.example/new");
  const rules = { languages: ["en"] };
  assert.deepEqual((["everyone", "some", "me"] as const).map((whom) => contentOf({ ...written, whom, audience: rules }, ["en"]).audience), [{}, rules, rules]);
});

test("a draft comes back as it was composed", () => {
  const form: Form = { ...written, notices: { en: { subject: "Hello", text: "There" } }, url: "https://shop.example/", whom: "some", audience: { groups: ["mugs"] }, quiet: null, topic: "x" };
  assert.deepEqual(formOf({ content: contentOf(form, ["en"]), local: false, zone: "UTC" }, fresh), form);
  const planned = formOf({ content: contentOf(form, ["en"]), send_at: "2026-11-23T08:00:00Z", local: true, zone: ZONE }, fresh);
  assert.deepEqual(planned.timing, { kind: "at", date: "2026-11-23", time: "09:00", local: true });
});

test("it goes out with a subject, a page and a time to come", () => {
  assert.deepEqual(flawsOf(fresh, ZONE, NOW), { subject: "noSubject", url: "noUrl" });
  assert.deepEqual(flawsOf(written, ZONE, NOW), {});
  assert.deepEqual(flawsOf({ ...written, url: "shop.example", notices: { ...written.notices, pl: { subject: "", text: "Witaj" } } }, ZONE, NOW), { subject: "textAlone", url: "badUrl" });
  const at = (date: string, time: string) => flawsOf({ ...written, timing: { kind: "at", date, time, local: false } }, ZONE, NOW).timing;
  assert.deepEqual([at("2026-11-22", "15:01"), at("2026-11-22", "15:00"), at("", "09:00")], [undefined, "past", "noTime"]);
});

test("a time by the shop's clock is found on every side of a change of the clocks", () => {
  const said = (date: string, time: string, zone = ZONE) => new Date(momentOf({ date, time }, zone)!).toISOString();
  assert.equal(said("2026-11-23", "09:00"), "2026-11-23T08:00:00.000Z");
  assert.equal(said("2026-07-01", "09:00"), "2026-07-01T07:00:00.000Z");
  assert.equal(said("2026-10-25", "12:00"), "2026-10-25T11:00:00.000Z");
  assert.equal(said("2027-03-28", "03:30"), "2027-03-28T01:30:00.000Z");
  assert.equal(said("2026-11-23", "09:00", "Pacific/Auckland"), "2026-11-22T20:00:00.000Z");
  assert.deepEqual(whenOf({ kind: "now", date: "2026-11-23", time: "09:00", local: true }, ZONE), {});
  assert.deepEqual(whenOf({ kind: "at", date: "2026-11-23", time: "09:00", local: true }, ZONE), { at: "2026-11-23T08:00:00.000Z", local: true, zone: ZONE });
});

test("of a topic stays what push services take", () => {
  assert.equal(topicOf("Tide blue, 2!"), "Tide-blue-2");
  assert.equal(topicOf("x".repeat(50)).length, 32);
});

const minute = (n: number) => new Date(NOW + n * 60_000).toISOString();

test("a plot begins with nothing, stays level where nothing happens, and ends now", () => {
  const plot = [{ at: minute(0), sent: 10, clicked: 1, failed: 1, gone: 2 }, { at: minute(1), sent: 5, clicked: 0, failed: 0, gone: 0 }, { at: minute(4), sent: 1, clicked: 2, failed: 0, gone: 1 }];
  const sums = grown(plot, minute(0), Date.parse(minute(4)) + 20_000);
  assert.deepEqual(sums.at.map((at) => (at - NOW) / 60_000), [0, 1, 2, 4, 4 + 1 / 3]);
  assert.deepEqual([sums.sent, sums.clicked, sums.failed], [[0, 10, 15, 15, 16], [0, 1, 1, 1, 3], [0, 3, 3, 3, 4]]);
  assert.deepEqual(grown([], minute(0), NOW).at, []);
  const later = grown(plot, minute(0), Date.parse(minute(9)), true);
  assert.deepEqual([later.at.at(-1), later.sent.slice(-2)], [Date.parse(minute(9)), [16, 16]]);
});

test("what is decided is counted, and where it goes on to", () => {
  const counts = { audience: 100, sent: 40, clicked: 4, failed: 1, gone: 2, held_back: 7, cancelled: 0, unsubscribed: 1, uncertain: 0 };
  assert.equal(doneOf(counts), 50);
  const campaign = { status: "sending", left_seconds: 60, counts } as Progress;
  assert.deepEqual(forecastOf(campaign, NOW), { at: NOW + 60_000, value: 90 });
  assert.equal(forecastOf({ ...campaign, status: "paused" }, NOW), undefined);
  assert.equal(forecastOf({ ...campaign, counts: { ...counts, audience: null } }, NOW), undefined);
});

test("a pause's name stands beside its band, and with the moment after which it began", () => {
  const at = (x: number, width: number) => ({ x, width, label: "0123456789" });
  assert.deepEqual(placesOf([at(100, 20), at(130, 20), at(560, 30)], 50, 600).map(({ x, y, anchor }) => [x, y, anchor]), [[128, 30, "start"], [158, 46, "start"], [552, 30, "end"]]);
  assert.deepEqual(placesOf([at(50, 50)], 50, 110), []);
  const bands = [{ from: 5, to: 9, label: "a" }, { from: 12, to: 99, label: "b" }, { from: 30, to: 31, label: "c" }];
  assert.deepEqual(begunBy(bands, [0, 10, 20]), ["", "a", "b, c"]);
});

test("an icon lies on an allowed origin, without TLS on this machine alone", () => {
  const said = ["", "https://shop.example/a.png", "https://SHOP.example:443/a.png", "https://cdn.example/a.png", "http://shop.example/a.png", "/a.png", "https://shop.example/ą.png"].map((icon) => iconFlawOf(icon, ["https://shop.example"]));
  assert.deepEqual(said, [null, null, null, "origin", "address", "address", "address"]);
  assert.deepEqual([iconFlawOf("http://localhost:8080/a.png", []), iconFlawOf("https://any.example/a.png", [])], [null, null]);
});
