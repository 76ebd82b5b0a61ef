/**
 * The script of the shop's page: `<script async src="…/widget.js" data-shop="demo"></script>`.
 *
 * It adds one element, styles and all inside its shadow, and speaks with the gateway that it came from and nobody else.
 */

import { browser } from "../../shared/connection/environment.ts";
import { offer } from "./api.ts";
import type { App, Fetch } from "./app.ts";
import { Host, type Config } from "./host.ts";
import { element } from "./launcher.ts";
import type { FetchPart, PartName } from "./parts.ts";
import style from "./launcher.css?inline";

/** The names of the built files: the app, the parts beside it, and the texts by language. */
declare const FILES: { app: string; texts: Record<string, string> } & Record<PartName, string>;

const NAME = "shopbell-widget";

// Only while the script runs does the page say which tag it came by.
const tag = document.currentScript as HTMLScriptElement | null;

class ShopbellWidget extends HTMLElement {
  connectedCallback(): void {
    if (this.shadowRoot || !tag) return;
    const shadow = this.attachShadow({ mode: "open" });
    // A sheet made by script is drawn even where the page's policy forbids style elements.
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(style);
    shadow.adoptedStyleSheets = [sheet];
    const config = configFrom(tag);
    const host = new Host(config, browser(), shadow, ...fetchFrom(config.origin));
    const root = element("div", "root");
    // It stands where the page's direction puts it; what it says runs as its own language does.
    root.dir = getComputedStyle(document.documentElement).direction;
    // Those who find their way by landmarks come by.
    root.role = "complementary";
    root.ariaLabel = host.launcher.texts.launcher;
    root.append(host.launcher.button, host.launcher.status);
    shadow.append(root);
    host.draw();
    offer(host);
    host.start();
  }
}

function fetchFrom(origin: string): [Fetch, FetchPart] {
  const get = <Module>(file: string): Promise<Module> => import(/* @vite-ignore */ `${origin}/widget/${file}`);
  return [
    async (language) => {
      const [{ start }, texts] = await Promise.all([get<{ start(host: Host, texts: unknown): App }>(FILES.app), get(FILES.texts[language]!)]);
      return { start: (host) => start(host, texts) };
    },
    (name) => get(FILES[name]),
  ];
}

function configFrom({ src, dataset }: HTMLScriptElement): Config {
  return {
    shop: dataset["shop"] ?? "",
    origin: new URL(src).origin,
    locale: (dataset["locale"] || document.documentElement.lang || navigator.language).slice(0, 35),
    identity: dataset["identity"] || undefined,
    group: dataset["pageGroup"],
  };
}

function begin(): void {
  if (!tag?.dataset["shop"] || document.querySelector(NAME)) return;
  if (!customElements.get(NAME)) customElements.define(NAME, ShopbellWidget);
  const widget = document.createElement(NAME);
  if (tag.dataset["theme"]) widget.dataset["theme"] = tag.dataset["theme"];
  // Beside the body: shops that draw their pages themselves replace all that is in it.
  document.documentElement.append(widget);
}

if (document.readyState === "loading") addEventListener("DOMContentLoaded", begin);
else begin();
