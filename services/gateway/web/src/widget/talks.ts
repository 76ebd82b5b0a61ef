/** The conversation on the screen, and a customer's last one above it. */

import type { AnyFrame, EventFrame, Resumed, VisitorWelcome } from "../shared/protocol.ts";
import { computed, signal } from "./signals.ts";
import { after, newTalk, unread, welcomed, type Talk } from "./talk.ts";

export class Talks {
  readonly current = signal<Talk | null>(null);
  /** Its lines come once the window is open. */
  readonly previous = signal<Talk | null>(null);
  /** That one, until its lines are asked for. */
  last: VisitorWelcome["previous"] | null = null;
  /** A guest is somebody new in each conversation, and sees none before it. */
  customer = false;
  /** The last seq that this visitor has had in view. */
  readonly seen = signal(0);
  readonly unread = computed(() => (this.current.value ? unread(this.current.value, this.seen.value) : 0));

  welcomed(frame: VisitorWelcome): void {
    const { conversation: now, read, previous } = frame;
    const before = this.current.value;
    if (now) {
      this.seen.value = Math.max(before?.id === now.id ? this.seen.value : 0, read?.["visitor"] ?? 0);
      this.current.value = welcomed(before, now, frame);
    } else if (before) {
      this.current.value = { ...before, status: "archived" };
    }
    this.last = previous ?? null;
    if (previous && previous.id !== this.previous.value?.id) this.previous.value = newTalk(previous.id);
  }

  /** Another one has begun. */
  turnTo(id: string): Talk {
    if (this.customer && this.current.value) this.previous.value = this.current.value;
    this.seen.value = 0;
    return (this.current.value = newTalk(id));
  }

  event(event: EventFrame): void {
    const { current, previous } = this;
    if (event.conversation === current.value?.id) current.value = after(current.value, event);
    else if (event.conversation === previous.value?.id) previous.value = after(previous.value, event);
    else if (event.seq === 1) current.value = after(this.turnTo(event.conversation), event);
  }

  /** States beside the events: the place in line, and how far messages have come. */
  frame(frame: AnyFrame): void {
    const conversation = frame["conversation"];
    switch (frame.type) {
      case "place":
        return this.moveUp(conversation, Number(frame["place"]));
      case "read":
        // What was read in another tab is read.
        if (frame["from"] === "visitor") this.sawUpto(conversation, Number(frame["upto"]));
        return this.mark(conversation, uptoOf(frame));
      case "received":
        return this.mark(conversation, {}, uptoOf(frame));
      case "resumed": {
        const { read = {}, received } = frame as unknown as Resumed;
        return this.mark(conversation, read, received);
      }
    }
  }

  mark(conversation: unknown, read: Record<string, number>, received: Record<string, number> = {}): void {
    const talk = this.current.value;
    if (talk?.id !== conversation || !talk) return;
    this.current.value = { ...talk, read: { ...talk.read, ...read }, received: { ...talk.received, ...received } };
  }

  sawUpto(conversation: unknown, upto: number): void {
    if (this.current.value?.id === conversation) this.seen.value = Math.max(this.seen.value, upto);
  }

  /** Those before have gone on. */
  moveUp(conversation: unknown, place: number): void {
    const talk = this.current.value;
    if (talk && talk.id === conversation && talk.status === "waiting") this.current.value = { ...talk, place };
  }

  archived(): void {
    if (this.current.value) this.current.value = { ...this.current.value, status: "archived" };
  }

  forget(): void {
    this.current.value = this.previous.value = null;
  }
}

function uptoOf(frame: AnyFrame): Record<string, number> {
  return { [String(frame["from"])]: Number(frame["upto"]) };
}
