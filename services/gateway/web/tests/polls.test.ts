import assert from "node:assert/strict";
import { test } from "node:test";

import { barsOf, grown } from "../src/dashboard/polls/figures.ts";
import { contentOf, flawsOf, formOf, freshForm } from "../src/dashboard/polls/form.ts";
import { resultsOf } from "../src/widget/polling/results.ts";

const NOON = Date.parse("2026-11-22T12:00:00Z");
const ZONE = "Europe/Warsaw";
const ANSWERS = [{ id: "moss", text: "Moss" }, { id: "tide", text: "Tide blue" }, { id: "plum", text: "Plum" }];

function form() {
  let ids = 0;
  return freshForm(ZONE, NOON, () => `new-${++ids}`);
}

test("results of a poll come by how often they were chosen, else in the shop's order", () => {
  const { lines, votes } = resultsOf({ id: "p", question: "?", answers: ANSWERS, results: "after_vote", voted: "plum" }, { tide: 2, plum: 2 });
  assert.equal(votes, 4);
  assert.deepEqual(lines.map(({ id, percent, mine }) => [id, percent, mine]), [["tide", 50, false], ["plum", 50, true], ["moss", 0, false]]);
  assert.deepEqual(resultsOf({ id: "p", question: "?", answers: ANSWERS, results: "after_vote" }, {}).lines.map((line) => line.percent), [0, 0, 0]);
  assert.deepEqual(barsOf({ question: "?", answers: ANSWERS }, { plum: 7 })[0], { id: "plum", name: "Plum", count: 7 });
});

test("votes grow from the opening until the end, and stand still where none came", () => {
  const plot = [{ at: "2026-11-22T12:00:00Z", votes: 3 }, { at: "2026-11-22T12:05:00Z", votes: 2 }];
  const { at, votes } = grown({ opened_at: "2026-11-22T12:00:30Z", closed_at: "2026-11-22T12:10:00Z", plot, width: 60 }, NOON);
  assert.deepEqual(votes, [0, 3, 3, 5, 5]);
  assert.deepEqual(at.map((each) => (each - NOON) / 1_000), [30, 90, 300, 360, 600]);
  assert.deepEqual(grown({ plot: [], width: 60 }, NOON), { at: [], votes: [] });
});

test("growth never goes back, however the buckets lie", () => {
  const plot = [{ at: "2026-11-22T11:59:00Z", votes: 1 }, { at: "2026-11-22T12:00:00Z", votes: 1 }];
  const { at, votes } = grown({ opened_at: "2026-11-22T12:00:59Z", plot, width: 60 }, NOON + 60_000);
  assert.ok(at.every((each, index) => index === 0 || each > at[index - 1]!));
  assert.equal(votes.at(-1), 2);
  assert.equal(at.length, votes.length);
});

test("what is typed of a poll goes by the shop's clock and comes back the same", () => {
  const typed = { ...form(), question: " Which glaze? ", groups: "New in, start,, start", closes: { on: true, date: "2026-11-30", time: "18:00" } };
  typed.answers = [{ id: "a", text: " Moss " }, { id: "b", text: "  " }, { id: "c", text: "Plum" }];
  const content = contentOf(typed, ZONE);
  assert.deepEqual(content, {
    question: "Which glaze?", answers: [{ id: "a", text: "Moss" }, { id: "c", text: "Plum" }], language: null, groups: ["new-in", "start"], opens_at: null, closes_at: "2026-11-30T17:00:00.000Z", results: "after_vote",
  });
  assert.deepEqual(formOf(content, ZONE, form()).closes, typed.closes);
  assert.deepEqual(contentOf(formOf(content, ZONE, form()), ZONE), content);
  assert.equal(formOf({ question: "?", answers: [] }, ZONE, form()).answers.length, 2);
});

test("a draft needs a question only, an opening one two answers and times in their order", () => {
  const empty = form();
  assert.deepEqual(flawsOf({ ...empty, question: "Why?" }, ZONE, NOON, false), {});
  assert.deepEqual(flawsOf(empty, ZONE, NOON, true), { question: "noQuestion", answers: "fewAnswers" });
  const ready = { ...empty, question: "Why?", answers: ANSWERS };
  const at = (date: string) => ({ on: true, date, time: "10:00" });
  assert.deepEqual(flawsOf({ ...ready, closes: at("2026-11-22") }, ZONE, NOON, true), { closes: "past" });
  assert.deepEqual(flawsOf({ ...ready, opens: at("2026-11-24"), closes: at("2026-11-23") }, ZONE, NOON, true), { closes: "beforeOpening" });
  assert.deepEqual(flawsOf({ ...ready, opens: at("2026-11-24"), closes: at("2026-11-23") }, ZONE, NOON, false, true), {});
  assert.deepEqual(flawsOf({ ...ready, opens: at("") }, ZONE, NOON, true), { opens: "noTime" });
  assert.deepEqual(flawsOf({ ...ready, opens: at("2026-11-22") }, ZONE, NOON, true), { opens: "past" });
  assert.deepEqual(flawsOf({ ...ready, opens: at("2026-11-22") }, ZONE, NOON, false, true), {});
  assert.deepEqual(flawsOf({ ...ready, opens: { on: true, date: "2026-11-22", time: "13:00" } }, ZONE, NOON + 30_000, true), {});
  assert.deepEqual(flawsOf({ ...ready, answers: [...ANSWERS, { id: "again", text: " tide  Blue" }] }, ZONE, NOON, false), { answers: "alikeAnswers" });
  assert.deepEqual(flawsOf({ ...ready, groups: "mugs, Кружки" }, ZONE, NOON, false), { groups: "noGroup" });
  assert.deepEqual(flawsOf({ ...ready, groups: Array.from({ length: 21 }, (_, n) => `g${n}`).join() }, ZONE, NOON, false), { groups: "manyGroups" });
});
