/** The keys of the dashboard: what was pressed, where, and what is done about it. */

import { turnOf } from "../chats.ts";
import type { Counter } from "../counter.ts";
import type { OperatorDesk } from "../operator.ts";
import { open } from "../preferences/overlay.ts";
import { addressOf, routeOf } from "../route.ts";
import { chosenOn, focusWindow, watchFocus } from "./chosen.ts";
import { goToPart, watchParts } from "./parts.ts";
import { deedOf, type Deed } from "./table.ts";
import { pressedOf, whereIs } from "./where.ts";
import { wish } from "./wishes.ts";

export function installKeys(desk: OperatorDesk, counter: Counter): void {
  watchFocus();
  watchParts();
  const keys = new Keys(desk, counter);
  addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.isComposing || !desk.me.value || !desk.shop.value || desk.phase.value.name === "closed") return;
    if (event.key === "Enter" && intoReply(event.target)) return event.preventDefault();
    const deed = deedOf(pressedOf(event), whereIs(event.target));
    if (!deed || (event.repeat && deed.do !== "step" && deed.do !== "save") || !keys.act(deed)) return;
    event.preventDefault();
  });
}

/** Enter on a window goes into its reply. */
function intoReply(target: EventTarget | null): boolean {
  const id = target instanceof HTMLElement && target.matches("[data-conversation]") ? target.dataset["conversation"] : undefined;
  if (id) focusWindow(id, "reply");
  return id !== undefined;
}

class Keys {
  private readonly desk: OperatorDesk;
  private readonly counter: Counter;
  private readonly chosen: ReturnType<typeof chosenOn>;

  constructor(desk: OperatorDesk, counter: Counter) {
    this.desk = desk;
    this.counter = counter;
    this.chosen = chosenOn(counter);
  }

  /** Whether there was anything to do. */
  act(deed: Deed): boolean {
    switch (deed.do) {
      case "window":
        return this.toWindow(deed.number);
      case "part":
        goToPart(deed.by);
        return true;
      case "search":
        return focusSearch() || shows("search");
      case "palette":
        return shows("search");
      case "keys":
        return shows("keys");
      case "save":
        return save();
      case "online":
        return !this.desk.away.value && shows("online");
      case "channel":
        return this.openChannel();
      case "longest":
        return this.toLongest();
      case "publish":
      case "reject":
      case "answer":
        return false; // The page of reviews hears these itself.
      default:
        return onChat() && (deed.do === "step" ? this.step(deed.by) : this.withChosen(deed.do));
    }
  }

  private toWindow(number: number): boolean {
    const docked = this.counter.docked.value.filter((each) => this.desk.chats.value.has(each.id))[number - 1];
    if (docked) this.show(docked.id, "reply");
    return docked !== undefined;
  }

  /** Who has waited longest for our answer stands on top of the list. */
  private toLongest(): boolean {
    const first = this.desk.ongoing.value[0];
    if (!first || turnOf(first) !== "ours") return false;
    this.show(first.id, "reply");
    return true;
  }

  private step(by: 1 | -1): boolean {
    const all = this.desk.ongoing.value.map((chat) => chat.id);
    const at = all.indexOf(this.chosen.value ?? "");
    const next = at < 0 ? all.at(by === 1 ? 0 : -1) : all[(at + by + all.length) % all.length];
    if (next) this.show(next, "window");
    return next !== undefined;
  }

  private withChosen(what: "transfer" | "note" | "minimise" | "hide" | "end"): boolean {
    const id = this.chosen.value;
    const chat = id === null ? undefined : this.desk.chats.value.get(id);
    if (!id || !chat) return false;
    if (what === "minimise") this.minimise(id);
    else if (what === "hide" || (what === "end" && chat.status !== "open")) this.hide(id);
    else if (chat.status === "open") this.ask(id, what);
    return true;
  }

  /** A minimised window comes up first: there is nothing in it to open before. */
  private ask(id: string, what: "transfer" | "note" | "end"): void {
    const small = this.counter.docked.value.find((each) => each.id === id)?.minimised;
    if (!small) return void wish(id, what);
    this.counter.show(id);
    requestAnimationFrame(() => requestAnimationFrame(() => wish(id, what)));
  }

  private minimise(id: string): void {
    this.counter.minimise(id);
    focusWindow(id, "window");
  }

  /** The focus goes to the window beside it, so that the next key acts there. */
  private hide(id: string): void {
    const docked = this.counter.docked.value;
    const at = docked.findIndex((each) => each.id === id);
    const beside = docked[at + 1] ?? docked[at - 1];
    this.counter.hide(id);
    if (beside) focusWindow(beside.id, "window");
  }

  private show(id: string, on: "reply" | "window"): void {
    if (!onChat()) location.hash = addressOf("chat");
    this.counter.show(id);
    focusWindow(id, on);
  }

  private openChannel(): boolean {
    const can = this.desk.online.value && this.desk.manual.value;
    if (can) this.desk.openChannel();
    return can;
  }
}

const onChat = () => routeOf(location.hash).page === "chat";

function shows(what: "search" | "keys" | "online"): boolean {
  open(what);
  return true;
}

/** A page with a search of its own is searched there. */
function focusSearch(): boolean {
  const field = document.querySelector<HTMLInputElement>("main input[type=search]");
  field?.focus();
  return field !== undefined && field !== null;
}

/** What can be saved says so by `data-save`: in the dialog that is open, else where the focus is, else on the page. */
function save(): boolean {
  const within = document.querySelector("[aria-modal=true]") ?? document.activeElement?.closest("form:has([data-save]), [data-conversation], main") ?? document.querySelector("main");
  within?.querySelector<HTMLButtonElement>("[data-save]:not([disabled], [aria-disabled=true])")?.click();
  return true;
}
