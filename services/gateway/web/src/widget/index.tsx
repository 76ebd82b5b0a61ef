/**
 * The script of the shop's page: `<script async src="…/widget.js" data-shop="demo"></script>`.
 *
 * It adds one element, styles and all inside its shadow, and speaks with the gateway that it came from and nobody else.
 */

import { render } from "preact";

import { browser } from "../shared/connection/environment.ts";
import type { Config } from "./rest.ts";
import { Session } from "./session.ts";
import { onChange } from "./signals.ts";
import style from "./style.css?inline";
import { Widget } from "./view.tsx";

const NAME = "shopbell-widget";

// Only while the script runs does the page say which tag it came by.
const tag = document.currentScript as HTMLScriptElement | null;

class ShopbellWidget extends HTMLElement {
  connectedCallback(): void {
    if (this.shadowRoot || !tag) return;
    const root = this.attachShadow({ mode: "open" });
    // A sheet made by script is drawn even where the page's policy forbids style elements.
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(style);
    root.adoptedStyleSheets = [sheet];
    const config = configFrom(tag);
    const session = new Session(config, browser());
    const draw = () => render(<Widget session={session} locale={config.locale} />, root);
    draw();
    onChange(draw);
    session.start();
  }
}

function configFrom({ src, dataset }: HTMLScriptElement): Config {
  return {
    shop: dataset["shop"] ?? "",
    origin: new URL(src).origin,
    locale: (dataset["locale"] || document.documentElement.lang || navigator.language).slice(0, 35),
    ...(dataset["identity"] ? { identity: dataset["identity"] } : {}),
  };
}

function begin(): void {
  if (!tag?.dataset["shop"] || document.querySelector(NAME)) return;
  if (!customElements.get(NAME)) customElements.define(NAME, ShopbellWidget);
  const widget = document.createElement(NAME);
  if (tag.dataset["theme"]) widget.dataset["theme"] = tag.dataset["theme"];
  document.body.append(widget);
}

if (document.readyState === "loading") addEventListener("DOMContentLoaded", begin);
else begin();
