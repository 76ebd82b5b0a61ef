import assert from "node:assert/strict";
import { test } from "node:test";

import { ANSWERS as en } from "../src/dashboard/help/answers/en.ts";
import { ANSWERS as fr } from "../src/dashboard/help/answers/fr.ts";
import { ANSWERS as pl } from "../src/dashboard/help/answers/pl.ts";
import { doneOf, nextOf, STEPS, type Facts } from "../src/dashboard/guide/progress.ts";
import { inOrder } from "../src/dashboard/help/questions.ts";
import { find, LINK, marked, wordsOf } from "../src/dashboard/help/search.ts";
import { originOf } from "../src/dashboard/settings/developers/origin.ts";

const found = (query: string, answers = en) => find(inOrder(answers), query).map((each) => each.question.id);

test("answers are found by the beginnings of all words, in the question first", () => {
  assert.equal(found("limit")[0], "limit");
  assert.deepEqual(found("erase person"), found("person ERASE"));
  assert.equal(found("erase person")[0], "erase");
  assert.deepEqual(found("limit zebra"), []);
  assert.deepEqual(found("  "), []);
});

test("accents and case make no difference", () => {
  assert.ok(found("developpeurs balise", fr).includes("tag"));
  assert.deepEqual(found("znajdz", pl), []);
  assert.equal(found("usunac dane", pl)[0], "erase");
  assert.deepEqual(found("USUNĄĆ dane", pl), found("usunac dane", pl));
});

test("what was looked for is marked in its own letters, and nothing is lost", () => {
  const text = "Étiez-vous à la limite ? Limité, délimité.";
  const pieces = marked(text, wordsOf("limite"));
  assert.equal(pieces.map((each) => each.text).join(""), text);
  assert.deepEqual(pieces.filter((each) => each.hit).map((each) => each.text), ["limite", "Limité"]);
});

test("links of answers lead into the dashboard, the same ones in every language", () => {
  for (const [id, [, answer]] of Object.entries(en)) {
    const targets = (text: string) => [...text.matchAll(LINK)].map((match) => match[2]).sort();
    assert.deepEqual(targets(fr[id as keyof typeof fr][1]), targets(answer), id);
    assert.deepEqual(targets(pl[id as keyof typeof pl][1]), targets(answer), id);
  }
});

test("an origin is taken from whatever somebody pastes, and http only of one's own machine", () => {
  assert.equal(originOf("www.shop.example"), "https://www.shop.example");
  assert.equal(originOf(" HTTPS://Shop.example:443/mugs?x=1 "), "https://shop.example");
  assert.equal(originOf("http://localhost:3000"), "http://localhost:3000");
  assert.deepEqual(originOf("http://shop.example"), { why: "http" });
  assert.deepEqual(originOf("shop.example", ["https://shop.example/"]), { why: "twice" });
  for (const each of ["", "mug", "ftp://shop.example", "https://", "javascript:alert(1)"]) assert.deepEqual(originOf(each), { why: "none" }, each);
});

const EMPTY = {
  settings: { languages: ["en", "fr"], header: {}, welcome: {}, colours: { header: { background: "", text: "" } }, hours: null, mail: { notify: "" } },
  tag: { snippet: "", seen: [], refused: [] }, people: 1, past: false,
} as unknown as Facts;

test("the next step is the first that somebody must take; optional ones come last", () => {
  assert.equal(nextOf(doneOf(EMPTY, false)), "tag");
  const half = { ...EMPTY, tag: { ...EMPTY.tag, seen: [{ origin: "https://a.example", pages: 1, last_seen_at: "" }] }, settings: { ...EMPTY.settings, header: { en: "Hi", fr: "Bonjour" }, welcome: { en: "Hi" } } };
  assert.equal(nextOf(doneOf(half, false)), "texts");
  const both = { ...half, settings: { ...half.settings, welcome: { en: "Hi", fr: "Bonjour" }, mail: { ...half.settings.mail, notify: "a@b.example" } } };
  assert.equal(nextOf(doneOf(both, false)), "chat");
  assert.equal(nextOf(doneOf(both, true)), "colours");
  assert.equal(STEPS.filter((step) => doneOf(both, true)[step]).length, 4);
});
