/** The part for developers: the tag, allowed origins, and, for owners, secrets and keys. */

import "./developers.css";

import { book, Icon } from "../../../shared/icons.tsx";
import { language } from "../../ui.tsx";
import { change } from "../draft.ts";
import { Section } from "../fields.tsx";
import type { PartProps } from "../registry.ts";
import { ApiKeys } from "./keys.tsx";
import { Origins } from "./origins.tsx";
import { Secrets } from "./secrets.tsx";
import { CheckAgain, CopyButton, SeenMark, Sightings, Snippet, useTag } from "./tag.tsx";
import { DEVELOPERS } from "./texts.ts";

export function DevelopersPart({ shop, role, settings }: PartProps) {
  const texts = DEVELOPERS[language.value];
  return (
    <div class="sform">
      <header class="dev-head"><div class="grow"><h1>{texts.title}</h1><p class="about">{texts.hint}</p></div><a class="btn" href="/docs" target="_blank" rel="noreferrer"><Icon d={book} />{texts.reference}</a></header>
      <div class="dev-two">
        <TagCard shop={shop} origins={settings.origins} />
        <div class="col"><Origins origins={settings.origins} />{role === "owner" && <Secrets shop={shop} />}</div>
      </div>
      {role === "owner" && <ApiKeys shop={shop} />}
    </div>
  );
}

function TagCard({ shop, origins }: { shop: string; origins: readonly string[] }) {
  const texts = DEVELOPERS[language.value];
  const { tag, failed, look } = useTag(shop);
  const here = tag ? new URL(tag.snippet.match(/src="([^"]+)"/)?.[1] ?? location.href).origin : location.origin;
  return (
    <Section title={texts.tag} hint={texts.tagHint}>
      <div class="dev-pad">
        {tag && <><Snippet text={tag.snippet} /><div class="row"><CopyButton text={tag.snippet} label={texts.copyTag} primary /><CheckAgain look={look} /><span class="ends"><SeenMark tag={tag} /></span></div></>}
        {failed && <p class="err" role="alert">{texts.tagFailed}</p>}
        {tag && <Sightings tag={tag} origins={origins} onAllow={(origin) => origins.includes(origin) || change({ origins: [...origins, origin] })} />}
        <details><summary class="textlink">{texts.policy}</summary>
          <p class="d">{texts.policyHint}</p>
          <Snippet text={policyOf(here)} /><CopyButton text={policyOf(here)} label={texts.copy} />
        </details>
      </div>
    </Section>
  );
}

/** As docs/how-to/widget.md has it. */
const policyOf = (origin: string) => `script-src ${origin}; connect-src ${origin} ${origin.replace(/^http/, "ws")}; img-src ${origin}`;
