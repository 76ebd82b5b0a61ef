/**
 * Files on their way to the gateway: those of a conversation one after another, so that they arrive in order.
 *
 * Each has a key under which it is sent, and sent again, so it counts once. They live as long as the page: a lost
 * connection is waited out, a page that goes takes with it what has not arrived.
 *
 * Nothing here knows XMLHttpRequest, the clock or the screen.
 */

/** What the gateway says of a file that it has. */
export interface Details { id: string; name: string; type: string; size: number }

/** What somebody chose to send. */
export interface Chosen { key: string; conversation: string; file: File }

/** Why a file did not arrive. */
export type Why = "broke" | "large" | "kind" | "empty" | "often" | "full" | "closed" | "signedOut" | "refused";

/** `loaded` in bytes; `retryAt`: from when on the gateway takes more, in ms since 1970. */
export interface Standing {
  state: "waits" | "goes" | "failed" | "arrived";
  loaded: number;
  why?: Why;
  retryAt?: number;
  details?: Details;
}

/** How one request ended. `status` is 0 if nothing came back. */
export interface Answer { status: number; said: { code?: string } & Partial<Details>; retryAt?: number }

export interface Going { answer: Promise<Answer>; abort(): void }

/** Begins one request; `progress` is told how many bytes have gone. */
export type Begin = (chosen: Chosen, progress: (loaded: number) => void) => Going;

/** As the gateway has it (`FILE_BYTES_MOST`); the most for a whole conversation is ten times that. */
export const MOST_BYTES = 10 * 2 ** 20;
export const MOST_IN_ALL_BYTES = 10 * MOST_BYTES;

const WAITS: Standing = { state: "waits", loaded: 0 };
/** Trying again may help. */
const PASSES: readonly (Why | undefined)[] = ["broke", "often", "signedOut"];

export const mayRetry = ({ state, why }: Standing) => state === "failed" && PASSES.includes(why);

export class Uploads {
  private readonly all = new Map<string, { chosen: Chosen; standing: Standing; going: Going | null }>();
  private readonly listeners = new Set<() => void>();
  private readonly begin: Begin;
  private readonly arrived: (chosen: Chosen, details: Details) => void;

  constructor(begin: Begin, arrived: (chosen: Chosen, details: Details) => void) {
    this.begin = begin;
    this.arrived = arrived;
  }

  /** Those that are known already are left alone. */
  add(chosen: Chosen): void {
    if (this.all.has(chosen.key)) return;
    this.all.set(chosen.key, { chosen, standing: atOnce(chosen.file) ?? WAITS, going: null });
    this.next(chosen.conversation);
  }

  /** These and no others. */
  follow(chosen: readonly Chosen[]): void {
    const keys = new Set(chosen.map(({ key }) => key));
    for (const key of [...this.all.keys()]) if (!keys.has(key)) this.remove(key);
    for (const each of chosen) this.add(each);
  }

  standing(key: string): Standing {
    return this.all.get(key)?.standing ?? WAITS;
  }

  retry(key: string): void {
    const item = this.all.get(key);
    if (!item || !mayRetry(item.standing)) return;
    this.put(key, WAITS);
    this.next(item.chosen.conversation);
  }

  /** It is not wanted any more, or has gone on as a message. */
  remove(key: string): void {
    const item = this.all.get(key);
    if (!item) return;
    this.all.delete(key);
    item.going?.abort();
    this.tell();
    this.next(item.chosen.conversation);
  }

  /** The connection is back, and with it who we are: what broke or was nobody's goes again. */
  reconnected(): void {
    for (const [key, { standing }] of this.all) if (standing.why === "broke" || standing.why === "signedOut") this.retry(key);
  }

  /** Calls back after every change; the result ends that. */
  watch(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  private next(conversation: string): void {
    const queue = [...this.all.values()].filter(({ chosen }) => chosen.conversation === conversation);
    const first = queue.find(({ standing }) => standing.state === "waits");
    if (first && !queue.some(({ standing }) => standing.state === "goes")) void this.send(first.chosen);
  }

  private async send(chosen: Chosen): Promise<void> {
    const { key } = chosen;
    this.put(key, { state: "goes", loaded: 0 });
    const going = this.begin(chosen, (loaded) => {
      if (this.standing(key).state === "goes") this.put(key, { state: "goes", loaded });
    });
    const item = this.all.get(key)!;
    item.going = going;
    const answer = await going.answer;
    // Taken away meanwhile, and maybe chosen again.
    if (this.all.get(key) !== item || item.going !== going) return;
    item.going = null;
    const standing = standingAfter(answer, chosen.file);
    this.put(key, standing);
    if (standing.details) this.arrived(chosen, standing.details);
    this.next(chosen.conversation);
  }

  private put(key: string, standing: Standing): void {
    const item = this.all.get(key);
    if (!item) return;
    item.standing = standing;
    this.tell();
  }

  private tell(): void {
    for (const listener of this.listeners) listener();
  }
}

/** What needs no asking. */
function atOnce({ size }: File): Standing | undefined {
  const why = size === 0 ? "empty" : size > MOST_BYTES ? "large" : undefined;
  return why && { state: "failed", loaded: 0, why };
}

function standingAfter({ status, said, retryAt }: Answer, file: File): Standing {
  const { id, name = file.name, type = "", size = file.size } = said;
  if (status >= 200 && status < 300 && id) return { state: "arrived", loaded: file.size, details: { id, name, type, size } };
  return { state: "failed", loaded: 0, why: whyOf(status, said.code), ...(retryAt === undefined ? {} : { retryAt }) };
}

function whyOf(status: number, code: string | undefined): Why {
  if (code === "conversation_full") return "full";
  if (code === "not_open" || status === 404) return "closed";
  const whys: Record<number, Why> = { 400: "refused", 401: "signedOut", 403: "refused", 409: "refused", 413: "large", 415: "kind", 422: "refused", 429: "often" };
  return whys[status] ?? "broke";
}
