/** What of the settings was changed, what is sent of it, and how it goes onto a colleague's version. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { Failure } from "../src/dashboard/rest.ts";
import { changedPaths, missingTexts, same, toSend, withPaths } from "../src/dashboard/settings/changes.ts";
import { notSaved } from "../src/dashboard/settings/failed.ts";
import { unitOf } from "../src/dashboard/settings/durations.ts";
import { NAMED, nameOfPath, namesOfPaths } from "../src/dashboard/settings/names.ts";
import type { ShopSettings } from "../src/dashboard/settings/shop-settings.ts";
import { textIn, welcomeOf } from "../src/widget/preview/scene.ts";
import { NO_FIELDS, SETTINGS } from "./support/shop-settings.ts";

const changed = (given: Partial<ShopSettings>): ShopSettings => ({ ...SETTINGS, ...given });

test("what changed is named member by member, texts by language", () => {
  const after = changed({
    limit: 14, header: { ...SETTINGS.header, pl: "Witaj" }, colours: { ...SETTINGS.colours, visitor: { background: "#c2871f", text: "" } },
    offline_form: { ...SETTINGS.offline_form, fields: { ...NO_FIELDS, email: { requested: true, required: true } } },
  });
  const paths = changedPaths(SETTINGS, after);
  assert.deepEqual(paths.sort(), ["colours.visitor.background", "header.pl", "limit", "offline_form.fields.email"]);
  assert.deepEqual(namesOfPaths("en", paths), ["visitor’s colours", "Polish header", "limit", "fields of the form"]);
});

test("a text that is emptied and one that was never there are the same", () => {
  assert.deepEqual(changedPaths(SETTINGS, changed({ header: { ...SETTINGS.header, pl: "" } })), []);
  assert.ok(same({ a: [1, { b: 2 }] }, { a: [1, { b: 2 }] }));
  assert.ok(!same([1, 2], [2, 1]));
});

test("of what is sent texts are whole, and all else is what changed alone", () => {
  const after = changed({
    header: { ...SETTINGS.header, pl: "Witaj" }, colours: { ...SETTINGS.colours, header: { background: "#123456", text: "" } }, unanswered_after: null,
  });
  assert.deepEqual(toSend(after, changedPaths(SETTINGS, after)), {
    header: { en: "Hello", fr: "Bonjour", pl: "Witaj" }, colours: { header: { background: "#123456" } }, unanswered_after: null,
  });
});

test("our changes go onto a colleague's version, and theirs stay", () => {
  const mine = changed({ limit: 14, header: { en: "Hello", fr: "Bonjour", pl: "Witaj" } });
  const theirs = changed({ line: true, header: { en: "Welcome", fr: "Bonjour" } });
  const both = withPaths(theirs, mine, changedPaths(SETTINGS, mine));
  assert.deepEqual(changedPaths(theirs, both).sort(), ["header.pl", "limit"]);
  assert.deepEqual([both.line, both.header["en"]], [true, "Welcome"]);
});

test("taking a text back leaves no empty one behind", () => {
  const after = changed({ header: { ...SETTINGS.header, pl: "Witaj" } });
  assert.deepEqual(withPaths(after, SETTINGS, ["header.pl"]).header, SETTINGS.header);
});

test("a time that is typed keeps its unit until the field is left", () => {
  assert.deepEqual([60, 90, 600, 601].map((seconds) => unitOf(seconds, null)), [1, 1, 60, 1]);
  const unit = unitOf(600, null);
  let seconds = 600;
  for (const typed of [1, 15]) seconds = typed * unitOf(seconds, unit);
  assert.equal(seconds, 900);
});

test("why nothing was saved is said as it is", () => {
  const refused = (status: number, problem = {}) => notSaved(new Failure(status, problem));
  assert.deepEqual(refused(422, { field: "limit", detail: "Too many." }), { name: "refused", field: "limit", detail: "Too many." });
  const why = [refused(403, { detail: "No." }), refused(429, { detail: "Slower." }), refused(400, { detail: "What?" }), refused(502), refused(0), notSaved(new TypeError())];
  assert.deepEqual(why, ["forbidden", "often", "other", "unreachable", "unreachable", "unreachable"].map((each) => ({ name: "failed", why: each })));
});

test("texts that stand in some languages and lack in others are missing", () => {
  assert.deepEqual(missingTexts(SETTINGS), ["header.pl"]);
  assert.deepEqual(missingTexts(changed({ header: {} })), []);
});

test("every member of the settings has a name in every language", () => {
  for (const path of changedPaths(SETTINGS, {} as ShopSettings)) {
    assert.ok(NAMED.some((name) => path === name || path.startsWith(`${name}.`) || name.startsWith(`${path}.`)), path);
  }
  assert.equal(nameOfPath("fr", "welcome.pl"), "accueil (polonais)");
  assert.equal(nameOfPath("pl", "header.fr"), "nagłówek (francuski)");
});

test("the preview is told what a gateway would say", () => {
  const said = { first: "Hello?", answer: "Hello!", thanks: "Thanks." };
  assert.equal(textIn(["en", "fr"], "fr", { en: "Hello" }), "Hello");
  assert.equal(textIn(["en", "fr"], "en", { fr: "Bonjour" }), "Bonjour");
  assert.equal(textIn(["en"], "en", { de: "Hallo" }), "");
  const talking = welcomeOf(SETTINGS, "pl", "talking", said);
  assert.deepEqual([talking.availability, talking.appearance.header, talking.conversation?.seq], ["online", "Hello", 4]);
  assert.equal(welcomeOf(changed({ offline_mode: false }), "en", "form", said).availability, "hidden");
  assert.equal(welcomeOf(SETTINGS, "en", "line", said).conversation?.status, "waiting");
});
