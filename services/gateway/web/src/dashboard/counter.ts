/** The counter of this tab: which windows stand on it, and the replies that are being written. Both outlive a page load. */

import { signal } from "@preact/signals";

import { storage } from "../shared/connection/environment.ts";
import { dock, minimise, room, undock, type Docked } from "./windows.ts";

const KEY = "shopbell:desk:counter";

interface Kept { owner: string; docked: readonly Docked[]; drafts: Record<string, string> }

export class Counter {
  readonly docked = signal<readonly Docked[]>([]);
  readonly drafts = signal<Record<string, string>>({});
  readonly room = signal(room(innerWidth));
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
    this.fit();
    addEventListener("resize", () => this.fit());
  }

  show(id: string): void {
    this.set(dock(this.docked.value, id, this.room.value, (each) => this.isBusy(each)));
    // After the window is drawn.
    requestAnimationFrame(() => document.querySelector<HTMLElement>(`[data-conversation="${CSS.escape(id)}"] textarea`)?.focus());
  }

  /** A new conversation gets a window, and the focus stays where it is. On a phone it waits in the list. */
  arrive(id: string): void {
    if (innerWidth >= 600) this.set(dock(this.docked.value, id, this.room.value, (each) => this.isBusy(each)));
  }

  hide(id: string): void {
    this.set(undock(this.docked.value, id));
  }

  minimise(id: string): void {
    this.set(minimise(this.docked.value, id));
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
      this.fresh = true;
    }
    this.owner = owner;
    this.remember();
  }

  /** The oldest give way when the page gets narrower; those that are written in last of all. */
  private fit(): void {
    this.room.value = room(innerWidth);
    while (this.docked.value.length > this.room.value) {
      const free = this.docked.value.find((each) => !this.isBusy(each.id)) ?? this.docked.value[0]!;
      this.hide(free.id);
    }
  }

  private isBusy(id: string): boolean {
    return this.focus === id || this.drafts.value[id] !== undefined;
  }

  private set(docked: Docked[]): void {
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
    try {
      this.session?.setItem(KEY, JSON.stringify({ owner: this.owner, docked: this.docked.value, drafts: this.drafts.value } satisfies Kept));
    } catch {
      // A full storage costs the keeping over a page load, nothing else.
    }
  }
}
