/** A visitor's session on a gateway in memory, and its window in a document that is none. */

import { options, render, type ComponentChild } from "preact";

import { Connection } from "../../src/shared/connection/connection.ts";
import type { Appearance, VisitorWelcome } from "../../src/shared/protocol.ts";
import { dress } from "../../src/widget/dress.ts";
import { speak } from "../../src/widget/lazily.tsx";
import type { Host } from "../../src/widget/loader/host.ts";
import type { Say } from "../../src/widget/say.ts";
import { Session } from "../../src/widget/session.ts";
import { texts } from "../../src/widget/texts/en.ts";
import { texts as more } from "../../src/widget/texts/more-en.ts";
import { fakeWorld } from "./clock.ts";
import { FakeDocument, fakeDocument, type FakeElement } from "./dom.ts";
import { FakeGateway } from "./gateway.ts";
import { MemoryStorage } from "./storage.ts";

export const say: Say = { language: "en", texts: { ...texts, ...more } };

const LOOK = { header: "", welcome: "Welcome", operator_name: "Shop", attachments: true, language: "en" } as unknown as Appearance;

/** `said`: what the welcome says beside what the gateway knows. */
export function visitor(said: Partial<VisitorWelcome> = {}) {
  const document = fakeDocument();
  const noQuery = () => ({ matches: false });
  Object.assign(globalThis, { window: { localStorage: new MemoryStorage(), sessionStorage: new MemoryStorage() }, matchMedia: noQuery });
  Object.defineProperty(globalThis, "navigator", { value: {}, configurable: true });
  dress("", { adoptedStyleSheets: [] } as unknown as ShadowRoot);
  speak(() => Promise.resolve());

  const gateway = new FakeGateway();
  const world = fakeWorld(gateway.open);
  const told = { appearance: LOOK, ...said };
  let session!: Session;
  const connection = new Connection<VisitorWelcome>({
    url: "wss://gateway/", environment: world, startsAnew: true,
    keep: { put: (entry) => session.keep.put(entry), drop: (key) => session.keep.drop(key) },
    hello: () => ({}),
    bind: (entry) => session.bind(entry),
    onPhase: (phase) => session.changed(phase),
    onWelcome: (frame) => session.welcome({ ...frame, ...told }),
    onEvent: (event) => session.event(event),
    onStored: (answer, entry) => session.stored(answer, entry),
    onRejected: (answer, entry) => session.rejected(answer, entry),
    onFrame: (frame) => session.frame(frame),
    onOutbox: () => session.outbox(),
  });
  const host = {
    config: { shop: "s", origin: "https://gateway", locale: "en" }, world, connection, appearance: null, availability: null, invitation: null,
    pass: { act: () => false, become: () => {}, forget: () => {} }, who: () => ({}),
  } as unknown as Host;
  session = new Session(host);
  connection.start();
  gateway.socket.connect();
  return { document, gateway, world, host, session, told };
}

// Nothing is painted here that effects would have to wait for.
(options as { requestAnimationFrame?: (act: () => void) => void }).requestAnimationFrame = (act) => void setTimeout(act);

/** Draws it, and what of it is fetched late. */
export async function drawn(part: ComponentChild, document: FakeDocument, place = document.body): Promise<FakeElement> {
  render(part, place as unknown as Element);
  // Effects run in a turn of their own, and what they fetch comes in another.
  for (let turn = 0; turn < 12; turn++) await new Promise((done) => setTimeout(done));
  return document.body;
}
