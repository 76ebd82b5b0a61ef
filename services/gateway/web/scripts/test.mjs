// Runs the unit tests with Node's own runner: they are bundled first, as Node 20 reads no TypeScript.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "vite";

const root = resolve(fileURLToPath(import.meta.url), "../..");
const only = process.argv[2] ?? "";
const tests = readdirSync(join(root, "tests")).filter((name) => name.endsWith(".test.ts") && name.includes(only));
const outDir = mkdtempSync(join(tmpdir(), "shopbell-web-tests-"));
try {
  await build({
    root,
    configFile: false,
    logLevel: "error",
    build: {
      ssr: true,
      outDir,
      emptyOutDir: true,
      minify: false,
      rollupOptions: {
        input: tests.map((name) => join(root, "tests", name)),
        output: { format: "es", entryFileNames: "[name].mjs" },
      },
    },
    ssr: { noExternal: true },
  });
  const bundles = readdirSync(outDir).filter((name) => name.endsWith(".test.mjs"));
  const run = spawnSync(process.execPath, ["--test", ...bundles.map((name) => join(outDir, name))], { stdio: "inherit" });
  process.exitCode = run.status ?? 1;
} finally {
  rmSync(outDir, { recursive: true, force: true });
}
