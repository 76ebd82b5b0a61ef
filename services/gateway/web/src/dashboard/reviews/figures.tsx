/** What the published reviews come to, what came of the mails, and the keys. */

import { Icon, keyboard } from "../../shared/icons.tsx";
import { fill, plural } from "../../shared/language.ts";
import { numberOf, percentOf } from "../chart/numbers.ts";
import { Skeleton, Stars } from "../parts.tsx";
import { choices } from "../preferences/choices.ts";
import { language } from "../ui.tsx";
import type * as rest from "./rest.ts";
import { inWords } from "./rules.ts";
import { RULES } from "./rules-texts.ts";
import type { Standing } from "./standing.ts";
import { REVIEWS } from "./texts.ts";

const DOWN = [5, 4, 3, 2, 1] as const;

/** `stars`: which of them the list shows, if not all; `state`: of which reviews there is a list, if any. */
export function Figures({ standing, stars, state, onStars, onRules }: { standing: Standing; stars: rest.Stars | null; state: rest.State | null; onStars(stars: rest.Stars): void; onRules(): void }) {
  return (
    <div class="rv-side">
      <Published figures={standing.figures} failed={standing.failed} stars={stars} onStars={onStars} />
      <Asked asked={standing.asked} rules={standing.rules} failed={standing.failed} onRules={onRules} />
      {state && choices.letters.value && <Keys state={state} />}
    </div>
  );
}

function Published({ figures, failed, stars, onStars }: { figures: rest.Figures | null; failed: boolean; stars: rest.Stars | null; onStars(stars: rest.Stars): void }) {
  const texts = REVIEWS[language.value];
  return (
    <section class="card rv-pad" aria-labelledby="rv-all">
      <h2 id="rv-all" class="rv-what">{texts.allPublished}</h2>
      {figures === null ? <Missing failed={failed} rows={2} said={texts.failed} /> : figures.count === 0 ? <p class="muted">{texts.noFigures}</p> : (
        <>
          <Average figures={figures} />
          <ul class="rv-bars" aria-label={texts.starsLabel}>
            {DOWN.map((each) => (
              <li key={each}>
                <button aria-pressed={stars === each} onClick={() => onStars(each)}>
                  <span>{plural(language.value, each, texts.onlyStars)}</span>
                  <span class="rv-track" aria-hidden="true"><i style={`inline-size:${(figures.stars[each] / figures.count) * 100}%`} /></span>
                  <span class="r">{numberOf(figures.stars[each])}</span>
                </button>
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}

/** What could not be read is asked for again by itself. */
const Missing = ({ failed, rows, said }: { failed: boolean; rows: number; said: string }) => (failed ? <p class="muted">{said}</p> : <Skeleton rows={rows} />);

function Average({ figures: { average, count, confirmed } }: { figures: rest.Figures }) {
  const texts = REVIEWS[language.value];
  const shown = new Intl.NumberFormat(language.value, { minimumFractionDigits: 1, maximumFractionDigits: 1 }).format(average);
  const said = fill(plural(language.value, count, texts.ofCount), { share: percentOf(confirmed, count) });
  return (
    <div class="rv-average">
      <b aria-label={fill(texts.average, { average: shown })}>{shown}</b>
      <div><span aria-hidden="true"><Stars score={Math.round(average)} /></span><p class="meta">{said}</p></div>
    </div>
  );
}

function Asked({ asked, rules, failed, onRules }: { asked: rest.Asked | null; rules: rest.Rules | null; failed: boolean; onRules(): void }) {
  const texts = REVIEWS[language.value];
  return (
    <section class="card rv-pad" aria-labelledby="rv-asked">
      <header class="row"><h2 id="rv-asked" class="grow">{texts.asked}</h2><button class="textlink" onClick={onRules}>{texts.settings}</button></header>
      {rules && <p class="muted">{inWords(rules)}</p>}
      {asked === null ? <Missing failed={failed} rows={3} said={RULES[language.value].failedList} /> : <Course asked={asked} />}
    </section>
  );
}

function Course({ asked: { sent, opened, wrote, reminded, withheld, unsubscribed } }: { asked: rest.Asked }) {
  const texts = REVIEWS[language.value];
  const { cancelled = 0, returned = 0, ...rest } = withheld;
  const others = Object.values(rest).reduce((sum, each) => sum + each, 0);
  const share = (part: number) => (sent ? `${numberOf(part)}, ${percentOf(part, sent)}` : numberOf(part));
  return (
    <dl class="rv-course">
      <dt>{texts.sent}</dt><dd><b>{numberOf(sent)}</b></dd>
      <dt>{texts.opened}</dt><dd>{share(opened)}</dd>
      <dt>{texts.wrote}</dt><dd>{share(wrote)}</dd>
      <dt>{texts.reminded}</dt><dd>{numberOf(reminded)}</dd>
      <dt>{texts.stopped}</dt><dd>{numberOf(cancelled + returned)}</dd>
      {others > 0 && <><dt>{texts.others}</dt><dd>{numberOf(others)}</dd></>}
      <dt>{texts.unsubscribed}</dt><dd>{numberOf(unsubscribed)}</dd>
    </dl>
  );
}

function Keys({ state }: { state: rest.State }) {
  const texts = REVIEWS[language.value];
  const keys = [
    ...(state === "published" ? [] : [["P", texts.keyPublish]]), ...(state === "rejected" ? [] : [["X", state === "published" ? texts.keyTakeDown : texts.keyReject], ["R", texts.keyReply]]), ["J", texts.keyNext],
  ];
  return <p class="note rv-keys wide-only"><Icon d={keyboard} size={18} />{keys.map(([key, what], at) => <span key={key}><kbd>{key}</kbd> {what}{at < keys.length - 1 && ","}</span>)}</p>;
}
