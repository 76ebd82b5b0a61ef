import assert from "node:assert/strict";
import { test } from "node:test";

import { deedOf, type Pressed, type Where } from "../src/dashboard/keyboard/table.ts";

const AT_LARGE: Where = { field: false, dialog: false, letters: true, reviews: false };
const WRITING: Where = { ...AT_LARGE, field: true };
const press = (key: string, more: Partial<Pressed> = {}): Pressed =>
  ({ key, code: `Key${key.toUpperCase()}`, alt: false, ctrl: false, shift: false, altGraph: false, ...more });
const digit = (number: string, more: Partial<Pressed> = {}) => press(number, { code: `Digit${number}`, alt: true, ...more });

test("single keys act outside fields and dialogs, and not at all once they are switched off", () => {
  const all = ["j", "k", "r", "t", "i", "m", "h", "e", "n", "o", "/", "?"];
  for (const key of all) {
    assert.ok(deedOf(press(key), AT_LARGE), key);
    for (const where of [WRITING, { ...AT_LARGE, dialog: true }, { ...AT_LARGE, letters: false }]) assert.equal(deedOf(press(key), where), null, key);
  }
  assert.deepEqual(deedOf(press("j"), AT_LARGE), { do: "step", by: 1 });
  assert.deepEqual(deedOf(press("k"), AT_LARGE), { do: "step", by: -1 });
  assert.equal(deedOf(press("x"), AT_LARGE), null);
});

test("where reviews are read, P, X and R are about them, and the other letters stay", () => {
  const reading = { ...AT_LARGE, reviews: true };
  for (const [key, deed] of [["p", "publish"], ["x", "reject"], ["r", "answer"], ["o", "online"]] as const) assert.deepEqual(deedOf(press(key), reading), { do: deed });
  assert.deepEqual(deedOf(press("r"), AT_LARGE), { do: "longest" });
  for (const where of [{ ...reading, field: true }, { ...reading, letters: false }]) assert.equal(deedOf(press("x"), where), null);
});

test("a capital letter is none of the keys, but Caps Lock does not take them away", () => {
  assert.equal(deedOf(press("J", { shift: true }), AT_LARGE), null);
  assert.deepEqual(deedOf(press("J"), AT_LARGE), { do: "step", by: 1 });
});

test("signs count wherever they stand on the keyboard", () => {
  assert.deepEqual(deedOf(press("/", { code: "Period", shift: true }), AT_LARGE), { do: "search" });
  assert.deepEqual(deedOf(press("?", { code: "Slash", shift: true }), AT_LARGE), { do: "keys" });
});

test("a letter is what is printed on the key, or what stands there where no Latin letter is", () => {
  assert.deepEqual(deedOf(press("m", { code: "Semicolon" }), AT_LARGE), { do: "minimise" });
  assert.equal(deedOf(press(",", { code: "KeyM" }), AT_LARGE), null);
  assert.deepEqual(deedOf(press("о", { code: "KeyJ" }), AT_LARGE), { do: "step", by: 1 });
});

test("Alt and a digit go to a window also while writing, by the key's place, and not with AltGr", () => {
  assert.deepEqual(deedOf(digit("2"), WRITING), { do: "window", number: 2 });
  assert.deepEqual(deedOf(digit("2", { key: "é" }), WRITING), { do: "window", number: 2 });
  assert.equal(deedOf(digit("2", { altGraph: true }), WRITING), null);
  assert.equal(deedOf(digit("2", { ctrl: true }), WRITING), null);
  assert.equal(deedOf(press("m", { alt: true }), AT_LARGE), null);
});

test("F6, Ctrl K and Ctrl S act while writing and with single keys off; browser keys stay the browser's", () => {
  const off = { ...WRITING, letters: false };
  assert.deepEqual(deedOf(press("F6", { code: "F6" }), off), { do: "part", by: 1 });
  assert.deepEqual(deedOf(press("F6", { code: "F6", shift: true }), off), { do: "part", by: -1 });
  assert.deepEqual(deedOf(press("k", { ctrl: true }), off), { do: "palette" });
  assert.deepEqual(deedOf(press("s", { ctrl: true }), { ...off, dialog: true }), { do: "save" });
  for (const key of ["r", "t", "n", "h", "j", "i"]) assert.equal(deedOf(press(key, { ctrl: true }), AT_LARGE), null, key);
});
