/** The last changes of a part, under its preview. */

import { useEffect, useState } from "preact/hooks";

import { fill } from "../../../shared/language.ts";
import { Moment } from "../../parts.tsx";
import { addressOf } from "../../route.ts";
import { language } from "../../ui.tsx";
import { list, type Change } from "../changes/rest.ts";
import { whatOf } from "../changes/wording.ts";
import { saved } from "../draft.ts";
import { PREVIEW } from "./texts.ts";

const SHOWN = 3;
/** The log follows what is saved a moment later. */
const FOLLOWS_MS = 1_500;

export function Recent({ shop, part }: { shop: string; part: string }) {
  const texts = PREVIEW[language.value];
  const [changes, setChanges] = useState<readonly Change[]>([]);
  const tag = saved.value?.tag;
  useEffect(() => {
    // Without the log there is nothing to show, and nothing lost.
    const read = () => void list(shop, { q: "", named: "", who: "", part, from: "", to: "" }).then((page) => setChanges(page.items.slice(0, SHOWN)), () => {});
    read();
    const timer = setTimeout(read, FOLLOWS_MS);
    return () => clearTimeout(timer);
  }, [shop, part, tag]);
  if (changes.length === 0) return null;
  return (
    <section class="card recent" aria-labelledby="recent-title">
      <p class="row"><b class="grow" id="recent-title">{texts.recent}</b><a href={addressOf("settings", "changes")}>{texts.log}</a></p>
      <ul>
        {changes.map((change) => (
          <li key={change.id}>{fill(texts.changed, { name: change.author.name, what: whatOf(language.value, change) })} <span class="meta"><Moment at={change.at} /></span></li>
        ))}
      </ul>
    </section>
  );
}
