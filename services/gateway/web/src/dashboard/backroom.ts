/** What the desk knows over REST: the shop's staff, its canned replies, and how it holds its channels. */

import { signal } from "@preact/signals";

import * as rest from "./rest.ts";

export class Backroom {
  readonly staff = signal<readonly rest.Staff[]>([]);
  /** Null until they were asked for. */
  readonly canned = signal<readonly rest.CannedReply[] | null>(null);
  readonly settings = signal<rest.Settings>({});
  private shop = "";

  /** Asks anew for what a welcome does not say. What fails stays as it was known. */
  async learn(shop: string): Promise<void> {
    this.shop = shop;
    const [settings, staff] = await Promise.allSettled([rest.settings(shop), rest.staff(shop)]);
    if (settings.status === "fulfilled") this.settings.value = settings.value;
    if (staff.status === "fulfilled") this.staff.value = staff.value;
    if (this.canned.value) await this.loadCanned().catch(() => {});
  }

  /** Somebody may be new among the staff. What fails stays as it was known. */
  async learnStaff(): Promise<void> {
    this.staff.value = await rest.staff(this.shop).catch(() => this.staff.value);
  }

  /** Throws a Failure; what is known stays. */
  async change(given: rest.Settings): Promise<void> {
    this.settings.value = { ...this.settings.value, ...(await rest.changeSettings(this.shop, given)) };
  }

  /** Throws a Failure; the ones known stay. */
  async loadCanned(): Promise<void> {
    this.canned.value = await rest.cannedReplies(this.shop);
  }

  async saveCanned(reply: { id?: string; shortcut: string; texts: Record<string, string> }): Promise<void> {
    await rest.saveCannedReply(this.shop, reply);
    await this.loadCanned();
  }

  async deleteCanned(id: string): Promise<void> {
    await rest.deleteCannedReply(this.shop, id);
    await this.loadCanned();
  }

  forget(): void {
    this.staff.value = [];
    this.canned.value = null;
    this.settings.value = {};
  }
}
