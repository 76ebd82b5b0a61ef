// Writes src/shared/frames.ts from the JSON Schemas of the socket frames; `--check` only compares.
import { readFileSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { fileURLToPath } from "node:url";

const root = resolve(fileURLToPath(import.meta.url), "../..");
const schemas = resolve(root, "../../../contracts/schemas/sockets");
const target = resolve(root, "src/shared/frames.ts");
const files = ["visitor_receives", "visitor_sends", "operator_receives", "operator_sends"].map((name) => ({
  name,
  prefix: name.startsWith("visitor") ? "Visitor" : "Operator",
  schema: JSON.parse(readFileSync(resolve(schemas, `${name}.json`), "utf8")),
}));

/** The shapes that bear one name: a name with two shapes is told apart by whose socket it is. */
const shapes = new Map();
for (const { schema } of files) {
  for (const [name, definition] of Object.entries(schema.$defs)) {
    shapes.set(name, (shapes.get(name) ?? new Set()).add(JSON.stringify(definition)));
  }
}
const named = (name, prefix) => (shapes.get(name).size > 1 ? prefix + name : name);

function type(schema, prefix) {
  if (schema.$ref) return named(schema.$ref.split("/").pop(), prefix);
  if (schema.enum) return schema.enum.map((value) => JSON.stringify(value)).join(" | ");
  if ("const" in schema) return JSON.stringify(schema.const);
  const either = schema.anyOf ?? schema.oneOf;
  if (either) return either.map((each) => type(each, prefix)).join(" | ");
  switch (schema.type) {
    case "array":
      return schema.items ? `(${type(schema.items, prefix)})[]` : "unknown[]";
    case "object":
      if (schema.properties) return `{ ${fields(schema, prefix).join(" ")} }`;
      return `Record<string, ${typeof schema.additionalProperties === "object" ? type(schema.additionalProperties, prefix) : "unknown"}>`;
    case "integer":
      return "number";
    case undefined:
      return "unknown";
    default:
      return schema.type;
  }
}

function fields(schema, prefix) {
  const required = new Set(schema.required ?? []);
  return Object.entries(schema.properties ?? {}).map(
    ([name, field]) => `${name}${required.has(name) ? "" : "?"}: ${type(field, prefix)};`,
  );
}

function written() {
  const lines = ["/** Generated from the socket frames' JSON Schemas: `npm run frames`. */", ""];
  const done = new Set();
  for (const { name, prefix, schema } of files) {
    for (const [each, definition] of Object.entries(schema.$defs)) {
      const title = named(each, prefix);
      if (done.has(title)) continue;
      done.add(title);
      const about = definition.description?.split("\n")[0];
      if (about) lines.push(`/** ${about} */`);
      if (definition.properties) lines.push(`export interface ${title} {`, ...fields(definition, prefix).map((f) => `  ${f}`), "}", "");
      else lines.push(`export type ${title} = ${type(definition, prefix)};`, "");
    }
    const union = name.split("_").map((word) => word[0].toUpperCase() + word.slice(1)).join("");
    lines.push(`export type ${union} = ${type(schema, prefix)};`, "");
  }
  return lines.join("\n");
}

const text = written();
if (!process.argv.includes("--check")) writeFileSync(target, text);
else if (readFileSync(target, "utf8") !== text) {
  console.error("src/shared/frames.ts is behind contracts/schemas/sockets: run `npm run frames`.");
  process.exitCode = 1;
}
