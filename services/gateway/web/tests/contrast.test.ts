import assert from "node:assert/strict";
import { test } from "node:test";

import { contrast, inkOn, nearest, READABLE } from "../src/shared/contrast.ts";

test("contrast is reckoned as WCAG does", () => {
  assert.equal(contrast("#000000", "#ffffff"), 21);
  assert.equal(contrast("#777777", "#ffffff").toFixed(2), "4.48");
  assert.equal(contrast("#ffffff", "#23477E").toFixed(2), contrast("#23477e", "#FFFFFF").toFixed(2));
});

test("whatever the background, what is drawn on it can be read", () => {
  for (let at = 0; at < 500; at++) {
    const [background, wanted] = [at * 33_461, at * 7_919 + 40].map((n) => `#${(n % 0x1000000).toString(16).padStart(6, "0")}`) as [string, string];
    assert.ok(contrast(background, inkOn(background, wanted)) >= READABLE, `${wanted} on ${background}`);
    assert.ok(contrast(background, nearest(wanted, background)) >= READABLE, `nearest to ${wanted} on ${background}`);
  }
});

test("the nearest shade of a colour that can be read is that colour, or a little more of it", () => {
  assert.equal(nearest("#803010", "#ffffff"), "#803010");
  const shade = nearest("#8a8a8a", "#ffffff");
  assert.ok(contrast(shade, "#ffffff") < READABLE + 0.3, shade);
});
