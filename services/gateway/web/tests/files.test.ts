import assert from "node:assert/strict";
import { test } from "node:test";

import { Trays } from "../src/dashboard/window/files/trays.ts";
import { Outbox } from "../src/shared/connection/outbox.ts";
import { sizeText } from "../src/shared/files/sizes.ts";
import { mayRetry, MOST_BYTES, Uploads, type Answer, type Begin, type Details } from "../src/shared/files/uploads.ts";

const fileOf = (name: string, size = 2_000) => ({ name, size, type: "" }) as File;
const chosen = (key: string, file = fileOf(key)) => ({ key, conversation: "c1", file });
const stored = (id: string): Answer => ({ status: 201, said: { id, name: `${id}.png`, type: "image/png", size: 2_000 } });
const settled = () => new Promise((done) => setImmediate(done));

/** A gateway that answers when it is told to. */
function gateway() {
  const asked: { key: string; answer(what: Answer): void; progress(loaded: number): void; aborted: boolean }[] = [];
  const begin: Begin = ({ key }, progress) => {
    let answer!: (what: Answer) => void;
    const request = { key, progress, aborted: false, answer: (what: Answer) => answer(what) };
    asked.push(request);
    return {
      answer: new Promise<Answer>((settle) => (answer = settle)),
      abort: () => {
        request.aborted = true;
        answer({ status: 0, said: {} });
      },
    };
  };
  return { asked, begin };
}

function uploads() {
  const { asked, begin } = gateway();
  const arrived: Details[] = [];
  return { asked, arrived, all: new Uploads(begin, (_, details) => arrived.push(details)) };
}

test("the files of a conversation go one after another, in the order in which they were chosen", async () => {
  const { all, asked, arrived } = uploads();
  all.follow([chosen("a"), chosen("b")]);
  assert.deepEqual([asked.map(({ key }) => key), all.standing("b").state], [["a"], "waits"]);
  asked[0]!.progress(1_000);
  assert.deepEqual(all.standing("a"), { state: "goes", loaded: 1_000 });
  asked[0]!.answer(stored("1"));
  await settled();
  asked[1]!.answer(stored("2"));
  await settled();
  assert.deepEqual(arrived.map(({ id }) => id), ["1", "2"]);
});

test("what a lost connection broke goes again under its key, once it is back; what was refused does not", async () => {
  const { all, asked, arrived } = uploads();
  all.follow([chosen("a"), chosen("b")]);
  asked[0]!.answer({ status: 0, said: {} });
  await settled();
  asked[1]!.answer({ status: 415, said: { code: "unfit_type" } });
  await settled();
  assert.deepEqual([all.standing("a").why, all.standing("b").why], ["broke", "kind"]);
  all.reconnected();
  assert.deepEqual(asked.map(({ key }) => key), ["a", "b", "a"]);
  asked[2]!.answer(stored("1"));
  await settled();
  assert.equal(arrived.length, 1);
});

test("each refusal has its reason", async () => {
  const refusals: [number, string, string][] = [
    [413, "too_large", "large"], [409, "conversation_full", "full"], [409, "not_open", "closed"], [404, "not_found", "closed"],
    [401, "unauthorized", "signedOut"], [403, "attachments_off", "refused"], [429, "rate_limited", "often"], [503, "unavailable", "broke"], [408, "incomplete", "broke"],
  ];
  for (const [status, code, why] of refusals) {
    const { all, asked } = uploads();
    all.add(chosen("a"));
    asked[0]!.answer({ status, said: { code } });
    await settled();
    assert.equal(all.standing("a").why, why, code);
  }
});

test("what came without a session goes again, once somebody asks for it or the connection is back with a new one", async () => {
  const { all, asked, arrived } = uploads();
  all.add(chosen("a"));
  asked[0]!.answer({ status: 401, said: { code: "unauthorized" } });
  await settled();
  assert.ok(mayRetry(all.standing("a")));
  all.reconnected();
  asked[1]!.answer(stored("1"));
  await settled();
  assert.equal(arrived.length, 1);
});

