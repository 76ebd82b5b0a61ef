/**
 * The events of each conversation in their order: each once, none left out.
 *
 * `seq` has no holes, so the next event is the last one plus one. A later one is held back and the missing ones are
 * asked for; one that we had is dropped. Nothing here knows the socket or the clock.
 */

import type { EventFrame } from "../protocol.ts";

/** How long an unanswered `resume` is waited for before it is asked again. */
export const ASK_AGAIN_MS = 3_000;
/** More than this is not held back: it comes again with the resumed ones. */
export const MOST_HELD = 500;

interface Timeline {
  /** The last one handed on. */
  last: number;
  /** The newest that is known to exist. */
  head: number;
  held: Map<number, EventFrame>;
  /** When `resume` was asked; null if no answer is awaited. */
  askedAt: number | null;
  /** From where on it was asked. */
  askedAfter: number;
}

export class Timelines {
  private readonly all = new Map<string, Timeline>();

  /** Says from where on a conversation is known; what was held back is forgotten. */
  follow(conversation: string, last: number): void {
    const head = Math.max(last, this.all.get(conversation)?.head ?? 0);
    this.all.set(conversation, { last, head, held: new Map(), askedAt: null, askedAfter: last });
  }

  last(conversation: string): number {
    return this.all.get(conversation)?.last ?? 0;
  }

  /** Takes an event as it came and gives those that are now in order. */
  take(event: EventFrame, now: number): EventFrame[] {
    const line = this.line(event.conversation);
    line.head = Math.max(line.head, event.seq);
    if (event.seq <= line.last) return [];
    if (event.seq > line.last + 1) {
      if (line.held.size < MOST_HELD) line.held.set(event.seq, event);
      return [];
    }
    const ready = [event];
    for (let next = event.seq + 1; line.held.has(next); next++) ready.push(line.held.get(next)!);
    for (const { seq } of ready) line.held.delete(seq);
    line.last += ready.length;
    // While pages of a long resume keep coming, that is the answer that we wait for.
    if (line.askedAt !== null) line.askedAt = line.last === line.head ? null : now;
    return ready;
  }

  /** Hears that a conversation reaches up to `seq`. */
  head(conversation: string, seq: number): void {
    const line = this.line(conversation);
    line.head = Math.max(line.head, seq);
  }

  /** Hears that all that was asked for has been sent. What is still missing is asked for again: in a while, if this brought nothing. */
  resumed(conversation: string, seq: number, now: number): void {
    const line = this.all.get(conversation);
    if (!line) return;
    line.head = Math.max(line.head, seq);
    const fruitless = line.head > line.last && line.last === line.askedAfter;
    line.askedAt = fruitless ? now : null;
  }

  /** Notes that the missing events are coming unasked. */
  expect(conversation: string, now: number): void {
    const line = this.line(conversation);
    line.askedAt = now;
    line.askedAfter = line.last;
  }

  /** On a new socket nothing is awaited any more. */
  restart(): void {
    for (const line of this.all.values()) line.askedAt = null;
  }

  /** The `resume`s to send now; they count as asked. */
  ask(now: number): { conversation: string; after: number }[] {
    const asks = [];
    for (const [conversation, line] of this.all) {
      const due = line.askedAt === null || now - line.askedAt >= ASK_AGAIN_MS;
      if (line.head <= line.last || !due) continue;
      line.askedAt = now;
      line.askedAfter = line.last;
      asks.push({ conversation, after: line.last });
    }
    return asks;
  }

  /** A harmless `resume`, to hear whether anybody answers; undefined if there is no conversation to ask about. */
  probe(): { conversation: string; after: number } | undefined {
    const [first] = this.all;
    return first && { conversation: first[0], after: first[1].last };
  }

  /** Milliseconds until an `ask` may be due; null if nothing is missing. */
  nextAsk(now: number): number | null {
    let next: number | null = null;
    for (const line of this.all.values()) {
      if (line.head <= line.last) continue;
      const due = line.askedAt === null ? 0 : Math.max(0, line.askedAt + ASK_AGAIN_MS - now);
      next = next === null ? due : Math.min(next, due);
    }
    return next;
  }

  private line(conversation: string): Timeline {
    if (!this.all.has(conversation)) this.follow(conversation, 0);
    return this.all.get(conversation)!;
  }
}
