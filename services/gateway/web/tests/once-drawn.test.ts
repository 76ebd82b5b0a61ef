import assert from "node:assert/strict";
import { test } from "node:test";

import { onceDrawn } from "../src/dashboard/keyboard/once-drawn.ts";

const BODY = {};
const FIELD = {};

/** Whether the focus is moved, after that happened before the page was drawn and with the focus there. */
function moves(happened: string | null, focus: object): boolean {
  const events = new EventTarget();
  const frames: (() => void)[] = [];
  Object.assign(globalThis, {
    addEventListener: events.addEventListener.bind(events),
    requestAnimationFrame: (frame: () => void) => frames.push(frame),
    document: { body: BODY, activeElement: focus },
  });
  const moved: string[] = [];
  onceDrawn(() => moved.push("now"));
  assert.deepEqual(moved, []);
  if (happened) events.dispatchEvent(new Event(happened));
  for (const frame of frames) frame();
  return moved.length === 1;
}

test("the focus moves once the page is drawn, but not from where somebody has gone by key or pointer", () => {
  assert.equal(moves(null, FIELD), true);
  assert.equal(moves("keyup", FIELD), true);
  for (const act of ["keydown", "pointerdown"]) {
    assert.equal(moves(act, FIELD), false);
    assert.equal(moves(act, BODY), true);
  }
});
