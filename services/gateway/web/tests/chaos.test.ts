/** Whatever the network does: each message is stored once, in the order of writing, and each event is shown once, in order. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { Connection } from "../src/shared/connection/connection.ts";
import type { EventFrame, VisitorWelcome } from "../src/shared/protocol.ts";
import { fakeWorld } from "./support/clock.ts";
import { FakeGateway } from "./support/gateway.ts";

/** A small generator (mulberry32), so that a failure can be run again by its seed. */
function generator(seed: number): () => number {
  return () => {
    seed = (seed + 0x6d2b79f5) | 0;
    let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

function run(seed: number): void {
  const random = generator(seed);
  const gateway = new FakeGateway();
  const world = fakeWorld(gateway.open);
  const events: EventFrame[] = [];
  const written: string[] = [];
  const connection: Connection<VisitorWelcome> = new Connection({
    url: "ws://test", environment: world, keep: { put() {}, drop() {} },
    hello: () => ({ resume: { conversation: "c1", after: connection.timelines.last("c1") } }),
    bind: (entry) => gateway.conversation
      ? { type: "say", id: entry.id, conversation: gateway.conversation, text: entry.text! }
      : { type: "start", id: entry.id, text: entry.text! },
    startsAnew: true,
    onPhase() {}, onStored() {}, onRejected() {}, onFrame() {}, onOutbox() {},
    onWelcome: ({ conversation }) => {
      if (conversation) connection.follow("c1", connection.timelines.last("c1"), conversation.seq, true);
    },
    onEvent: (event) => events.push(event),
  });
  const letConnect = () => {
    if (connection.state.name === "connecting" && gateway.socket.closedWith === undefined) gateway.socket.connect();
  };
  const kinds = ["stored", "event", "resumed", "welcome", "heads"];
  const acts: (() => void)[] = [
    () => { const text = `v${written.length}`; written.push(text); connection.post({ lane: "talk", owner: "g", text }); },
    () => void (gateway.conversation && gateway.operatorSays(`o${gateway.log.length}`)),
    () => gateway.lose.add(kinds[Math.floor(random() * kinds.length)]!),
    () => gateway.lose.clear(),
    () => gateway.socket.onclose && gateway.socket.drop([1006, 1012, 4503, 4429][Math.floor(random() * 4)]!),
    () => void (gateway.down = random() < 0.5),
    () => gateway.refuse.set(`v${Math.max(0, written.length - 1)}`, [{ type: "rejected", code: "unavailable" }]),
    () => world.tell(random() < 0.5 ? "offline" : "online"),
    () => world.tell("visible"),
    () => { const again = gateway.log[Math.floor(random() * gateway.log.length)]; if (again && gateway.socket.welcomed) gateway.socket.deliver(again); },
  ];
  connection.start();
  for (let i = 0; i < 120; i++) {
    world.luck = random();
    acts[Math.floor(random() * acts.length)]!();
    for (let j = 0; j < 3; j++) {
      world.clock.pass(random() * 4_000);
      letConnect();
    }
  }
  gateway.lose.clear();
  gateway.down = false;
  for (let i = 0; i < 40; i++) {
    world.clock.pass(16_000);
    letConnect();
  }
  if (gateway.conversation) gateway.socket.deliver({ type: "heads", heads: { c1: gateway.log.length } });
  world.clock.pass(10_000);
  assert.deepEqual(gateway.texts.filter((text) => text?.startsWith("v")), written, `seed ${seed}: stored`);
  assert.deepEqual(events.map((event) => event.seq), gateway.log.map((event) => event.seq), `seed ${seed}: shown`);
  assert.equal(connection.outbox.all().length, 0, `seed ${seed}: left over`);
}

test("any loss, delay, refusal and reconnect: nothing lost, doubled or out of order", () => {
  for (let seed = 1; seed <= 300; seed++) run(seed);
});
