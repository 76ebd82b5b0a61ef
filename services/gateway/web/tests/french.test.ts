import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { test } from "node:test";

const sources = resolve("src");

/** What stands in French there: a file of its own, or what is between `const fr` and `const pl`. */
function frenchOf(name: string): string {
  const text = readFileSync(join(sources, name), "utf8");
  return name.endsWith("/fr.ts") ? text : (/const fr\b[\s\S]*?(?=\nconst pl\b)/.exec(text)?.[0] ?? "");
}

test("no line breaks before a French sign: its space is a no-break one", () => {
  const files = readdirSync(sources, { recursive: true }).map(String).filter((name) => name.endsWith(".ts"));
  const said = files.flatMap((name) => [...frenchOf(name).matchAll(/"(?:[^"\\\n]|\\.)*"/g)].map(([text]) => ({ name, text })));
  assert.ok(said.length > 500);
  assert.deepEqual(said.filter(({ text }) => / [?!;:»]|« /.test(text)), []);
});
