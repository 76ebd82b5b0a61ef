import assert from "node:assert/strict";
import { test } from "node:test";

import { styleOf } from "../src/widget/colours.ts";
import { asked, filled, known, type FieldRules } from "../src/widget/fields.ts";
import { flaws, still } from "../src/widget/flaws.ts";
import { Letter, type LetterForm, type LetterStored } from "../src/widget/letter.ts";
import { LetterPost } from "../src/widget/letter-post.ts";
import type { Host } from "../src/widget/loader/host.ts";
import { Questions } from "../src/widget/questions.ts";
import type { Reply } from "../src/widget/rest.ts";
import { TabMemory } from "../src/widget/tab-memory.ts";
import { Typed } from "../src/widget/typed.ts";
import { comesBack, viewOf, type Standing } from "../src/widget/views.ts";
import { fakeWorld } from "./support/clock.ts";
import { MemoryStorage } from "./support/storage.ts";

const RULES: FieldRules = {
  first_name: { requested: true, required: false }, last_name: { requested: false, required: false },
  email: { requested: true, required: true }, phone: { requested: true, required: false }, message: { requested: true, required: true },
};
const FORM: LetterForm = { fields: RULES, header: "", welcome: "", background: "", text: "", ticket: "t1" };

test("only what is asked for is sent, cleaned, and without what is left empty", () => {
  assert.deepEqual(asked(RULES), ["first_name", "email", "phone", "message"]);
  const values = { first_name: " Ma\u202Ete\tusz ", last_name: "unasked", email: "", message: "two\nlines " };
  assert.deepEqual(filled(RULES, values), { first_name: "Ma te usz", message: "two\nlines" });
});

test("a flaw names what is missing in its field", () => {
  assert.deepEqual(flaws(RULES, {}), { email: "empty", message: "empty" });
  const of = (email: string) => flaws(RULES, { email, message: "x" }).email;
  assert.deepEqual(["name", "name@", "name@shop", "name@shop.c", "name@shop.pl", "żółć@sklep.łódź.pl", "a b@shop.pl"].map(of),
    ["at", "at", "dot", "dot", undefined, undefined, "at"]);
  const phone = (value: string) => flaws(RULES, { email: "a@b.cd", message: "x", phone: value }).phone;
  assert.deepEqual(["+48 22 123-45-67", "12", "call me 12345"].map(phone), [undefined, "digits", "digits"]);
  assert.deepEqual(flaws(RULES, { email: "a@b.cd", message: "x".repeat(4_001), first_name: "x".repeat(103) }), { first_name: 3, message: 1 });
});

test("while somebody corrects the form, marks go and none come", () => {
  assert.deepEqual(still({ email: "empty", message: "empty" }, { email: "dot", phone: "digits" }), { email: "dot" });
});

test("what the shop says of its customer fills the form in", () => {
  assert.deepEqual(known({ id: "C-1", signed_in: true, name: "Ana Maria de Sá", email: "ana@shop.pt" }),
    { first_name: "Ana", last_name: "Maria de Sá", email: "ana@shop.pt" });
  assert.deepEqual(known({ id: "g_1", signed_in: false }), {});
});

test("a header's ink can be read on its colour, whatever the shop sets", () => {
  assert.deepEqual(styleOf("header", { background: "#ffe08a", text: "" }), { "--head": "#ffe08a", "--head-ink": "#000000" });
  assert.deepEqual(styleOf("header", { background: "#5b2333", text: "" }), { "--head": "#5b2333", "--head-ink": "#ffffff" });
  assert.deepEqual(styleOf("header", { background: "#5b2333", text: "#ffe08a" }), { "--head": "#5b2333", "--head-ink": "#ffe08a" });
  assert.deepEqual(styleOf("header", { background: "#5b2333", text: "#803050" }), { "--head": "#5b2333", "--head-ink": "#ffffff" });
  assert.deepEqual(styleOf("header", { background: "", text: "" }), {});
  assert.deepEqual(styleOf("visitor", { text: "#5b2333" }), {});
  assert.deepEqual(styleOf("operator", { background: "#102030" }), { "--bubble-operator": "#102030", "--bubble-operator-ink": "#ffffff" });
});

