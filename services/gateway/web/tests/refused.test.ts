import assert from "node:assert/strict";
import { test } from "node:test";
import { h } from "preact";

import { Log } from "../src/widget/log.tsx";
import { drawn, say, visitor } from "./support/visitor.ts";

const PRIVACY = { notice: "We keep it a year.", link: "", consent: true };
const FILE = { id: "f1", name: "mug.png", type: "image/png", size: 2_000 };

/** A conversation is over, and a file for it was refused. */
function refusedFile() {
  const made = visitor({ appearance: { attachments: true, privacy: PRIVACY } as never });
  const { gateway, session } = made;
  session.questions.agreed.value = true;
  session.questions.answered();
  session.write("Hello");
  gateway.refuse.set("", [{ type: "rejected", code: "not_open" }]);
  session.files.send({ key: "k", conversation: "c1", file: {} as File }, FILE);
  session.talks.archived();
  session.questions.askAgain();
  session.questions.open.value = false;
  return made;
}

test("a message that was refused can be taken away, and who does so goes on writing", async () => {
  const { session, document } = refusedFile();
  assert.deepEqual(session.pending.value.map(({ state }) => state), ["failed"]);
  const composer = document.createElement("div");
  composer.className = "composer";
  composer.append(document.createElement("textarea"));
  const log = document.createElement("section");
  document.body.append(log, composer);
  const body = await drawn(h(Log, { session, say, children: null }), document, log);
  assert.match(body.querySelector(".fail")!.textContent, /^Not sent/);
  body.button("Remove").click();
  assert.equal(session.pending.value.length, 0);
  assert.equal((document.activeElement as unknown as { localName: string }).localName, "textarea");
});

test("what was refused does not keep the shop's questions from being asked", () => {
  const { session, gateway } = refusedFile();
  const before = gateway.received.length;
  session.write("One more thing");
  assert.equal(session.view.value, "details");
  assert.equal(gateway.received.length, before, "nothing starts before they are answered");
});

test("what was refused stays in view, also where another page finds nobody at the counter", () => {
  const { session } = refusedFile();
  session.talks.forget();
  assert.equal(session.view.value, "chat");
  session.available("form");
  assert.equal(session.view.value, "chat");
});
