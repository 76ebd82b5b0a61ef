import assert from "node:assert/strict";
import { test } from "node:test";
import { h } from "preact";

import { UploadCard } from "../src/shared/files/upload-card.tsx";
import type { Standing } from "../src/shared/files/uploads.ts";
import { files as texts } from "../src/shared/files/texts/en.ts";
import { fakeDocument } from "./support/dom.ts";
import { drawn } from "./support/visitor.ts";

const WHAT = { name: "mug.pdf", size: 2_000 };

/** A card in the log, over a form of the log and the field that messages are written in. */
async function card(standing: Standing) {
  const document = fakeDocument();
  const [log, place, form, composer] = ["section", "div", "form", "footer"].map((name) => document.createElement(name));
  form!.append(document.createElement("textarea"));
  composer!.append(document.createElement("textarea"));
  log!.append(place!, form!);
  document.body.append(log!, composer!);
  const show = (now: Standing | null) => drawn(
    now && h(UploadCard, { what: WHAT, standing: now, language: "en", texts, onRetry: () => {}, onRemove: () => void show(null) }), document, place);
  await show(standing);
  return { document, show, place: place!, field: composer!.querySelector("textarea") };
}

const GOES: Standing = { state: "goes", loaded: 500 };

test("whoever takes a file away, or tries again, goes on in the field for messages", async () => {
  for (const name of ["Remove mug.pdf", "Try again: mug.pdf"]) {
    const { document, place, field } = await card({ state: "failed", loaded: 0, why: "broke" });
    place.button(name).click();
    await drawn(null, document, document.createElement("div"));
    assert.equal(document.activeElement, field, name);
  }
});

test("whoever was about to cancel a file that arrives goes on there, too; whoever is elsewhere stays", async () => {
  const { document, show, place, field } = await card(GOES);
  place.button("Cancel mug.pdf").focus();
  await show(null);
  assert.equal(document.activeElement, field);
  await show(GOES);
  const form = document.querySelector("form textarea")!;
  form.focus();
  await show(null);
  assert.equal(document.activeElement, form);
});
