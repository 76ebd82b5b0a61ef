/** What is pressed twice is done once. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { oneAtATime } from "../src/dashboard/settings/developers/one-at-a-time.ts";

test("a second press before the answer is left, and one after it counts", async () => {
  const told: boolean[] = [];
  const run = oneAtATime((busy) => told.push(busy));
  let made = 0;
  let answer = (_worked: boolean) => {};
  const make = () => {
    made += 1;
    return new Promise<boolean>((done) => (answer = done));
  };
  const first = run(make);
  assert.equal(await run(make), false);
  answer(true);
  assert.deepEqual([await first, made, told], [true, 1, [true, false]]);
  const third = run(make);
  answer(false);
  assert.deepEqual([await third, made], [false, 2]);
  await assert.rejects(run(() => Promise.reject(new Error("broken"))));
  assert.equal(await run(() => Promise.resolve(true)), true);
});
