/** A campaign by push service and by language. */

import { plural } from "../../shared/language.ts";
import { numberOf, percentOf } from "../chart/numbers.ts";
import { languageName } from "../settings/names.ts";
import { language, now } from "../ui.tsx";
import { isMoving } from "./figures.ts";
import { LIVE } from "./live-texts.ts";
import { pauseWords } from "./pauses.ts";
import type { Progress, ServiceFigures } from "./rest.ts";

const isSlowed = ({ slowed_until: until }: ServiceFigures) => until != null && Date.parse(until) > now.value;

export function ByService({ campaign }: { campaign: Progress }) {
  const texts = LIVE[language.value];
  const services = campaign.by_service;
  // What a service asks of others is nothing to what is over.
  const moving = isMoving(campaign);
  const notes = [
    ...pauseWords(campaign.pauses, moving),
    ...(campaign.counts.gone ? [plural(language.value, campaign.counts.gone, texts.removed)] : []),
  ];
  return (
    <section class="card pu-share">
      <h3 id="pu-services">{texts.byService}</h3>
      {services.length === 0 ? <p class="muted">{texts.none}</p> : (
        <table aria-labelledby="pu-services">
          <thead><tr><th>{texts.service}</th><th class="r">{texts.sent}</th><th class="r">{texts.goneHead}</th>{moving && <th>{texts.state}</th>}</tr></thead>
          <tbody>
            {services.map((each) => (
              <tr key={each.service}><th scope="row" title={each.service}>{each.name}</th><td class="r">{numberOf(each.sent)}</td><td class="r">{numberOf(each.gone)}</td>
                {moving && <td>{isSlowed(each) ? <span class="tag brass">{texts.slowed}</span> : <span class="tag green">{texts.steady}</span>}</td>}</tr>
            ))}
          </tbody>
        </table>
      )}
      {notes.length > 0 && <p class="meta">{notes.join(" ")}</p>}
    </section>
  );
}

export function ByLanguage({ campaign }: { campaign: Progress }) {
  const texts = LIVE[language.value];
  return (
    <section class="card pu-share">
      <h3 id="pu-languages">{texts.byLanguage}</h3>
      {campaign.by_language.length === 0 ? <p class="muted">{texts.none}</p> : (
        <table aria-labelledby="pu-languages">
          <thead><tr><th>{texts.language}</th><th class="r">{texts.delivered}</th><th class="r">{texts.clicked}</th></tr></thead>
          <tbody>
            {campaign.by_language.map((each) => (
              <tr key={each.language}><th scope="row">{languageName(language.value, each.language)}</th><td class="r">{numberOf(each.sent)}</td><td class="r">{numberOf(each.clicked)}, {percentOf(each.clicked, each.sent, 1)}</td></tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}
