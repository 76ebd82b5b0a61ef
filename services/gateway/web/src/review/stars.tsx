/** Five stars as a group of radio buttons: arrows choose, as in any. */

import { fill, type Language, plural } from "../shared/language.ts";
import { Icon, star, warning } from "../shared/icons.tsx";
import { texts } from "./texts.ts";

interface Choice {
  language: Language;
  name: string;
  product: string;
  value: number;
  wrong: boolean;
  onChoose(stars: number): void;
}

export function Stars({ language, name, product, value, wrong, onChoose }: Choice) {
  const t = texts[language];
  const said = value ? fill(t.rated, { n: value, word: t.words[value - 1] ?? "" }) : wrong ? t.choose : t.unrated;
  return (
    <fieldset class={wrong ? "stars wrong" : "stars"} aria-describedby={`${name}-said`} aria-invalid={wrong}>
      <legend class="sr">{fill(t.stars, { product })}</legend>
      <div class="five">
        {[1, 2, 3, 4, 5].map((n) => (
          <label key={n} class={n <= value ? "on" : ""}>
            <input type="radio" name={name} value={n} checked={n === value} onChange={() => onChoose(n)} />
            <span class="sr">{plural(language, n, t.star)}</span>
            <Icon d={star} size={28} stroke={1.7} solid={n <= value} />
          </label>
        ))}
      </div>
      <p id={`${name}-said`} class="said">{wrong && <Icon d={warning} size={15} stroke={1.9} />}{said}</p>
    </fieldset>
  );
}

/** Stars that were given. */
export function Given({ language, value }: { language: Language; value: number }) {
  return (
    <span class="given" role="img" aria-label={fill(texts[language].starsOf, { n: value })}>
      {[1, 2, 3, 4, 5].map((n) => <Icon key={n} d={star} size={16} stroke={1.7} solid={n <= value} />)}
    </span>
  );
}
