// Fails if what a page loads has grown over its budget, in KiB after gzip.
import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";

const dist = resolve(fileURLToPath(import.meta.url), "../../dist");
const all = readdirSync(dist, { recursive: true }).map(String);
const code = (name) => /\.(js|css|html)$/.test(name);
/** In one language, as a visitor has it. */
const widget = all.filter((name) => /^widget.*\.js$/.test(name) && !/\/(mirror|(more-)?(fr|pl|pseudo))-/.test(name));
/** The page and what it names: script, preloads, styles. */
const page = readFileSync(join(dist, "dashboard/index.html"), "utf8");
const dashboard = ["dashboard/index.html", ...[...page.matchAll(/(?:src|href)="\/(dashboard\/assets\/[^"]+\.(?:js|css))"/g)].map(([, name]) => name)];
const budgets = [
  { what: "widget before the first click", most: 10, files: all.filter((name) => name === "widget.js") },
  // What is fetched only when it is asked for: forms, files, the extras of a conversation, and what those say.
  { what: "widget for a chat", most: 30, files: widget.filter((name) => !/\/(extras|files|forms|inviting|pushing|polling|more|privacy|sheet)-/.test(name)) },
  { what: "widget with every part", most: 63, files: widget },
  { what: "dashboard, first load with fonts", most: 150, files: [...dashboard, ...all.filter((name) => /^dashboard.*\.woff2$/.test(name))] },
  // Pages and dialogs that are read when they are wanted come on top.
  { what: "dashboard, all of its code", most: 350, files: all.filter((name) => name.startsWith("dashboard") && code(name)) },
  { what: "review page", most: 15, files: all.filter((name) => name.startsWith("review/") && code(name)) },
  { what: "reviews on a product page", most: 2, files: all.filter((name) => name === "reviews.js") },
];
for (const { what, most, files } of budgets) {
  const kib = files.reduce((sum, name) => sum + gzipSync(readFileSync(join(dist, name)), { level: 9 }).length, 0) / 1024;
  const over = files.length === 0 || kib > most;
  console.log(`${what}: ${kib.toFixed(1)} of ${most} KiB${over ? ": too much, or missing" : ""}`);
  if (over) process.exitCode = 1;
}
