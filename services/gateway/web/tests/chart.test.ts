import assert from "node:assert/strict";
import { test } from "node:test";

import { apart, moments, nearest, scaleOf, ticksTo } from "../src/dashboard/chart/scale.ts";

test("an axis has round numbers, whole ones, and reaches what is plotted", () => {
  assert.deepEqual(ticksTo(3906), [0, 1000, 2000, 3000, 4000]);
  assert.deepEqual(ticksTo(422), [0, 200, 400, 600]);
  assert.deepEqual(ticksTo(3), [0, 1, 2, 3]);
  assert.deepEqual(ticksTo(0), [0, 1]);
  for (const most of [1, 7, 10, 11, 99, 101, 1_234_567]) {
    const ticks = ticksTo(most);
    assert.ok(ticks.at(-1)! >= most && ticks.length <= 7 && ticks.every(Number.isInteger), `${most}: ${ticks.join()}`);
  }
});

test("moments of an axis are round by the clock, not more than there is room for, and inside", () => {
  const nine = new Date(2026, 10, 23, 9, 0).getTime();
  const minutes = moments(nine, nine + 24 * 60_000, 7);
  assert.deepEqual(minutes.at.map((each) => new Date(each).getMinutes()), [0, 4, 8, 12, 16, 20, 24]);
  assert.equal(minutes.days, false);
  assert.deepEqual(moments(nine + 1_000, nine + 9_000, 7).at, [nine + 1_000]);
  const days = moments(nine, nine + 20 * 86_400_000, 8);
  assert.ok(days.days && days.at.length <= 8 && days.at.every((each) => new Date(each).getHours() === 0 && each >= nine));
});

test("labels stand apart, in their order, and not below the foot", () => {
  const placed = apart([100, 300, 305, 310], 17, 310);
  assert.deepEqual(placed, [100, 276, 293, 310]);
  assert.deepEqual(apart([50, 330], 17, 310), [50, 310]);
});

test("a place in the plot and its moment are found from each other", () => {
  const x = scaleOf([0, 10], [50, 150]);
  assert.equal(x(5), 100);
  assert.equal(scaleOf([50, 150], [0, 10])(100), 5);
  assert.equal(scaleOf([3, 3], [0, 10])(3), 0);
  assert.equal(nearest([0, 10, 20], 14), 1);
});
