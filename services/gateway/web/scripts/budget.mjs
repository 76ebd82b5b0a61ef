// Fails if what a page loads has grown over its budget, in KiB after gzip.
import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";

const dist = resolve(fileURLToPath(import.meta.url), "../../dist");
const all = readdirSync(dist, { recursive: true }).map(String);
const code = (name) => /\.(js|css|html)$/.test(name);
const budgets = [
  { what: "widget before the first click", most: 10, files: all.filter((name) => name === "widget.js") },
  { what: "widget for a chat", most: 30, files: all.filter((name) => /^widget(\.js|\/assets\/(app|en)-)/.test(name)) },
  { what: "widget with every part, in one language", most: 34, files: all.filter((name) => /^widget.*\.js$/.test(name) && !/\/(fr|pl|pseudo)-/.test(name)) },
  { what: "dashboard (code)", most: 100, files: all.filter((name) => name.startsWith("dashboard") && code(name)) },
  { what: "dashboard (with fonts)", most: 150, files: all.filter((name) => /^dashboard.*\.(js|css|html|woff2)$/.test(name)) },
];
for (const { what, most, files } of budgets) {
  const kib = files.reduce((sum, name) => sum + gzipSync(readFileSync(join(dist, name)), { level: 9 }).length, 0) / 1024;
  const over = files.length === 0 || kib > most;
  console.log(`${what}: ${kib.toFixed(1)} of ${most} KiB${over ? ": too much, or missing" : ""}`);
  if (over) process.exitCode = 1;
}
