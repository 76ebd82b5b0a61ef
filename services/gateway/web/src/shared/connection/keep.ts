/**
 * Unsent text that outlives the page, shared by the tabs of one browser.
 *
 * Every entry is one item of localStorage, marked with the tab that sends it. A tab holds a Web Lock under its name, so
 * whoever finds entries of a tab whose lock is free takes them over: after a page load, or when a tab was closed.
 * Where there are no Web Locks (a shop's page without https) each page takes over all that it finds. Two tabs may then
 * send the same command, which costs a frame and never a doubled message, because the id is the same.
 *
 * Nothing is written, not even the tab's name, before there is an entry to keep.
 */

import type { Entry, Keep } from "./outbox.ts";

/** Older text is not sent by itself any more: it is shown as not sent, to be tried again or dropped. */
export const SENT_UNASKED_MS = 60 * 60_000;

export interface Places {
  /** Outlives the browser; null where the browser forbids it. */
  local: Storage | null;
  /** Outlives a page load of this tab. */
  session: Storage | null;
  locks: LockManager | null;
}

interface Kept extends Entry { tab: string }

export class TabKeep implements Keep {
  private readonly prefix: string;
  private readonly places: Places;
  private readonly newId: () => string;
  private tab: string;
  private holding: Promise<void> | null = null;

  constructor(scope: string, places: Places, newId: () => string) {
    this.prefix = `shopbell:${scope}:`;
    this.places = places;
    this.newId = newId;
    this.tab = this.read(places.session, "tab") ?? newId();
  }

  put(entry: Entry): void {
    const kept: Kept = { ...entry, sentAt: null, tab: this.tab };
    if (this.read(this.places.session, "tab") !== this.tab) {
      this.write(this.places.session, "tab", this.tab);
      void this.hold();
    }
    this.write(this.places.local, `out:${entry.key}`, JSON.stringify(kept));
  }

  drop(key: string): void {
    quietly(() => this.places.local?.removeItem(`${this.prefix}out:${key}`));
  }

  /** Entries that no living tab sends. Old ones come as failed. */
  async orphans(now: number): Promise<Entry[]> {
    const found = this.list();
    if (found.length === 0) return [];
    await this.hold();
    const tabs = [...new Set(found.map((entry) => entry.tab))];
    const free = new Set<string>();
    for (const tab of tabs) if (tab === this.tab || (await this.isFree(tab))) free.add(tab);
    return found.filter((entry) => free.has(entry.tab)).map((entry) => this.take(entry, now));
  }

  private take({ tab: _former, ...entry }: Kept, now: number): Entry {
    const stale = now - entry.madeAt > SENT_UNASKED_MS && entry.state === "sending";
    const mine: Entry = { ...entry, ...(stale ? { state: "failed" as const, retryable: true } : {}), notBefore: 0, tries: 0 };
    this.put(mine);
    return mine;
  }

  /** Takes this tab's lock for as long as the page lives. A copied tab finds it taken and gets a name of its own. */
  private hold(): Promise<void> {
    const { locks } = this.places;
    if (!locks) return Promise.resolve();
    this.holding ??= new Promise((settled) => {
      const name = `${this.prefix}tab:${this.tab}`;
      const request = locks.request(name, { ifAvailable: true }, (lock) => {
        if (lock) {
          settled();
          return new Promise<never>(() => {});
        }
        this.tab = this.newId();
        this.holding = null;
        settled();
        return Promise.resolve();
      });
      request.catch(() => settled());
    });
    return this.holding;
  }

  private async isFree(tab: string): Promise<boolean> {
    const { locks } = this.places;
    if (!locks) return true;
    try {
      return await locks.request(`${this.prefix}tab:${tab}`, { ifAvailable: true }, (lock) => Promise.resolve(lock !== null));
    } catch {
      return false;
    }
  }

  private list(): Kept[] {
    const { local } = this.places;
    const found: Kept[] = [];
    quietly(() => {
      for (let i = 0; local && i < local.length; i++) {
        const name = local.key(i);
        if (name?.startsWith(`${this.prefix}out:`)) found.push(...parse(local.getItem(name)!));
      }
    });
    return found;
  }

  private read(storage: Storage | null, name: string): string | null {
    return quietly(() => storage?.getItem(this.prefix + name) ?? null) ?? null;
  }

  private write(storage: Storage | null, name: string, value: string): void {
    quietly(() => storage?.setItem(this.prefix + name, value));
  }
}

/** Storage may be full, forbidden or cleared under us: then text lives as long as the page. */
function quietly<T>(act: () => T): T | undefined {
  try {
    return act();
  } catch {
    return undefined;
  }
}

function parse(text: string): Kept[] {
  return quietly(() => [JSON.parse(text) as Kept]) ?? [];
}
