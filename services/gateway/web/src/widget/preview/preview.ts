/**
 * The page that the dashboard shows in a frame beside the settings: the widget itself, on a gateway that is none.
 *
 * The address says what to show (`?shows=window&state=line&language=fr&theme=dark`), the dashboard says by messages how
 * the shop is set up, as often as that changes. Nothing leaves the page.
 */

import { browser } from "../../shared/connection/environment.ts";
import { pickLanguage } from "../../shared/language.ts";
import { start } from "../app.tsx";
import type { App } from "../loader/app.ts";
import { Host } from "../loader/host.ts";
import { element } from "../loader/launcher.ts";
import launcherStyle from "../loader/launcher.css?inline";
import { Session } from "../session.ts";
import type { Texts } from "../texts/en.ts";
import { PretendGateway, pretending } from "./gateway.ts";
import type { Told } from "./messages.ts";
import type { State } from "./scene.ts";

const asked = new URLSearchParams(location.search);
const language = asked.get("language") ?? "en";
const TEXTS: Record<ReturnType<typeof pickLanguage>, () => Promise<Texts>> = {
  en: () => import("../texts/en.ts"), fr: () => import("../texts/fr.ts"), pl: () => import("../texts/pl.ts"),
};

let gateway: PretendGateway | null = null;
let session: Session | null = null;

/** The window opens as it does after a page load: nobody's focus is moved. */
async function fetchApp(): Promise<{ start(host: Host): App }> {
  const texts = await TEXTS[pickLanguage(language)]();
  return {
    start: (host) => {
      const app = start(host, texts);
      if (app instanceof Session) session = app;
      return Object.assign(app, { show: (open: boolean) => session && (session.open.value = open) });
    },
  };
}

function begin(settings: Told["settings"]): void {
  gateway = new PretendGateway(language, (asked.get("state") ?? "talking") as State, settings);
  window.fetch = gateway.fetch;
  const box = document.body.appendChild(element("div", ""));
  box.dataset["theme"] = asked.get("theme") ?? "light";
  const shadow = box.attachShadow({ mode: "open" });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(launcherStyle);
  shadow.adoptedStyleSheets = [sheet];
  const host = new Host({ shop: "preview", origin: location.origin, locale: language }, pretending(browser(), gateway), shadow, fetchApp);
  const root = element("div", "root");
  root.append(host.launcher.button, host.launcher.status);
  shadow.append(root);
  host.start();
  // Once the gateway has said what there is to open.
  if (asked.get("shows") !== "launcher") setTimeout(() => host.open());
}

addEventListener("message", ({ origin, source, data }: MessageEvent<Told>) => {
  if (origin !== location.origin || source !== parent || data?.type !== "settings") return;
  if (!gateway) return begin(data.settings);
  gateway.change(data.settings);
  if (session) session.letter.form.value = gateway.form;
});
parent.postMessage({ type: "ready" }, location.origin);
