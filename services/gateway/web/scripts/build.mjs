// Builds dist/widget.js (one classic script, styles inside), dist/widget/ (what it fetches once somebody wants the chat)
// and, but for `--widget`, dist/dashboard/ (served under /dashboard/) and dist/preview/ (under /preview/).
import { copyFileSync, readFileSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "vite";

const root = resolve(fileURLToPath(import.meta.url), "../..");
const target = ["chrome105", "firefox121", "safari16.4"];
const common = { configFile: false, logLevel: "warn", publicDir: false };
const production = { "process.env.NODE_ENV": '"production"' };
const widget = (name) => resolve(root, "src/widget", name);
const languages = { en: "en", fr: "fr", pl: "pl", "ar-XB": "pseudo" };

const [{ output }] = await build({
  ...common,
  root,
  resolve: { alias: { "preact/jsx-runtime": widget("jsx.ts") } },
  define: production,
  build: {
    target,
    cssTarget: target,
    outDir: resolve(root, "dist/widget"),
    emptyOutDir: true,
    // A library's modules load each other as they are; an application's would bring a loader along.
    lib: { entry: { app: widget("app.tsx"), ...Object.fromEntries(Object.values(languages).map((name) => [name, widget(`texts/${name}.ts`)])) }, formats: ["es"] },
    rollupOptions: {
      preserveEntrySignatures: "allow-extension",
      output: { entryFileNames: "assets/[name]-[hash].js", chunkFileNames: "assets/[name]-[hash].js", minify: true, comments: false },
    },
  },
});
// Each by itself, as few pages load several: what they share with the app is less than what parting that would cost.
const parts = { inviting: "inviting/inviting.ts", pushing: "pushing/pushing.ts", polling: "polling/polling.ts" };
const alone = await Promise.all(Object.entries(parts).map(([name, file]) => build({
  ...common,
  root,
  define: production,
  build: {
    target,
    cssTarget: target,
    outDir: resolve(root, "dist/widget"),
    emptyOutDir: false,
    lib: { entry: { [name]: widget(file) }, formats: ["es"] },
    rollupOptions: { treeshake: { moduleSideEffects: false }, output: { entryFileNames: "assets/[name]-[hash].js", minify: true, comments: false } },
  },
})));
const chunks = [...output, ...alone.flatMap(([made]) => made.output)];
const built = (name) => chunks.find((chunk) => chunk.isEntry && chunk.name === name).fileName;
const files = { app: built("app"), ...Object.fromEntries(Object.keys(parts).map((name) => [name, built(name)])), texts: Object.fromEntries(Object.entries(languages).map(([tag, name]) => [tag, built(name)])) };

await build({
  ...common,
  root,
  define: { ...production, FILES: JSON.stringify(files) },
  build: {
    target,
    cssTarget: target,
    outDir: resolve(root, "dist"),
    emptyOutDir: false,
    lib: { entry: widget("loader/index.ts"), name: "Shopbell", formats: ["iife"], fileName: () => "widget.js" },
    // Of a module that draws icons only their paths are wanted here.
    rollupOptions: { treeshake: { moduleSideEffects: false } },
  },
});
// What the shops' own service worker files bring in.
await build({
  ...common,
  root,
  build: {
    target,
    outDir: resolve(root, "dist"),
    emptyOutDir: false,
    lib: { entry: widget("pushing/worker.ts"), name: "ShopbellPush", formats: ["iife"], fileName: () => "push-worker.js" },
  },
});
copyFileSync(widget("loader/shopbell.d.ts"), resolve(root, "dist/widget/shopbell.d.ts"));

if (process.argv.includes("--widget")) process.exit();

await build({
  ...common,
  root: resolve(root, "src/dashboard"),
  base: "/dashboard/",
  build: { target, cssTarget: target, outDir: resolve(root, "dist/dashboard"), emptyOutDir: true, assetsInlineLimit: 0 },
});

// What the settings show in a frame: the widget itself, on a gateway that is none.
await build({
  ...common,
  root: widget("preview"),
  base: "/preview/",
  resolve: { alias: { "preact/jsx-runtime": widget("jsx.ts") } },
  build: { target, cssTarget: target, outDir: resolve(root, "dist/preview"), emptyOutDir: true },
});

// What a customer reviews with, who came by a mail's link; and what a shop's product pages load to show reviews.
await build({
  ...common,
  root: resolve(root, "src/review"),
  base: "/review/",
  build: { target, cssTarget: target, outDir: resolve(root, "dist/review"), emptyOutDir: true, assetsInlineLimit: 0 },
});
await build({
  ...common,
  root,
  build: {
    target,
    outDir: resolve(root, "dist"),
    emptyOutDir: false,
    lib: { entry: resolve(root, "src/reviews/reviews.ts"), name: "ShopbellReviews", formats: ["iife"], fileName: () => "reviews.js" },
  },
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
  "TanStack Virtual": "node_modules/@tanstack/virtual-core/LICENSE",
};
const texts = Object.entries(licences).map(([name, file]) => `${name}\n\n${readFileSync(resolve(root, file), "utf8").trim()}\n`);
writeFileSync(resolve(root, "dist/licences.txt"), texts.join("\n\n"));
