/** The operator's page: signs in, connects once, and draws the page that the address names. */

import { effect, signal, untracked } from "@preact/signals";
import { render } from "preact";

import "./tokens.css";
import "./base.css";
import "./frame.css";
import "./chat.css";
import "./pages.css";

import { browser } from "../shared/connection/environment.ts";
import { installAlerts } from "./alerts/alerts.ts";
import { ChatPage, VisitorsPage } from "./chat-page.tsx";
import { Counter } from "./counter.ts";
import { SignIn } from "./door/sign-in.tsx";
import { doorOf } from "./door/where.ts";
import { Frame, pageTitle } from "./frame.tsx";
import { leadFrom } from "./guide/leading.ts";
import { count, EVERY_MS } from "./inbox/counts.ts";
import { installKeys } from "./keyboard/keys.ts";
import { later } from "./later.tsx";
import { OperatorDesk } from "./operator.ts";
import { Skeleton } from "./parts.tsx";
import { count as countReviews } from "./reviews/counts.ts";
import { addressOf, routeOf } from "./route.ts";
import { mayGo } from "./settings/guard.ts";
import { now, t } from "./ui.tsx";

const TICK_MS = 5_000;
/** So long after a welcome all of its conversations have come. */
const SETTLED_MS = 5_000;

const ByMail = later(() => import("./door/by-mail.tsx").then((module) => module.ByMail));
const GuidePage = later(() => import("./guide/guide-page.tsx").then((module) => module.GuidePage));
const HelpPage = later(() => import("./help/help-page.tsx").then((module) => module.HelpPage));
const HistoryPage = later(() => import("./history/history-page.tsx").then((module) => module.HistoryPage));
const InboxPage = later(() => import("./inbox/inbox-page.tsx").then((module) => module.InboxPage));
const PersonPage = later(() => import("./person/person-page.tsx").then((module) => module.PersonPage));
const PollsPage = later(() => import("./polls/polls-page.tsx").then((module) => module.PollsPage));
const PushPage = later(() => import("./push/push-page.tsx").then((module) => module.PushPage));
const ReviewsPage = later(() => import("./reviews/reviews-page.tsx").then((module) => module.ReviewsPage));
const SettingsPage = later(() => import("./settings/settings-page.tsx").then((module) => module.SettingsPage));
const ReceiptPage = later(() => import("./person/receipt-page.tsx").then((module) => module.ReceiptPage));

const desk = new OperatorDesk(browser());
const counter = new Counter();
const route = signal(routeOf(location.hash));
const door = signal(doorOf(location.hash));
/** Whether somebody was signed in when this page was loaded or since. */
let wasIn = false;

function App() {
  const phase = desk.phase.value;
  const me = desk.me.value;
  wasIn ||= me !== null;
  if (door.value) return <ByMail page={door.value} />;
  if (phase.name === "closed") {
    const why = phase.reason === "refused" ? "refused" : wasIn ? "ended" : null;
    return <SignIn why={why} onDone={enter} />;
  }
  const shop = desk.shop.value;
  if (!me || !shop) return <p class="boot late" role="status">{desk.away.value ? t().reconnecting : t().loading}</p>;
  const { page } = route.value;
  document.title = `${desk.ourTurn.value ? `(${desk.ourTurn.value}) ` : ""}${pageTitle(page)} · ${shop.name}`;
  return <Frame desk={desk} counter={counter} page={page}><Content shop={shop.id} /></Frame>;
}

/** Somebody has signed in; an owner of a shop that nobody has rung at yet is shown the way. */
function enter(): void {
  if (!wasIn) leadFrom(desk);
  void desk.start();
}

