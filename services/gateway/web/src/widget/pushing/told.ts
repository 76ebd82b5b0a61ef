/** What the gateway has been told about this browser's subscription, kept over page loads. */

/** `who`: whose conversations are this browser's. */
export interface Known { endpoint: string; language: string; zone: string; who: string | null }

interface Kept { endpoint: string; known: string; groups: string[] }

/** As many as the gateway keeps. */
const MOST_GROUPS = 20;

export class Told {
  busy = false;
  private kept: Kept | null;
  private readonly name: string;

  constructor(shop: string, private readonly local: Storage | null) {
    this.name = `shopbell:${shop}:push`;
    this.kept = this.read();
  }

  knows(known: Known, group: string | undefined): boolean {
    return this.kept?.known === JSON.stringify(known) && (!group || this.kept.groups.includes(group));
  }

  /** `tell` says whether it was heard; what was not is told with the next occasion. */
  async tell(known: Known, group: string | undefined, tell: () => Promise<boolean>): Promise<boolean> {
    this.busy = true;
    const heard = await tell();
    this.busy = false;
    const { endpoint } = known;
    const before = this.kept?.endpoint === endpoint ? this.kept.groups : [];
    const groups = [...before.filter((each) => each !== group), ...(group ? [group] : [])].slice(-MOST_GROUPS);
    if (heard) this.keep({ endpoint, known: JSON.stringify(known), groups });
    return heard;
  }

  forget(): void {
    this.kept = null;
    try {
      this.local?.removeItem(this.name);
    } catch {
      // It was not kept, then.
    }
  }

  private keep(kept: Kept): void {
    this.kept = kept;
    try {
      this.local?.setItem(this.name, JSON.stringify(kept));
    } catch {
      // Without storage it is told again with every page.
    }
  }

  private read(): Kept | null {
    try {
      const kept = JSON.parse(this.local?.getItem(this.name) ?? "null") as Kept | null;
      return typeof kept?.known === "string" && Array.isArray(kept.groups) ? kept : null;
    } catch {
      return null;
    }
  }
}
