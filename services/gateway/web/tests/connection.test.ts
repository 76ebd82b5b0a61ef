import assert from "node:assert/strict";
import { test } from "node:test";

import { Connection } from "../src/shared/connection/connection.ts";
import type { Phase } from "../src/shared/connection/link.ts";
import type { EventFrame, VisitorWelcome } from "../src/shared/protocol.ts";
import { fakeWorld } from "./support/clock.ts";
import { FakeGateway } from "./support/gateway.ts";

function setUp() {
  const gateway = new FakeGateway();
  const world = fakeWorld(gateway.open);
  const events: EventFrame[] = [];
  const phases: Phase[] = [];
  const connection: Connection<VisitorWelcome> = new Connection({
    url: "ws://test/v1/visitor",
    environment: world,
    keep: { put() {}, drop() {} },
    hello: () => ({ resume: { conversation: "c1", after: connection.timelines.last("c1") } }),
    bind: (entry) => gateway.conversation
      ? { type: "say", id: entry.id, conversation: gateway.conversation, text: entry.text! }
      : { type: "start", id: entry.id, text: entry.text! },
    startsAnew: true,
    onPhase: (phase) => phases.push(phase),
    onWelcome: (welcome) => {
      const { conversation } = welcome;
      if (conversation) connection.follow("c1", connection.timelines.last("c1"), conversation.seq, true);
    },
    onEvent: (event) => events.push(event),
    onStored() {},
    onRejected() {},
    onFrame() {},
    onOutbox() {},
  });
  const write = (text: string) => connection.post({ lane: "talk", owner: "guest", text });
  const connect = () => {
    connection.start();
    gateway.socket.connect();
  };
  /** Waits out the longest backoff and lets the new socket open. */
  const comeBack = () => {
    const before = gateway.sockets.length;
    world.clock.pass(31_000);
    assert.ok(gateway.sockets.length > before, "no new socket was opened");
    gateway.socket.connect();
  };
  const seen = () => events.map((event) => event.seq);
  const sent = (type: string) => gateway.received.filter((frame) => frame.type === type);
  return { gateway, world, connection, events, phases, write, connect, comeBack, seen, sent };
}

test("a message is stored once and shown once", () => {
  const { gateway, connection, connect, write, seen } = setUp();
  connect();
  write("hello");
  assert.deepEqual(gateway.texts, ["hello"]);
  assert.deepEqual(seen(), [1, 2]);
  assert.equal(connection.outbox.all().length, 0);
});

test("an answer that is lost: the command goes again under its id and counts once", () => {
  const { gateway, world, connection, connect, write, comeBack, sent, seen } = setUp();
  connect();
  gateway.lose.add("stored").add("event");
  write("hello");
  gateway.lose.clear();
  world.clock.pass(10_000);
  assert.equal(connection.state.name, "reconnecting");
  comeBack();
  assert.equal(sent("start").length, 2);
  assert.equal(sent("start")[0]!.id, sent("start")[1]!.id);
  assert.deepEqual(gateway.texts, ["hello"]);
  assert.deepEqual(seen(), [1, 2]);
  assert.equal(connection.outbox.all().length, 0);
});

test("what is written without a connection is sent in its order when there is one", () => {
  const { gateway, connect, write, comeBack, connection } = setUp();
  connect();
  write("one");
  gateway.socket.drop(1006);
  for (const text of ["two", "three", "four"]) write(text);
  assert.deepEqual(connection.outbox.texts().map((entry) => entry.text), ["two", "three", "four"]);
  comeBack();
  assert.deepEqual(gateway.texts, ["one", "two", "three", "four"]);
});

test("a gateway that cannot store asks for patience: order holds and nothing is doubled", () => {
  const { gateway, world, connect, write, sent } = setUp();
  connect();
  write("one");
  gateway.refuse.set("two", [{ type: "rejected", code: "unavailable" }, { type: "rejected", code: "unavailable" }]);
  write("two");
  write("three");
  assert.deepEqual(gateway.texts, ["one"]);
  world.clock.pass(20_000);
  assert.deepEqual(gateway.texts, ["one", "two", "three"]);
  assert.equal(sent("say").filter((frame) => frame.text === "two").length, 3);
});

test("a refused message is kept as not sent, and goes under its id when the person tries again", () => {
  const { gateway, connection, connect, write, sent } = setUp();
  connect();
  gateway.refuse.set("hello", [{ type: "rejected", code: "no_capacity" }]);
  const entry = write("hello");
  assert.equal(entry.state, "failed");
  assert.equal(entry.retryable, true);
  connection.retry(entry.key);
  assert.deepEqual(gateway.texts, ["hello"]);
  assert.equal(new Set(sent("start").map((frame) => frame.id)).size, 1);
});

test("text for a conversation that was archived becomes a new command with a new id, once", () => {
  const { gateway, connect, write, sent } = setUp();
  connect();
  write("one");
  gateway.refuse.set("two", [{ type: "rejected", code: "not_open" }, { type: "rejected", code: "not_open" }]);
  const entry = write("two");
  assert.equal(entry.state, "failed");
  const ids = sent("say").filter((frame) => frame.text === "two").map((frame) => frame.id);
  assert.equal(new Set(ids).size, 2);
});

