/**
 * The commands that are not answered yet.
 *
 * Each has an id made here and is sent again under that id until it is stored or refused, so it counts once however
 * often it was sent. The commands of one lane (a conversation, or the desk) go one after another, so what was written
 * first is stored first, whatever is lost or refused in between. Text outlives the page: see `Keep`.
 *
 * Nothing here knows the socket or the clock.
 */

import type { Details } from "../files/uploads.ts";
import type { Code, CommandFrame, Order, Rejected } from "../protocol.ts";
import { backoff } from "./backoff.ts";

/** An answer that takes longer is lost: the gateway itself gives up after 5 s and says so. */
export const ANSWER_MS = 10_000;
/** A longer `retry_after` is for the person to decide about. */
const LONGEST_WAIT_S = 60;
const RETRY_FIRST_MS = 1_000;
const RETRY_LAST_MS = 15_000;

export type EntryState = "sending" | "stored" | "failed";

export interface Entry {
  /** Names the entry for as long as it lives; `id` changes if it becomes another command. */
  readonly key: string;
  id: string;
  lane: string;
  /** What the person wrote, if this carries text. */
  text?: string;
  /** What its frame names, for the screen. */
  files?: readonly Details[];
  /** Fixed at the first sending: an id may not come back as another command. Absent until then. */
  frame?: CommandFrame;
  state: EntryState;
  code?: Code;
  /** Whether trying again can help. */
  retryable?: boolean;
  /** Whose text it is: it is never shown to, or sent for, somebody else. */
  owner: string;
  madeAt: number;
  tries: number;
  /** Not sent again before this time. */
  notBefore: number;
  /** When it was sent over the present socket; null if it was not. */
  sentAt: number | null;
  /** It became a new command once already. */
  rebound?: boolean;
  /** Its event has come: it is shown as that. */
  shown?: boolean;
}

/** What is to be sent: with `text` it outlives the page. */
export interface Posted { lane: string; owner: string; text?: string; files?: readonly Details[]; frame?: Order }

/** Where entries with text outlive the page. */
export interface Keep {
  put(entry: Entry): void;
  drop(key: string): void;
}

export interface OutboxOptions {
  keep: Keep;
  /** Makes the command of an entry that has none; called when it is about to be sent for the first time. */
  bind(entry: Entry): CommandFrame;
  /** Whether text for a conversation that is over may become a command of another type: a visitor's starts a new one. */
  startsAnew: boolean;
  newId(): string;
  random(): number;
  /** Something that a person sees has changed. */
  changed(): void;
}

const FINAL: readonly Code[] = ["invalid", "too_long", "forbidden", "blocked", "not_open", "not_found"];

export class Outbox {
  private entries: Entry[] = [];
  private readonly options: OutboxOptions;

  constructor(options: OutboxOptions) {
    this.options = options;
  }

  /** All that are not stored, or stored without their event having come, in the order in which they were made. */
  all(): readonly Entry[] {
    return this.entries;
  }

  /** The texts among them that stand on the screen. */
  texts(): readonly Entry[] {
    return this.entries.filter((entry) => entry.text !== undefined && !entry.shown);
  }

  add(what: Posted, now: number): Entry {
    const id = this.options.newId();
    const entry: Entry = {
      key: id, id, lane: what.lane, owner: what.owner, state: "sending", madeAt: now, tries: 0, notBefore: 0, sentAt: null,
      ...(what.text === undefined ? {} : { text: what.text }), ...(what.files && { files: what.files }),
      ...(what.frame ? { frame: { ...what.frame, id } as CommandFrame } : {}),
    };
    this.entries.push(entry);
    this.save(entry);
    this.options.changed();
    return entry;
  }

  /** Takes over entries of an earlier page or a closed tab; ids that are here already are left alone. */
  adopt(found: Entry[]): void {
    const known = new Set(this.entries.map((entry) => entry.key));
    const fresh = found.filter((entry) => !known.has(entry.key));
    if (fresh.length === 0) return;
    this.entries = [...this.entries, ...fresh].sort((a, b) => a.madeAt - b.madeAt || (a.key < b.key ? -1 : 1));
    this.options.changed();
  }

  /** The commands to send now: the first of each lane, unless it is under way or told to wait. */
  ready(now: number): CommandFrame[] {
    const frames = [];
    for (const entry of this.heads()) {
      if (entry.sentAt !== null || entry.notBefore > now) continue;
      if (!entry.frame) {
        entry.frame = this.options.bind(entry);
        // Before it leaves: what goes out under this id must be known to the next page, too.
        this.save(entry);
      }
      entry.sentAt = now;
      frames.push(entry.frame);
    }
    return frames;
  }

