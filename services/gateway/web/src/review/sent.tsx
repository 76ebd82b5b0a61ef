/** What was sent, and what else could be rated. */

import { fill, type Language } from "../shared/language.ts";
import { bellRings, clock, Icon } from "../shared/icons.tsx";
import type { Typed } from "./draft.ts";
import { nameOf, NOTHING, Picture } from "./form.tsx";
import type { Form } from "./rest.ts";
import { Given } from "./stars.tsx";
import { texts } from "./texts.ts";

export function Sent({ form, language, sent }: { form: Form; language: Language; sent: Record<string, Typed> }) {
  const t = texts[language];
  const name = form.author.split(" ")[0];
  return (
    <div class="thanks">
      <span class="bell"><Icon d={bellRings} size={36} stroke={1.5} /></span>
      <h1 tabIndex={-1}>{name ? fill(t.thanksName, { name }) : t.thanks}</h1>
      <p class="lead">{t.reading}</p>
      <ul class="cards">
        {form.items.filter((product) => sent[product.sku]).map((product) => (
          <li key={product.sku} class="card">
            <div class="product">
              <Picture product={product} size={44} />
              <div>
                <h2>{nameOf(product)}</h2>
                <Given language={language} value={(sent[product.sku] ?? NOTHING).stars} />
              </div>
              <span class="tag"><Icon d={clock} size={14} stroke={1.9} />{t.beingRead}</span>
            </div>
          </li>
        ))}
      </ul>
    </div>
  );
}

/** Instead of a form: a sentence, and perhaps what to do. */
export function Notice({ title, hint, children }: { title: string; hint: string; children?: preact.ComponentChildren }) {
  return (
    <div class="thanks">
      <h1 tabIndex={-1}>{title}</h1>
      <p class="lead">{hint}</p>
      {children}
    </div>
  );
}