test("what is empty or too large is not even begun", () => {
  const { all, asked } = uploads();
  all.follow([chosen("a", fileOf("empty", 0)), chosen("b", fileOf("film", MOST_BYTES + 1)), chosen("c", fileOf("most", MOST_BYTES))]);
  assert.deepEqual([all.standing("a").why, all.standing("b").why, asked.map(({ key }) => key)], ["empty", "large", ["c"]]);
});

test("one that is taken away while it goes is broken off, and makes room for the next", async () => {
  const { all, asked, arrived } = uploads();
  all.follow([chosen("a"), chosen("b")]);
  all.follow([chosen("b")]);
  await settled();
  assert.deepEqual([asked[0]!.aborted, asked[1]!.key, arrived.length], [true, "b", 0]);
});

test("a reply waits for its files, and takes five of them along", async () => {
  const { asked, begin } = gateway();
  let made = 0;
  const trays = new Trays(begin, () => `k${made++}`);
  const sent: Details[][][] = [];
  trays.add("c1", Array.from({ length: 6 }, (_, n) => fileOf(String(n))));
  trays.whenHere("c1", () => sent.push(trays.take("c1")));
  for (let n = 0; n < 6; n++) {
    assert.deepEqual([sent.length, trays.isHeld("c1")], [0, true]);
    asked[n]!.answer(stored(String(n)));
    await settled();
  }
  assert.deepEqual(sent[0]!.map((message) => message.map(({ id }) => id)), [["0", "1", "2", "3", "4"], ["5"]]);
  assert.deepEqual([trays.of("c1").length, trays.isHeld("c1")], [0, false]);
});

test("a reply that is written on while its files are on their way is not sent half written", async () => {
  const { asked, begin } = gateway();
  const trays = new Trays(begin, () => "k");
  let sent = 0;
  trays.add("c1", [fileOf("mug.png")]);
  trays.whenHere("c1", () => sent++);
  trays.release("c1");
  assert.equal(trays.isHeld("c1"), false);
  asked[0]!.answer(stored("1"));
  await settled();
  assert.deepEqual([sent, trays.hasSome("c1")], [0, true]);
  trays.whenHere("c1", () => sent++);
  assert.equal(sent, 1);
});

test("a reply whose file was refused stays until somebody has looked", async () => {
  const { asked, begin } = gateway();
  const trays = new Trays(begin, () => "k");
  let sent = false;
  trays.add("c1", [fileOf("tool.exe")]);
  trays.whenHere("c1", () => (sent = true));
  asked[0]!.answer({ status: 415, said: {} });
  await settled();
  assert.deepEqual([sent, trays.isHeld("c1"), trays.hasSome("c1")], [false, false, false]);
});

test("a file stays with the conversation that it was for: when that is over, it starts no other", () => {
  const outbox = new Outbox({
    keep: { put: () => {}, drop: () => {} }, bind: () => assert.fail("it has its command"), startsAnew: true, newId: () => "m1", random: () => 0, changed: () => {},
  });
  const files = [{ id: "f1", name: "mug.png", type: "image/png", size: 2_000 }];
  const entry = outbox.add({ lane: "talk", owner: "guest", text: "", files, frame: { type: "say", conversation: "c1", text: "", attachments: ["f1"] } }, 0);
  assert.equal(outbox.ready(0).length, 1);
  outbox.rejected({ type: "rejected", id: "m1", code: "not_open", detail: "" }, 1);
  assert.deepEqual([entry.state, entry.retryable, outbox.texts().length], ["failed", false, 1]);
});

test("sizes are said in the reader's way", () => {
  assert.deepEqual([1, 2_048, 2_202_010].map((bytes) => sizeText("en", bytes)), ["1 kB", "2 kB", "2.1 MB"]);
  assert.match(sizeText("fr", 2_202_010), /^2,1\sMo$/u);
  assert.equal(sizeText("en", MOST_BYTES), "10 MB");
});
