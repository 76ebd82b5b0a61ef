import assert from "node:assert/strict";
import { test } from "node:test";

import { linked } from "../src/shared/links.ts";

const links = (text: string) => linked(text).flatMap((piece) => (piece.href ? [[piece.text, piece.href]] : []));

test("addresses become links and the rest stays as it was", () => {
  assert.deepEqual(linked("Due Thursday: morrow.example/tide-blue."), [
    { text: "Due Thursday: " }, { text: "morrow.example/tide-blue", href: "https://morrow.example/tide-blue" }, { text: "." },
  ]);
  assert.deepEqual(links("http://a.example and www.b.example"), [["http://a.example", "http://a.example/"], ["www.b.example", "https://www.b.example/"]]);
  assert.deepEqual(links("write to help+1@morrow.example, please"), [["help+1@morrow.example", "mailto:help+1@morrow.example"]]);
  for (const text of ["", "no link", "https://a.example/x?y=1#z (see https://b.example/(c))\nend", "1.5/2, and/or, 3.50 €"]) {
    assert.equal(linked(text).map((piece) => piece.text).join(""), text);
  }
});

test("marks and brackets around an address are not part of it", () => {
  assert.deepEqual(links("(https://a.example/x)"), [["https://a.example/x", "https://a.example/x"]]);
  assert.deepEqual(links("https://a.example/b_(c)!"), [["https://a.example/b_(c)", "https://a.example/b_(c)"]]);
  assert.deepEqual(links("« https://a.example/é »"), [["https://a.example/é", "https://a.example/%C3%A9"]]);
});

test("nothing else than web pages and mailboxes is linked", () => {
  for (const text of ["javascript:alert(1)", "data:text/html,x", "Done.Next", "file:///etc/passwd", "1.5/2", "v2.0"]) assert.deepEqual(links(text), [], text);
});

test("what could be read as another address stays text", () => {
  assert.deepEqual(links("https://bank.example@evil.example/"), []);
  assert.deepEqual(links("https://a.example/\u202egpj.exe"), []);
});

test("a long text takes no long time", () => {
  const before = performance.now();
  linked("a.".repeat(2000));
  linked("www.".repeat(1000));
  linked(`${"a-".repeat(2000)}/`);
  assert.ok(performance.now() - before < 500);
});
