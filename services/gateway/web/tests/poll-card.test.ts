import assert from "node:assert/strict";
import { test } from "node:test";

import { Card } from "../src/widget/polling/card.ts";
import type { Poll } from "../src/widget/polling/poll.ts";
import { TEXTS } from "../src/widget/polling/texts.ts";
import { fakeDocument, type FakeElement } from "./support/dom.ts";

const WORDS = { texts: TEXTS.en, language: "en" } as const;
const poll = (id: string): Poll => ({ id, question: `Which of ${id}?`, answers: [{ id: "one", text: "One" }, { id: "two", text: "Two" }], results: "after_vote" });

test("an answer that was chosen stays while the same poll is drawn anew, and is none of the next", () => {
  fakeDocument();
  const votes: string[] = [];
  const card = new Card((answer) => votes.push(answer), () => {});
  const box = card.box as unknown as FakeElement;
  card.ask(poll("a"), WORDS);
  box.querySelectorAll("input")[1]!.tell("change");
  card.ask(poll("a"), WORDS);
  box.button(TEXTS.en.vote).click();
  assert.deepEqual(votes, ["two"]);
  card.ask(poll("b"), WORDS);
  box.button(TEXTS.en.vote).click();
  assert.deepEqual(votes, ["two"]);
});
