// Builds dist/widget.js (one classic script, styles inside) and dist/dashboard/ (served under /dashboard/).
import { existsSync } from "node:fs";
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

if (existsSync(resolve(root, "src/dashboard/index.html"))) {
  await build({
    ...common,
    root: resolve(root, "src/dashboard"),
    base: "/dashboard/",
    build: { target, cssTarget: target, outDir: resolve(root, "dist/dashboard"), emptyOutDir: true, assetsInlineLimit: 0 },
  });
}
