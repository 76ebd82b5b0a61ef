import assert from "node:assert/strict";
import { test } from "node:test";

import { postOf } from "../src/widget/letter-post.ts";
import { visitor } from "./support/visitor.ts";

test("the next person finds no box ticked and nothing of the message of the one before", () => {
  const { session } = visitor({ visitor: { id: "C-1", signed_in: true } });
  postOf(session.letter);
  session.letter.agreed.value = true;
  session.letter.trouble.value = "lost";
  session.questions.agreed.value = true;
  session.fill("message", "For me only");
  session.forget();
  assert.deepEqual([session.letter.agreed.value, session.letter.trouble.value, session.questions.agreed.value], [false, null, false]);
  assert.equal(session.typed.text.value, "");
});