test("the window shows what is possible now", () => {
  const standing: Standing = { availability: "online", status: undefined, pending: false, preferred: false, asks: false, answering: false };
  const view = (change: Partial<Standing>) => viewOf({ ...standing, ...change });
  assert.equal(view({}), "chat");
  assert.equal(view({ availability: "form" }), "form");
  assert.equal(view({ availability: "hidden" }), "chat");
  assert.equal(view({ availability: "form", status: "open" }), "chat");
  assert.equal(view({ availability: "form", status: "archived" }), "chat");
  assert.equal(view({ preferred: true, status: "waiting" }), "form");
  assert.equal(view({ asks: true }), "details");
  assert.equal(view({ asks: true, pending: true }), "chat");
  assert.equal(view({ asks: true, status: "archived" }), "chat");
  assert.equal(view({ asks: true, status: "archived", answering: true }), "details");
  assert.equal(view({ asks: true, availability: "form" }), "form");
});

test("a refused message comes back to be left in the form, a refused start to be answered anew", () => {
  const entry = { key: "1", id: "1", lane: "talk", owner: "guest", madeAt: 0, tries: 0, notBefore: 0, sentAt: null, text: "Hello" };
  const failed = { ...entry, state: "failed" as const };
  const start = { type: "start" as const, id: "1", text: "Hello" };
  assert.equal(comesBack({ ...failed, code: "offline" }, true, false), true);
  assert.equal(comesBack({ ...failed, code: "no_capacity" }, false, false), false);
  assert.equal(comesBack({ ...failed, code: "invalid", frame: start }, false, true), true);
  assert.equal(comesBack({ ...failed, code: "invalid" }, true, true), false);
  assert.equal(comesBack({ ...entry, state: "sending", code: "offline" }, true, true), false);
});

test("what was typed outlives the page, for the same person", () => {
  const storage = new MemoryStorage();
  const page = (owner: string) => {
    const typed = new Typed(new TabMemory("demo", storage));
    typed.owner = owner;
    typed.restore(true);
    return typed;
  };
  const first = page("customer:1");
  first.fill("email", "a@b.cd");
  first.fill("message", "Half a sen");
  const later = page("customer:1");
  assert.deepEqual(later.values, { email: "a@b.cd", message: "Half a sen" });
  later.sent();
  assert.equal(storage.length, 0);
  assert.deepEqual(later.values, { email: "a@b.cd", message: "" });
  later.fill("message", "Not yours");
  assert.deepEqual(page("customer:2").values, { message: "" });
  assert.equal(storage.length, 0);
});

/** A letter whose gateway answers in turn what is given. */
function letter(...replies: Reply<LetterStored>[]) {
  const storage = new MemoryStorage();
  const world = fakeWorld(() => assert.fail("no socket"));
  const typed = new Typed(new TabMemory("demo", storage));
  const sent: { id: string; ticket: string }[] = [];
  let forms = 0;
  const rest = {
    form: () => Promise.resolve({ value: { ...FORM, ticket: `t${++forms}` } }),
    leave: (body: { id: string; ticket: string }) => {
      sent.push(body);
      return Promise.resolve(replies.shift()!);
    },
  };
  const made = new Letter({ host: { world } as unknown as Host, typed, onStored: () => {} });
  const post = new LetterPost(made, rest);
  const send = async (seconds = 20) => {
    const done = post.send();
    for (let i = 0; i < 20; i++) {
      await Promise.resolve();
      world.clock.pass(seconds * 50);
    }
    await done;
  };
  typed.fill("email", "a@b.cd");
  typed.fill("message", "Is it blue?");
  return { letter: made, post, typed, sent, send, storage, world };
}
const STORED = { value: { id: "1" } };
const AWAY = { problem: { status: 0 } };

test("a message that was not answered is sent again under its id, and once it has arrived nothing of it is kept", async () => {
  const { letter: one, post, typed, sent, send, storage } = letter(AWAY, { problem: { status: 503 } }, STORED);
  await post.load();
  await send();
  assert.equal(one.state.value, "sent");
  assert.equal(typed.text.value, "");
  assert.equal(one.sent.value?.values.message, "Is it blue?");
  assert.equal(new Set(sent.map(({ id }) => id)).size, 1);
  assert.equal(storage.length, 0);
});

test("another text is another message", async () => {
  const { post, typed, sent, send } = letter({ problem: { status: 429 } }, STORED);
  await post.load();
  await send();
  typed.fill("message", "Is it blue, or green?");
  await send();
  assert.notEqual(sent[0]!.id, sent[1]!.id);
});

