/** The counter of this tab: which windows stand on it, and the replies that are being written. Both outlive a page load. */

import { signal } from "@preact/signals";

import { storage } from "../shared/connection/environment.ts";
import { focusWindow } from "./keyboard/chosen.ts";
import { dock, minimise, NARROW, room, undock, type Docked } from "./windows.ts";

const KEY = "shopbell:desk:counter";

/** How a conversation went off the counter: its operator put it away, or another took its room. */
export type Left = "hidden" | "replaced";

interface Kept {
  owner: string;
  docked: readonly Docked[];
  drafts: Record<string, string>;
  left?: Record<string, Left>;
  recap?: boolean;
}

export class Counter {
  readonly docked = signal<readonly Docked[]>([]);
  readonly drafts = signal<Record<string, string>>({});
  readonly left = signal<Record<string, Left>>({});
  /** Whether the recap stands beside the windows; else it is a bar, and leaves them its room. */
  readonly recap = signal(true);
  readonly room = signal(1);
  /** This tab has never had a window. */
  fresh = true;
  private focus: string | null = null;
  private owner = "";
  private readonly session = storage("sessionStorage");

  constructor() {
    const kept = this.recall();
    this.fresh = kept === null;
    this.owner = kept?.owner ?? "";
    this.docked.value = kept?.docked ?? [];
    this.drafts.value = kept?.drafts ?? {};
    this.left.value = kept?.left ?? {};
    this.recap.value = kept?.recap ?? true;
    this.fit();
    addEventListener("resize", () => this.fit());
  }

  /** On a phone the focus goes to the window: a keyboard that comes up would hide what was said. */
  show(id: string): void {
    this.place(id, true);
    focusWindow(id, innerWidth < NARROW ? "window" : "reply");
  }

  /** A new conversation gets a window, and the focus stays where it is. On a phone it waits in the list. */
  arrive(id: string): void {
    if (innerWidth >= NARROW) this.place(id, false);
  }

  hide(id: string): void {
    this.set(undock(this.docked.value, id), "hidden");
  }

  minimise(id: string): void {
    this.set(minimise(this.docked.value, id), "hidden");
  }

  /** Folds the recap into a bar, or unfolds it. */
  foldRecap(fold: boolean): void {
    this.recap.value = !fold;
    this.fit();
    this.remember();
  }

  draft(id: string, text: string): void {
    const { [id]: _former, ...others } = this.drafts.value;
    this.drafts.value = text ? { ...others, [id]: text } : others;
    this.remember();
  }

  focused(id: string | null): void {
    this.focus = id;
  }

  /** Somebody else's windows and drafts are not for this operator. */
  belongTo(owner: string): void {
    if (this.owner !== "" && this.owner !== owner) {
      this.docked.value = [];
      this.drafts.value = {};
      this.left.value = {};
      this.fresh = true;
    }
    this.owner = owner;
    this.remember();
  }

  /** Forgets what is said of conversations that are no more. */
  forgetBut(known: { has(id: string): boolean }): void {
    const left = Object.entries(this.left.value).filter(([id]) => known.has(id));
    if (left.length < Object.keys(this.left.value).length) this.left.value = Object.fromEntries(left);
    if (this.docked.value.some((each) => !known.has(each.id))) this.docked.value = this.docked.value.filter((each) => known.has(each.id));
    this.remember();
  }

  private place(id: string, insists: boolean): void {
    this.set(dock(this.docked.value, id, this.room.value, (each) => this.isBusy(each), insists), "replaced");
  }

  /** Nothing of it outlives this person. */
  forget(): void {
    this.docked.value = [];
    this.drafts.value = {};
    this.session?.removeItem(KEY);
  }

  /** The oldest give way when the page gets narrower; those that are written in last of all. */
  private fit(): void {
    this.room.value = room(innerWidth, this.recap.value);
    while (this.docked.value.length > this.room.value) {
      const free = this.docked.value.find((each) => !this.isBusy(each.id)) ?? this.docked.value[0]!;
      this.set(undock(this.docked.value, free.id), "replaced");
    }
  }

  /** The focus is in its window, or a reply or a note for it is begun: their keys hold its id. */
  private isBusy(id: string): boolean {
    return this.focus === id || Object.keys(this.drafts.value).some((key) => key.includes(id));
  }

  /** `how`: what is said of those that are not among them any more. */
  private set(docked: Docked[], how: Left): void {
    const there = new Set(docked.map((each) => each.id));
    const left = Object.entries(this.left.value).filter(([id]) => !there.has(id));
    for (const { id } of this.docked.value) if (!there.has(id)) left.push([id, how]);
    this.left.value = Object.fromEntries(left);
    this.docked.value = docked;
    this.remember();
  }

  private recall(): Kept | null {
    try {
      return JSON.parse(this.session?.getItem(KEY) ?? "null") as Kept | null;
    } catch {
      return null;
    }
  }

  private remember(): void {
    const kept: Kept = {
      owner: this.owner, docked: this.docked.value, drafts: this.drafts.value, left: this.left.value, recap: this.recap.value,
    };
    try {
      this.session?.setItem(KEY, JSON.stringify(kept));
    } catch {
      // A full storage costs the keeping over a page load, nothing else.
    }
  }
}
