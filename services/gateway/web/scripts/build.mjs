// Builds dist/widget.js (one classic script, styles inside) and dist/dashboard/ (served under /dashboard/).
import { copyFileSync, readFileSync, writeFileSync } from "node:fs";
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

// Beside the page, under names that never change: the service worker, and what a phone's home screen asks for.
await build({
  ...common,
  root,
  build: {
    target,
    outDir: resolve(root, "dist/dashboard"),
    emptyOutDir: false,
    lib: { entry: resolve(root, "src/dashboard/sw.ts"), name: "ShopbellWorker", formats: ["iife"], fileName: () => "sw.js" },
  },
});
for (const name of ["icon-192.png", "icon-512.png", "manifest.webmanifest"]) {
  copyFileSync(resolve(root, "src/dashboard", name), resolve(root, "dist/dashboard", name));
}

// What is shipped with the files comes under these licences, which ask to go along.
const licences = {
  Figtree: "src/dashboard/fonts/Figtree-OFL.txt",
  Preact: "node_modules/preact/LICENSE",
  "Preact Signals": "node_modules/@preact/signals/LICENSE",
};
const texts = Object.entries(licences).map(([name, file]) => `${name}\n\n${readFileSync(resolve(root, file), "utf8").trim()}\n`);
writeFileSync(resolve(root, "dist/licences.txt"), texts.join("\n\n"));
