/** The operator's page: signs in, connects once, and draws the page that the address names. */

import { effect, signal, untracked } from "@preact/signals";
import { render } from "preact";

import "./tokens.css";
import "./base.css";
import "./frame.css";
import "./chat.css";
import "./pages.css";
import "./history/history.css";
import "./inbox/inbox.css";
import "./person/person.css";

import { browser } from "../shared/connection/environment.ts";
import { ChatPage } from "./chat-page.tsx";
import { Counter } from "./counter.ts";
import { Frame, pageTitle } from "./frame.tsx";
import { HistoryPage } from "./history/history-page.tsx";
import { count, EVERY_MS } from "./inbox/counts.ts";
import { InboxPage } from "./inbox/inbox-page.tsx";
import { OperatorDesk } from "./operator.ts";
import { PersonPage } from "./person/person-page.tsx";
import { ReceiptPage } from "./person/receipt-page.tsx";
import { routeOf } from "./route.ts";
import { SignIn } from "./sign-in.tsx";
import { now, t } from "./ui.tsx";

const TICK_MS = 5_000;

const desk = new OperatorDesk(browser());
const counter = new Counter();
const route = signal(routeOf(location.hash));
/** Whether somebody was signed in when this page was loaded or since. */
let wasIn = false;

function App() {
  const phase = desk.phase.value;
  const me = desk.me.value;
  wasIn ||= me !== null;
  if (phase.name === "closed") {
    const notice = phase.reason === "refused" ? t().refused : wasIn ? t().signedOut : null;
    return <SignIn notice={notice} onDone={() => void desk.start()} />;
  }
  const shop = desk.shop.value;
  if (!me || !shop) return <p class="boot late" role="status">{desk.away.value ? t().reconnecting : t().loading}</p>;
  const { page } = route.value;
  document.title = `${desk.ourTurn.value ? `(${desk.ourTurn.value}) ` : ""}${pageTitle(page)} · ${shop.name}`;
  return <Frame desk={desk} page={page}><Content shop={shop.id} /></Frame>;
}

function Content({ shop }: { shop: string }) {
  const { page, id } = route.value;
  switch (page) {
    case "history":
      return <HistoryPage shop={shop} open={id} operators={desk.desk.value?.operators ?? []} />;
    case "offline":
      return <InboxPage shop={shop} open={id} />;
    case "person":
      return <PersonPage shop={shop} id={id ?? ""} />;
    case "receipt":
      return <ReceiptPage shop={shop} number={id ?? ""} />;
    default:
      return <ChatPage desk={desk} counter={counter} />;
  }
}

/** The number in the rail, kept while somebody looks. */
function countInbox(): void {
  if (desk.shop.value && desk.me.value && !document.hidden) void count(desk.shop.value.id);
}

/** Alt 1 to 4 goes to a window, also while writing; by the key's place, so that AltGr keeps its letters. */
function onKey(event: KeyboardEvent): void {
  const digit = /^Digit([1-9])$/.exec(event.code);
  const window = digit && counter.docked.value[Number(digit[1]) - 1];
  if (!window || !event.altKey || event.ctrlKey || event.getModifierState("AltGraph")) return;
  event.preventDefault();
  counter.show(window.id);
}

/** Who has just signed in finds the ongoing conversations on the counter; who comes back, what stood there. */
function settleIn(operator: string): void {
  untracked(() => {
    counter.belongTo(operator);
    if (!counter.fresh) return;
    counter.fresh = false;
    for (const chat of desk.ongoing.value.slice(0, counter.room.value)) counter.arrive(chat.id);
  });
}

addEventListener("keydown", onKey);
addEventListener("hashchange", () => (route.value = routeOf(location.hash)));
document.addEventListener("visibilitychange", countInbox);
setInterval(countInbox, EVERY_MS);
setInterval(() => (now.value = Date.now()), TICK_MS);
effect(() => {
  if (!desk.me.value) return;
  settleIn(desk.me.value.id);
  untracked(countInbox);
});
desk.onAssigned = (id) => counter.arrive(id);
void desk.start();
render(<App />, document.getElementById("app")!);
