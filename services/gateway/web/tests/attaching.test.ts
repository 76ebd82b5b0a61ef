import assert from "node:assert/strict";
import { test } from "node:test";
import { h } from "preact";

import { Log } from "../src/widget/log.tsx";
import { newTalk, type Talk } from "../src/widget/talk.ts";
import { drawn, say, visitor } from "./support/visitor.ts";

const AT = "2026-01-01T00:00:00Z";
const file = (name: string) => ({ name, size: 2_000, type: "application/pdf" }) as File;
const talkOf = (id: string, ...texts: string[]): Talk => ({
  ...newTalk(id), lines: texts.map((text, i) => ({ seq: 2 * i + 2, at: AT, from: "operator", text })),
});

/** No request is answered here. */
class Silent {
  upload = {};
  open() {}
  setRequestHeader() {}
  send() {}
  abort() {}
}

function log() {
  Object.assign(globalThis, { XMLHttpRequest: Silent });
  const made = visitor();
  const text = async () => (await drawn(h(Log, { session: made.session, say, children: null }), made.document)).textContent;
  return { ...made, text };
}

test("a file stands on the screen, and goes, also where nothing was said yet", async () => {
  const { session, text } = log();
  session.talks.current.value = talkOf("c1");
  session.attach([file("receipt.pdf")]);
  assert.match(await text(), /receipt\.pdf.* of 2 kB/);
  session.talks.current.value = talkOf("c1", "Hello");
  assert.match(await text(), /receipt\.pdf.*Hello/);
});

test("a file stands where it was chosen, also if the line before it has gone", async () => {
  const { session, text } = log();
  session.talks.current.value = talkOf("c1", "One", "Two");
  session.attach([file("receipt.pdf")]);
  session.talks.current.value = { ...session.talk.value!, lines: talkOf("c1", "One", "Two", "Three").lines.filter(({ seq }) => seq !== 4) };
  assert.match(await text(), /One.*receipt\.pdf.*Three/);
});

test("a file for one conversation does not stand in another", async () => {
  const { session, text } = log();
  session.talks.current.value = talkOf("c1", "Hello");
  session.attach([file("receipt.pdf")]);
  session.talks.current.value = talkOf("c2", "Good day");
  assert.doesNotMatch(await text(), /receipt/);
});