function Content({ shop }: { shop: string }) {
  const { page, id } = route.value;
  const manages = desk.mayChangeSettings.value;
  switch (page) {
    case "history":
      return <HistoryPage shop={shop} open={id} operators={desk.desk.value?.operators ?? []} manages={manages} />;
    case "offline":
      return <InboxPage shop={shop} open={id} manages={manages} />;
    case "push":
      return manages ? <PushPage shop={shop} desk={desk} open={id} /> : <Managers />;
    case "polls":
      return manages ? <PollsPage shop={shop} desk={desk} open={id} /> : <Managers />;
    case "reviews":
      return manages ? <ReviewsPage shop={shop} desk={desk} open={id} /> : <Managers />;
    case "person":
      return <PersonPage shop={shop} id={id ?? ""} />;
    case "receipt":
      return <ReceiptPage shop={shop} number={id ?? ""} />;
    case "help":
      return <HelpPage shop={shop} desk={desk} open={id} />;
    case "guide":
      return <GuidePage shop={shop} desk={desk} />;
    case "settings":
      return <SettingsPage shop={shop} desk={desk} at={id} />;
    case "visitors":
      return <VisitorsPage desk={desk} counter={counter} />;
    default:
      return <ChatPage desk={desk} counter={counter} />;
  }
}

/** In place of a page of theirs; which role somebody has comes with the staff. */
function Managers() {
  return <main class="page-later" tabIndex={-1}>{desk.staff.value.length === 0 ? <Skeleton /> : <p class="muted">{t().notForRole}</p>}</main>;
}

/** The numbers in the rail, kept while somebody looks. */
function countInbox(): void {
  if (!desk.shop.value || !desk.me.value || document.hidden) return;
  void count(desk.shop.value.id);
  if (desk.mayChangeSettings.value) void countReviews(desk.shop.value.id);
}

/** All that is not archived is known now: what an address names besides stands in history. */
function settled(): void {
  counter.forgetBut(desk.chats.peek());
  const { page, id } = route.peek();
  if (page === "chat" && id !== null) location.hash = addressOf("history", id);
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

installKeys(desk, counter);
installAlerts(desk, counter);
addEventListener("hashchange", ({ oldURL }) => {
  if (!mayGo(new URL(oldURL).hash, location.hash)) return;
  route.value = routeOf(location.hash);
  door.value = doorOf(location.hash);
});
document.addEventListener("visibilitychange", countInbox);
setInterval(countInbox, EVERY_MS);
setInterval(() => (now.value = Date.now()), TICK_MS);
/** A socket that says we are signed out also goes for another role, or another shop: who still is, comes back. Once for each time. */
let mayReturn = false;
effect(() => {
  const phase = desk.phase.value;
  mayReturn ||= phase.name === "open";
  if (phase.name !== "closed" || phase.reason !== "signed-out" || !mayReturn) return;
  mayReturn = false;
  untracked(() => void desk.start());
});
/** The session went to another shop, in another tab or at the door: nothing of this one is for there. */
let shopHere: string | undefined;
effect(() => {
  const shop = desk.shop.value?.id;
  if (shopHere !== undefined && shop !== undefined && shop !== shopHere) location.reload();
  shopHere ??= shop;
});
effect(() => {
  if (desk.me.value) settleIn(desk.me.value.id);
});
/** At once, and again when the staff has come: before, nobody is known to be a manager. */
effect(() => {
  if (desk.mayChangeSettings.value || desk.me.value) untracked(countInbox);
});
effect(() => {
  if (desk.phase.value.name !== "open") return;
  const soon = setTimeout(settled, SETTLED_MS);
  return () => clearTimeout(soon);
});
/** An address that names a conversation opens its window, once it is known; then it is the chat page's own again. */
effect(() => {
  const { page, id } = route.value;
  if (page !== "chat" || id === null || !desk.chats.value.has(id)) return;
  untracked(() => counter.show(id));
  history.replaceState(null, "", addressOf("chat"));
  route.value = routeOf(location.hash);
});
desk.onAssigned = (id) => counter.arrive(id);
void desk.start();
render(<App />, document.getElementById("app")!);