test("too fast: the command waits for retry_after", () => {
  const { gateway, world, connect, write } = setUp();
  connect();
  gateway.refuse.set("hello", [{ type: "rejected", code: "rate_limited", retry_after: 7 }]);
  write("hello");
  world.clock.pass(6_900);
  assert.deepEqual(gateway.texts, []);
  world.clock.pass(1_200);
  assert.deepEqual(gateway.texts, ["hello"]);
});

test("a gap holds back what came after it and asks for the missing ones", () => {
  const { gateway, connect, write, seen, sent } = setUp();
  connect();
  write("hello");
  gateway.lose.add("event");
  gateway.operatorSays("lost on the way");
  gateway.lose.clear();
  gateway.operatorSays("after it");
  assert.deepEqual(sent("resume").map((frame) => frame.after), [2]);
  assert.deepEqual(seen(), [1, 2, 3, 4]);
});

test("doubled and reordered events are shown once and in order", () => {
  const { gateway, connect, write, events, seen } = setUp();
  connect();
  write("hello");
  gateway.lose.add("event").add("resumed");
  const [third, fourth, fifth] = ["a", "b", "c"].map((text) => gateway.operatorSays(text));
  gateway.socket.deliver(fifth, third, third, gateway.log[0]);
  gateway.socket.deliver([fourth, fifth, third]);
  assert.deepEqual(seen(), [1, 2, 3, 4, 5]);
  assert.deepEqual(events.slice(2).map((event) => event.text), ["a", "b", "c"]);
});

test("a head that we have not reached makes us ask, and again if nothing comes", () => {
  const { gateway, world, connect, write, seen, sent } = setUp();
  connect();
  write("hello");
  gateway.lose.add("event").add("resumed");
  gateway.operatorSays("silently lost");
  gateway.socket.deliver({ type: "heads", heads: { c1: 3 } });
  assert.equal(sent("resume").length, 1);
  world.clock.pass(2_900);
  assert.equal(sent("resume").length, 1);
  gateway.lose.clear();
  world.clock.pass(200);
  assert.equal(sent("resume").length, 2);
  assert.deepEqual(seen(), [1, 2, 3]);
});

test("after a loss the next hello says how far we are, and only the missing events come", () => {
  const { gateway, connect, write, comeBack, seen, sent } = setUp();
  connect();
  write("hello");
  gateway.socket.drop(1012);
  gateway.operatorSays("while you were away");
  comeBack();
  assert.deepEqual(sent("hello").map((frame) => (frame["resume"] as { after: number }).after), [0, 2]);
  assert.deepEqual(seen(), [1, 2, 3]);
  assert.equal(sent("resume").length, 0);
});

test("an unknown frame, an unknown kind and rubbish are skipped", () => {
  const { gateway, connection, connect, seen, write } = setUp();
  connect();
  write("hello");
  gateway.socket.deliver({ type: "fireworks" }, 7, null, ["x"]);
  gateway.socket.onmessage?.({ data: "no JSON at all" });
  gateway.operatorSays("still here");
  assert.equal(connection.state.name, "open");
  assert.deepEqual(seen(), [1, 2, 3]);
});

test("no welcome within ten seconds: another try", () => {
  const { gateway, world, connection, connect } = setUp();
  gateway.lose.add("welcome");
  connect();
  world.clock.pass(9_999);
  assert.equal(connection.state.name, "connecting");
  world.clock.pass(1);
  assert.equal(connection.state.name, "reconnecting");
});

test("a page that comes into view tries out a silent socket and leaves a dead one", () => {
  const { gateway, world, connection, connect, write } = setUp();
  connect();
  write("hello");
  world.clock.pass(60_000);
  gateway.lose.add("resumed").add("event");
  world.tell("visible");
  world.clock.pass(5_000);
  assert.equal(connection.state.name, "reconnecting");
});

test("a page that comes into view keeps a socket that answers", () => {
  const { world, connection, connect, write, gateway } = setUp();
  connect();
  write("hello");
  world.clock.pass(60_000);
  world.tell("visible");
  world.clock.pass(6_000);
  assert.equal(connection.state.name, "open");
  assert.equal(gateway.sockets.length, 1);
});

test("what an abandoned socket still says is not heard", () => {
  const { gateway, connection, connect, write, seen } = setUp();
  connect();
  write("hello");
  const old = gateway.socket;
  connection.renew();
  old.deliver({ type: "event", conversation: "c1", seq: 3, at: "", kind: "message" });
  assert.deepEqual(seen(), [1, 2]);
});

test("a gateway that says closing is left at its time, without a wait", () => {
  const { gateway, world, connection, connect } = setUp();
  connect();
  gateway.socket.deliver({ type: "closing", after: 3 });
  world.clock.pass(2_999);
  assert.equal(gateway.sockets.length, 1);
  world.clock.pass(1);
  assert.equal(gateway.sockets.length, 2);
  assert.deepEqual(connection.state, { name: "connecting", attempt: 0 });
});
