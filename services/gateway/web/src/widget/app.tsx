/** The app: the window over the launcher. The loader fetches it once somebody wants it. */

import { render } from "preact";

import { dress } from "./dress.ts";
import { pickLanguage } from "../shared/language.ts";
import { speak } from "./lazily.tsx";
import type { App } from "./loader/app.ts";
import type { Host } from "./loader/host.ts";
import { PSEUDO } from "./loader/texts.ts";
import type { FirstSay } from "./say.ts";
import { Session } from "./session.ts";
import { onChange } from "./signals.ts";
import style from "./style.css?inline";
import type { Texts } from "./texts/en.ts";
import { Window } from "./window.tsx";

export function start(host: Host, { texts, more }: Texts): App {
  const { root, launcher } = host;
  const language = pickLanguage(host.language);
  dress(style, root);
  const place = document.createElement("div");
  place.lang = language;
  place.dir = host.language === PSEUDO ? "rtl" : "ltr";
  root.querySelector(".root")!.append(place);

  const say: FirstSay = { language, texts };
  speak(async () => Object.assign(texts, (await more()).texts));
  const session = new Session(host);
  let wasOpen = false;
  const draw = () => {
    const open = session.isOpen;
    render(open ? <Window session={session} say={say} /> : null, place);
    host.draw();
    // The focus comes back to where the window came from.
    if (wasOpen && !open) launcher.button.focus();
    wasOpen = open;
  };
  onChange(draw);
  draw();
  return session;
}
