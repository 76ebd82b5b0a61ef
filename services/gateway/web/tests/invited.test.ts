import assert from "node:assert/strict";
import { test } from "node:test";

import { Inviting } from "../src/widget/inviting/inviting.ts";
import type { VisitorWelcome } from "../src/shared/protocol.ts";
import type { Host } from "../src/widget/loader/host.ts";
import { fakeWorld } from "./support/clock.ts";
import { fakeDocument } from "./support/dom.ts";
import { MemoryStorage } from "./support/storage.ts";
import { visitor } from "./support/visitor.ts";

const RULE = { id: "any", text: "Can we help?" };

/** A page on which a rule holds at once. */
function page() {
  const document = fakeDocument();
  const root = document.createElement("div");
  root.className = "root";
  document.body.append(root);
  Object.assign(globalThis, { window: { sessionStorage: new MemoryStorage() }, location: { href: "https://shop/", pathname: "/" } });
  const host = {
    config: { shop: "s" }, language: "en", world: fakeWorld(() => assert.fail()), availability: "online", talks: false, isOpen: false, invitation: null,
    cart: null, appearance: null, root: Object.assign(document.body, { adoptedStyleSheets: [] }), open: () => {}, launcher: { button: root },
  };
  const inviting = new Inviting(host as unknown as Host);
  inviting.welcome({ invitations: [RULE] } as unknown as VisitorWelcome);
  return { inviting, host, card: root.querySelector(".peek")! };
}

test("an invitation that was taken up does not come back, while the window is fetched or once it is closed", () => {
  const { inviting, host, card } = page();
  assert.equal(card.hidden, false);
  card.button("Start a chat").click();
  assert.equal(host.invitation!["id"], "any");
  inviting.look();
  assert.equal(card.hidden, true);
  host.isOpen = true;
  inviting.look();
  host.isOpen = false;
  inviting.look();
  inviting.frame({ type: "invitation", text: "", operator: { name: "Maja" } });
  assert.equal(card.hidden, true);
});

test("what the visitor was invited with stands above the conversation that came of it, and no other", () => {
  const { session, host, gateway } = visitor();
  host.invitation = { ...RULE };
  assert.equal(session.greeting, "Can we help?");
  session.write("Yes, please");
  const starts = () => gateway.received.filter(({ type }) => type === "start").map((frame) => frame["invitation"]);
  assert.equal(session.greeting, "Can we help?");
  session.talks.archived();
  session.write("One more");
  assert.deepEqual(starts(), ["any", undefined]);
  session.talks.turnTo("c2");
  assert.equal(session.greeting, "Welcome");
});

test("the next person was not invited", () => {
  const { session, host } = visitor({ visitor: { id: "C-1", signed_in: true } });
  host.invitation = { ...RULE };
  session.forget();
  assert.equal(session.greeting, "Welcome");
});