test("what is being changed does not go by itself", async () => {
  const { letter: one, post, typed, sent, send } = letter(AWAY, STORED);
  await post.load();
  await send(3);
  assert.equal(one.trouble.value, "lost");
  typed.fill("message", "Is it bl");
  post.recheck();
  post.again();
  assert.equal(one.trouble.value, null);
  assert.deepEqual([sent.length, one.state.value], [1, "writing"]);
  await send();
  assert.equal(one.state.value, "sent");
});

test("a ticket that is too old is changed for a new one", async () => {
  const { letter: one, post, sent, send } = letter({ problem: { status: 422, errors: [{ field: "ticket" }] } }, STORED);
  await post.load();
  await send();
  assert.deepEqual(sent.map(({ ticket }) => ticket), ["t1", "t2"]);
  assert.equal(one.state.value, "sent");
});

test("what the gateway refuses is marked, and too many at once are told to wait", async () => {
  const { letter: one, post, send } = letter({ problem: { status: 422, errors: [{ field: "email" }] } }, { problem: { status: 429 } });
  await post.load();
  await send();
  assert.deepEqual([one.flaws.value, one.trouble.value], [{ email: "unfit" }, null]);
  await send();
  assert.deepEqual([one.flaws.value, one.trouble.value], [{}, "many"]);
});

test("nothing is sent while a field is wrong", async () => {
  const { letter: one, post, typed, sent, send } = letter();
  await post.load();
  typed.fill("email", "a@b");
  await send();
  assert.deepEqual([one.flaws.value, sent.length], [{ email: "dot" }, 0]);
});

test("a message goes without consent only where the shop wants none, and each needs its own", async () => {
  const { letter: one, post, typed, sent, send } = letter(STORED, STORED);
  await post.load();
  one.form.value = { ...one.form.value!, privacy: { notice: "We keep it a year.", link: "", consent: true } };
  await send();
  assert.deepEqual([one.flaws.value, sent.length], [{ consent: "empty" }, 0]);
  one.agreed.value = true;
  post.recheck();
  assert.deepEqual(one.flaws.value, {});
  await send();
  assert.equal((sent[0] as unknown as { consent: boolean }).consent, true);
  assert.ok(!one.agreed.value, "it is never ticked beforehand");
  typed.fill("message", "And another one");
  await send();
  assert.equal(sent.length, 1);
});

test("of one person's message nothing is ticked, told or sent for the next", async () => {
  const { letter: one, post, typed, sent, send, world } = letter(AWAY, STORED);
  await post.load();
  one.agreed.value = true;
  one.website = "https://spam.example";
  await send(3);
  assert.equal(one.trouble.value, "lost");
  one.flaws.value = { email: "unfit" };
  one.forget();
  assert.deepEqual([one.agreed.value, one.flaws.value, one.trouble.value, one.website], [false, {}, null, ""]);
  typed.fill("message", "Mine, and not ready");
  world.clock.pass(60_000);
  post.again();
  assert.equal(sent.length, 1);
});

test("a message on its way when the next person comes says nothing to them, and one that waits does not go", async () => {
  for (const early of [true, false]) {
    const { letter: one, post, typed, sent, world } = letter(AWAY);
    await post.load();
    if (!early) world.clock.pass(10_000);
    const done = post.send();
    one.forget();
    typed.forget();
    world.clock.pass(10_000);
    await done;
    assert.deepEqual([sent.length, one.state.value, one.trouble.value], [early ? 0 : 1, "writing", null]);
  }
});

test("a conversation waits for the consent that the shop wants, and carries it", () => {
  const questions = new Questions();
  assert.ok(!questions.due);
  questions.privacy.value = { notice: "We keep it a year.", link: "", consent: false };
  assert.ok(!questions.due);
  questions.privacy.value = { ...questions.privacy.value, consent: true };
  assert.ok(questions.due);
  assert.deepEqual(questions.answers({}), {});
  questions.agreed.value = true;
  questions.answered();
  assert.ok(!questions.due);
  assert.deepEqual(questions.answers({}), { consent: true });
  questions.flaws.value = { email: "unfit" };
  questions.forget();
  assert.ok(questions.due && !questions.agreed.value, "the next person is asked anew");
  assert.deepEqual(questions.flaws.value, {});
});