  /** Milliseconds until `ready` or `unanswered` may have something; null if nothing is waited for. */
  next(now: number): number | null {
    const times = this.heads().map((entry) => (entry.sentAt === null ? entry.notBefore : entry.sentAt + ANSWER_MS));
    return times.length === 0 ? null : Math.max(0, Math.min(...times) - now);
  }

  /** Whether a command has been without an answer for so long that the connection must be broken. */
  unanswered(now: number): boolean {
    return this.entries.some((entry) => entry.sentAt !== null && now - entry.sentAt >= ANSWER_MS);
  }

  /** What was under way over the lost socket is sent again over the next one. */
  disconnected(): void {
    for (const entry of this.entries) entry.sentAt = null;
  }

  stored(id: string): Entry | undefined {
    const entry = this.find(id);
    if (!entry) return undefined;
    entry.state = "stored";
    entry.sentAt = null;
    this.options.keep.drop(entry.key);
    // Text stays on the screen until its event takes its place.
    if (entry.text === undefined || entry.shown) this.remove(entry);
    this.options.changed();
    return entry;
  }

  /** The command's event has come: it is committed, and shown from now on as the event. */
  seen(id: string): void {
    const entry = this.find(id);
    if (!entry) return;
    entry.shown = true;
    // A `start` still waits for its answer, which carries the new token.
    if (entry.state === "stored" || entry.frame?.type !== "start") {
      this.options.keep.drop(entry.key);
      this.remove(entry);
    }
    this.options.changed();
  }

  rejected(answer: Rejected, now: number): Entry | undefined {
    const entry = answer.id === null ? undefined : this.find(answer.id);
    if (!entry) return undefined;
    entry.sentAt = null;
    const waitS = answer.retry_after ?? 0;
    if (answer.code === "unavailable" || (answer.code === "rate_limited" && waitS <= LONGEST_WAIT_S)) {
      const jitter = backoff(entry.tries++, this.options.random(), RETRY_FIRST_MS, RETRY_LAST_MS);
      entry.notBefore = now + waitS * 1000 + jitter;
      return entry;
    }
    const gone = answer.code === "not_open" || answer.code === "not_found";
    // Files belong to the conversation that they were uploaded for.
    if (gone && this.options.startsAnew && entry.text && !entry.files && !entry.rebound) this.rebind(entry);
    else this.fail(entry, answer.code, !FINAL.includes(answer.code));
    return entry;
  }

  /** A person asks to send a failed one again. It was refused, so the same id is decided afresh. */
  retry(key: string): void {
    const entry = this.entries.find((each) => each.key === key && each.state === "failed");
    if (!entry) return;
    entry.state = "sending";
    entry.notBefore = 0;
    delete entry.code;
    this.save(entry);
    this.options.changed();
  }

  discard(key: string): void {
    const entry = this.entries.find((each) => each.key === key);
    if (!entry) return;
    this.options.keep.drop(key);
    this.remove(entry);
    this.options.changed();
  }

  /** Drops what is not for these eyes. */
  discardUnless(keeps: (entry: Entry) => boolean): void {
    for (const entry of this.entries.filter((each) => !keeps(each))) this.discard(entry.key);
  }

  /** The conversation is over for this text: it becomes a new command, under a new id since the type will be another. */
  private rebind(entry: Entry): void {
    entry.id = this.options.newId();
    entry.rebound = true;
    delete entry.frame;
    this.save(entry);
  }

  private fail(entry: Entry, code: Code, retryable: boolean): void {
    entry.state = "failed";
    entry.code = code;
    entry.retryable = retryable;
    this.save(entry);
    this.options.changed();
  }

  private heads(): Entry[] {
    const heads = new Map<string, Entry>();
    for (const entry of this.entries) {
      if (entry.state === "sending" && !heads.has(entry.lane)) heads.set(entry.lane, entry);
    }
    return [...heads.values()];
  }

  private find(id: string): Entry | undefined {
    return this.entries.find((entry) => entry.id === id);
  }

  private remove(entry: Entry): void {
    this.entries = this.entries.filter((each) => each !== entry);
  }

  private save(entry: Entry): void {
    if (entry.text !== undefined) this.options.keep.put(entry);
  }
}
