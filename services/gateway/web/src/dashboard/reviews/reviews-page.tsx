/** Reviews: read and decided on, one tab a state, and how customers are asked for them. */

import "./reviews.css";

import { useState } from "preact/hooks";

import { cross, download, Icon, search, sliders, upload } from "../../shared/icons.tsx";
import { plural } from "../../shared/language.ts";
import type { OperatorDesk } from "../operator.ts";
import { Segments } from "../parts.tsx";
import { addressOf } from "../route.ts";
import { language } from "../ui.tsx";
import { counts } from "./counts.ts";
import { Figures } from "./figures.tsx";
import { Bringing } from "./bringing.tsx";
import { Moderation } from "./moderation.tsx";
import { Requests } from "./requests.tsx";
import * as rest from "./rest.ts";
import { RulesDialog } from "./rules-dialog.tsx";
import { useStanding } from "./standing.ts";
import { REVIEWS } from "./texts.ts";

const TABS = [...rest.STATES, "requests"] as const;
type Tab = (typeof TABS)[number];

/** `open`: the tab that the address names; null is the first. */
export function ReviewsPage({ shop, desk, open }: { shop: string; desk: OperatorDesk; open: string | null }) {
  const texts = REVIEWS[language.value];
  const tab = TABS.find((each) => each === open) ?? "waiting";
  const [q, setQ] = useState("");
  const [stars, setStars] = useState<rest.Stars | null>(null);
  const [dialog, setDialog] = useState<"rules" | "import" | null>(null);
  const standing = useStanding(shop);

  const go = (to: Tab) => (location.hash = addressOf("reviews", to === "waiting" ? null : to));
  const filter = (to: rest.Stars) => {
    setStars(tab === "published" && stars === to ? null : to);
    go("published");
    // On a phone the bars stand below what they filter.
    document.querySelector("main")?.scrollTo({ top: 0 });
  };
  const query = tab === "requests" ? null : { state: tab, q, stars: tab === "published" ? stars : null };
  return (
    <main class="rv" tabIndex={-1}>
      <header class="row rv-top">
        <Segments<Tab> label={texts.tabs} value={tab} onChange={go} options={TABS.map((value) => ({ value, label: texts[value], count: value === "waiting" ? counts.value.waiting : undefined }))} />
        {query?.stars && <button class="fl on" onClick={() => setStars(null)}>{plural(language.value, query.stars, texts.onlyStars)}<Icon d={cross} size={14} /></button>}
        <div class="row ends rv-tools" role="search">
          {query && (
            <label class="in"><Icon d={search} /><span class="sr">{texts.search}</span>
              <input type="search" value={q} placeholder={texts.search} maxLength={200} onInput={(event) => setQ(event.currentTarget.value)} />
            </label>
          )}
          <button class="ib lg" aria-label={texts.import} title={texts.import} onClick={() => setDialog("import")}><Icon d={upload} size={18} /></button>
          {query && <a class="ib lg" href={rest.exportAddress(shop, query, language.value !== "en")} download aria-label={texts.export} title={texts.export}><Icon d={download} size={18} /></a>}
          <button class="btn" onClick={() => setDialog("rules")}><Icon d={sliders} />{texts.rules}</button>
        </div>
      </header>
      <div class="rv-two">
        {query
          ? <Moderation key={tab} shop={shop} query={query} isAsking={standing.rules?.on === true} looks={standing.looks} onChanged={standing.read} onAll={() => { setQ(""); setStars(null); }} onRules={() => setDialog("rules")} />
          : <Requests shop={shop} rules={standing.rules} planned={standing.asked?.planned ?? 0} looks={standing.looks} onRules={() => setDialog("rules")} />}
        <Figures standing={standing} stars={query?.stars ?? null} state={query?.state ?? null} onStars={filter} onRules={() => setDialog("rules")} />
      </div>
      {dialog === "rules" && <RulesDialog shop={shop} languages={desk.settings.value.languages ?? []} onClose={() => setDialog(null)} onSaved={standing.look} />}
      {dialog === "import" && <Bringing shop={shop} onClose={() => setDialog(null)} onBrought={standing.look} />}
    </main>
  );
}
