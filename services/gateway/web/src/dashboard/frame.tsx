/** What stands on every page: rail, desk bar, what the desk has to say, and the conversations that go on. */

import type { ComponentChildren } from "preact";

import { chat as chatIcon, cross, help as helpIcon, history as historyIcon, Icon, inbox as inboxIcon, people, sliders } from "../shared/icons.tsx";
import { fill, plural } from "../shared/language.ts";
import { Strip } from "./alerts/strip.tsx";
import type { Counter } from "./counter.ts";
import { DeskBar } from "./desk-bar/desk-bar.tsx";
import { toAnswer } from "./inbox/counts.ts";
import type { OperatorDesk } from "./operator.ts";
import { OUTREACH } from "./outreach.ts";
import { DeskTools } from "./preferences/desk-tools.tsx";
import { Overlays } from "./preferences/overlays.tsx";
import { RecapTab } from "./recap/recap-tab.tsx";
import { counts as reviewCounts } from "./reviews/counts.ts";
import { addressOf, type PageName } from "./route.ts";
import { language, Logo, narrow, t } from "./ui.tsx";
import { CannedHost } from "./window/canned-host.tsx";

export function pageTitle(page: PageName): string {
  const texts = t();
  return { chat: texts.chat, visitors: texts.visitors, history: texts.history, offline: texts.inbox, push: texts.push, reviews: texts.reviews, polls: texts.polls, person: texts.person, receipt: texts.receipt, settings: texts.settings, help: texts.help, guide: texts.help }[page];
}

interface Props { desk: OperatorDesk; counter: Counter; page: PageName }

export function Frame({ desk, counter, page, children }: Props & { children: ComponentChildren }) {
  return (
    <div class="app">
      <Rail desk={desk} page={page} />
      <div class="main">
        <DeskBar desk={desk} title={pageTitle(railOf(page))}>
          <DeskTools desk={desk} counter={counter} ownSearch={page === "history" || page === "offline" || page === "reviews"} />
        </DeskBar>
        <Strip desk={desk} counter={counter} />
        <Refusal desk={desk} />
        {children}
        {page !== "chat" && <RecapTab desk={desk} counter={counter} />}
      </div>
      <Overlays desk={desk} counter={counter} />
      <CannedHost desk={desk} />
    </div>
  );
}

function Rail({ desk, page }: { desk: OperatorDesk; page: PageName }) {
  const texts = t();
  const turns = desk.ourTurn.value;
  const waiting = desk.waiting.value.length;
  return (
    <nav class="rail" aria-label={texts.main}>
      <Logo />
      <RailLink to="chat" at={page} icon={chatIcon} label={texts.chat}>
        {turns > 0 && <span class="count" role="img" aria-label={`${turns} ${texts.yourTurn}`}>{short(turns)}</span>}
      </RailLink>
      <RailLink to="visitors" at={page} icon={people} label={texts.visitors} only="foot-only">
        {waiting > 0 && <span class="count" role="img" aria-label={plural(language.value, waiting, texts.waitingCount)}>{short(waiting)}</span>}
      </RailLink>
      <RailLink to="history" at={page} icon={historyIcon} label={texts.history} />
      <RailLink to="offline" at={page} icon={inboxIcon} label={texts.inbox}>
        {toAnswer.value > 0 && <span class="count quiet" role="img" aria-label={plural(language.value, toAnswer.value, texts.toAnswer)}>{short(toAnswer.value)}</span>}
      </RailLink>
      {desk.mayChangeSettings.value && OUTREACH.map((each) => <RailLink key={each.page} to={each.page} at={page} icon={each.icon} label={texts[each.page]} only="wide-only">{each.page === "reviews" && <ToRead />}</RailLink>)}
      <span class="push" />
      <RailLink to="settings" at={page} icon={sliders} label={texts.settings} />
      <RailLink to="help" at={page} icon={helpIcon} label={texts.help} only="wide-only" />
    </nav>
  );
}

/** How many reviews wait to be read. */
function ToRead() {
  const { waiting } = reviewCounts.value;
  return waiting > 0 ? <span class="count quiet" role="img" aria-label={plural(language.value, waiting, t().toRead)}>{short(waiting)}</span> : null;
}

/** As much as a badge holds. */
const short = (count: number) => (count > 99 ? "99+" : count);

/** The entry of the rail to which a page belongs. */
const railOf = (page: PageName): PageName =>
  page === "person" || page === "receipt" ? "history" : page === "guide" ? "help" : page === "visitors" && !narrow.value ? "chat" : page;

/** `only`: stands on a phone's foot bar alone, where wider the chat page shows the same; or everywhere else, where a phone has it in a menu. */
function RailLink({ to, at, icon, label, only, children }: {
  to: PageName; at: PageName; icon: string; label: string; only?: "foot-only" | "wide-only"; children?: ComponentChildren;
}) {
  return (
    <a class={only} href={addressOf(to)} aria-current={railOf(at) === to ? "page" : undefined}>
      <Icon d={icon} size={21} /><span class="cut">{label}</span>{children}
    </a>
  );
}

/** What the desk refused, in words, until it is closed or something else is asked. */
function Refusal({ desk }: { desk: OperatorDesk }) {
  const refusal = desk.refusal.value;
  if (!refusal) return null;
  const why = t().codes[refusal.code] ?? refusal.code;
  return (
    <p class="note red bar" role="alert">
      <span class="grow">{fill(t().notDone, { why })}</span>
      <button class="ib" aria-label={t().close} onClick={() => (desk.refusal.value = null)}><Icon d={cross} /></button>
    </p>
  );
}
