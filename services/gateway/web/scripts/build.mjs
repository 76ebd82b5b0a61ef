// Builds dist/widget.js (one classic script, styles inside) and dist/dashboard/ (served under /dashboard/).
import { readFileSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "vite";

const root = resolve(fileURLToPath(import.meta.url), "../..");
const target = ["chrome105", "firefox121", "safari16.4"];
const common = { configFile: false, logLevel: "warn", publicDir: false };

await build({
  ...common,
  root,
  define: { "process.env.NODE_ENV": '"production"' },
  build: {
    target,
    cssTarget: target,
    outDir: resolve(root, "dist"),
    emptyOutDir: true,
    lib: { entry: resolve(root, "src/widget/index.tsx"), name: "Shopbell", formats: ["iife"], fileName: () => "widget.js" },
  },
});

await build({
  ...common,
  root: resolve(root, "src/dashboard"),
  base: "/dashboard/",
  build: { target, cssTarget: target, outDir: resolve(root, "dist/dashboard"), emptyOutDir: true, assetsInlineLimit: 0 },
});

// What is shipped with the files comes under these licences, which ask to go along.
const licences = {
  Figtree: "src/dashboard/fonts/Figtree-OFL.txt",
  Preact: "node_modules/preact/LICENSE",
  "Preact Signals": "node_modules/@preact/signals/LICENSE",
};
const texts = Object.entries(licences).map(([name, file]) => `${name}\n\n${readFileSync(resolve(root, file), "utf8").trim()}\n`);
writeFileSync(resolve(root, "dist/licences.txt"), texts.join("\n\n"));
