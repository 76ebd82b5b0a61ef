/** What a visitor sees, before and after voting. */

import { check, Icon } from "../../shared/icons.tsx";
import { fill } from "../../shared/language.ts";
import { percentOf } from "../chart/numbers.ts";
import { language } from "../ui.tsx";
import { barsOf } from "./figures.ts";
import type { Content } from "./rest.ts";
import { POLLS } from "./texts.ts";
import { countWords, dayOf } from "./wording.tsx";

/** Without `counts` an example stands in their place. */
export function Preview({ content, counts }: { content: Content; counts?: Record<string, number> }) {
  const texts = POLLS[language.value];
  const { answers = [] } = content;
  const voted = Object.values(counts ?? {}).some((count) => count > 0);
  const bars = barsOf(content, voted ? counts! : Object.fromEntries(answers.map(({ id }, at) => [id, 2 ** Math.max(0, 4 - at)])));
  // The same one before and after.
  const chosen = bars[0]?.id;
  const all = bars.reduce((sum, each) => sum + each.count, 0);
  return (
    <aside class="po-prev" aria-hidden="true" inert>
      <p class="meta">{texts.onPages}</p>
      <div class="po-card">
        <b dir="auto">{content.question || texts.question}</b>
        {answers.map(({ id, text }) => <span key={id} class={id === chosen ? "po-opt on" : "po-opt"}><i /><span dir="auto">{text}</span></span>)}
        <span class="row"><span class="btn primary">{texts.vote}</span>{content.closes_at && <span class="meta ends">{fill(texts.untilShort, { day: dayOf(content.closes_at) })}</span>}</span>
      </div>
      <p class="meta">{voted || content.results === "never" ? texts.afterVoting : texts.afterExample}</p>
      <div class="po-card">
        <b dir="auto">{content.question || texts.question}</b>
        {content.results !== "never" && bars.map((bar) => (
          <span key={bar.id} class={bar.id === chosen ? "po-res on" : "po-res"}>
            <span class="row"><span dir="auto">{bar.name}</span>{bar.id === chosen && <><Icon d={check} size={15} /><span class="meta">{texts.yours}</span></>}<b class="ends">{percentOf(bar.count, all)}</b></span>
            <i><i style={`inline-size:${all ? (bar.count / all) * 100 : 0}%`} /></i>
          </span>
        ))}
        <span class="row meta">{content.results !== "never" && voted && countWords(all, texts.votes)}<span class="ends">{texts.thanks}</span></span>
      </div>
    </aside>
  );
}
