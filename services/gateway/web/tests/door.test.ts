import assert from "node:assert/strict";
import { test } from "node:test";

import { digitsOf, isWhole } from "../src/dashboard/door/digits.ts";
import { doorOf } from "../src/dashboard/door/where.ts";

test("links out of mails lead to the door, whoever is signed in", () => {
  assert.deepEqual(doorOf("#/reset/a_b-c"), { name: "reset", token: "a_b-c" });
  assert.deepEqual(doorOf("#/invitation/tok"), { name: "invitation", token: "tok" });
  assert.deepEqual(doorOf("#/forgot"), { name: "forgot" });
  assert.deepEqual(["#/reset/", "#/reset", "#/history/reset", "", "#/"].map(doorOf), [null, null, null, null, null]);
});

test("six digits are taken as an app or a mail writes them", () => {
  assert.deepEqual(["402 917", "402917", " 4-0 2", "4029171"].map(digitsOf), ["402917", "402917", "402", "402917"]);
  assert.deepEqual(["40291", "402917"].map(isWhole), [false, true]);
});
