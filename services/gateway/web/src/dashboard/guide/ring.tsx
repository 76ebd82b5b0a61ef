/** Fourth step: online, and the first chat, with oneself. */

import { useEffect } from "preact/hooks";

import { bellRings, check, Icon } from "../../shared/icons.tsx";
import { plural } from "../../shared/language.ts";
import { OnlineSwitch } from "../desk-bar/online-switch.tsx";
import { addressOf } from "../route.ts";
import { useTag } from "../settings/developers/tag.tsx";
import { language } from "../ui.tsx";
import type { StepProps } from "./guide-page.tsx";
import { finish } from "./keeping.ts";
import { isAnswered } from "./progress.ts";
import { GUIDE } from "./texts.ts";

export function Ring({ shop, desk, settings }: StepProps) {
  const texts = GUIDE[language.value];
  const { tag } = useTag(shop);
  const chats = [...desk.chats.value.values()];
  const answered = isAnswered(chats);
  const rings = !answered && chats.some((chat) => chat.status === "open");
  const origin = tag?.seen[0]?.origin ?? settings.origins[0];
  // Beside the dashboard stand the demo shop's pages alone.
  const page = origin === location.origin ? `${origin}/demo/` : origin;
  useEffect(() => {
    if (answered) finish(shop);
  }, [answered]);
  return (
    <div class="guide-form guide-ring">
      <span class={rings ? "guide-bell rings" : "guide-bell"}><Icon d={bellRings} size={34} /></span>
      <ol>{texts.ring.map((each, at) => <li key={each}><i>{at + 1}</i>{each}</li>)}</ol>
      <p class="card row guide-online"><OnlineSwitch desk={desk} /><span class="meta ends">{plural(language.value, desk.channels.value.length, texts.channels)}</span></p>
      {rings && <p class="note brass" role="status"><Icon d={bellRings} size={18} /><span class="grow">{texts.rings}</span><a class="btn sm" href={addressOf("chat")}>{texts.answerIt}</a></p>}
      {answered && <p class="note green" role="status"><Icon d={check} size={18} /><span class="grow">{texts.done}</span></p>}
      {!rings && !answered && page && <a class="btn primary" href={page} target="_blank" rel="noreferrer">{texts.visit}</a>}
    </div>
  );
}
