/** Help: from an empty shop to the first chat, answers to search, and whom to ask. */

import "./help.css";

import type { OperatorDesk } from "../operator.ts";
import { addressOf } from "../route.ts";
import { language } from "../ui.tsx";
import { ContactTab } from "./contact.tsx";
import { Faq } from "./faq.tsx";
import { GettingStarted } from "./start.tsx";
import { HELP } from "./texts.ts";

const TABS = ["start", "faq", "contact"] as const;
type Tab = (typeof TABS)[number];

/** `open`: a tab's name, and behind it what it shows: `faq/limit`. */
export function HelpPage({ shop, desk, open }: { shop: string; desk: OperatorDesk; open: string | null }) {
  const texts = HELP[language.value];
  const [name, more = null] = (open ?? "").split("/", 2);
  const tab = TABS.find((each) => each === name) ?? "start";
  const labels: Record<Tab, string> = { start: texts.start, faq: texts.faq, contact: texts.contact };
  return (
    <main class="help" tabIndex={-1}>
      <nav class="seg help-tabs" aria-label={texts.tabs}>
        {TABS.map((each) => <a key={each} href={addressOf("help", each)} aria-current={each === tab ? "page" : undefined}>{labels[each]}</a>)}
      </nav>
      {tab === "start" && <GettingStarted shop={shop} desk={desk} />}
      {tab === "faq" && <Faq open={more} />}
      {tab === "contact" && <ContactTab shop={shop} desk={desk} />}
    </main>
  );
}
