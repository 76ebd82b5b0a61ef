/**
 * The files beside a reply that is being written: they are sent ahead, and go with it.
 *
 * They outlive a lost connection and a window that is put away, not the page.
 */

import { effect, signal } from "@preact/signals";

import { sendingTo } from "../../../shared/files/sending.ts";
import { Uploads, type Begin, type Chosen, type Details, type Standing } from "../../../shared/files/uploads.ts";
import { newKey, shopPath } from "../../rest.ts";
import type { OperatorDesk } from "../../operator.ts";

/** As many may come with one message (`FILES_A_MESSAGE`). */
const A_MESSAGE = 5;

export class Trays {
  /** By conversation. */
  private readonly chosen = signal<ReadonlyMap<string, readonly Chosen[]>>(new Map());
  /** Rises with every change of how one stands. */
  private readonly changes = signal(0);
  /** What goes as soon as a conversation's files have arrived. */
  private readonly held = new Map<string, () => void>();
  private readonly uploads: Uploads;

  constructor(begin: Begin, private readonly newId: () => string) {
    this.uploads = new Uploads(begin, () => {});
    this.uploads.watch(() => {
      this.changes.value = this.changes.peek() + 1;
      for (const conversation of [...this.held.keys()]) this.letGo(conversation);
    });
  }

  of(conversation: string): readonly Chosen[] {
    return this.chosen.value.get(conversation) ?? [];
  }

  standing(key: string): Standing {
    void this.changes.value;
    return this.uploads.standing(key);
  }

  add(conversation: string, files: Iterable<File>): void {
    const more = Array.from(files, (file) => ({ key: this.newId(), conversation, file }));
    this.put(conversation, [...this.of(conversation), ...more]);
    for (const each of more) this.uploads.add(each);
  }

  remove({ conversation, key }: Chosen): void {
    this.put(conversation, this.of(conversation).filter((each) => each.key !== key));
    this.uploads.remove(key);
  }

  retry(key: string): void {
    this.uploads.retry(key);
  }

  reconnected(): void {
    this.uploads.reconnected();
  }

  /** Whether any has arrived, or will. */
  hasSome(conversation: string): boolean {
    return this.of(conversation).some(({ key }) => this.standing(key).state !== "failed");
  }

  /** Whether some are on their way still. */
  isBusy(conversation: string): boolean {
    return this.of(conversation).some(({ key }) => ["waits", "goes"].includes(this.standing(key).state));
  }

  /** Whether something waits for them. */
  isHeld(conversation: string): boolean {
    void this.changes.value;
    return this.held.has(conversation);
  }

  /** Does it now, or once all have arrived. If one does not, somebody has to look first. */
  whenHere(conversation: string, send: () => void): void {
    if (!this.isBusy(conversation)) return send();
    this.held.set(conversation, send);
    this.changes.value = this.changes.peek() + 1;
  }

  /** Nothing waits for them any more: what was to be sent is being changed. */
  release(conversation: string): void {
    if (this.held.delete(conversation)) this.changes.value = this.changes.peek() + 1;
  }

  /** Those that have arrived, message by message, and no longer here. */
  take(conversation: string): Details[][] {
    const arrived = this.of(conversation).flatMap((each) => {
      const { details } = this.standing(each.key);
      return details ? [{ each, details }] : [];
    });
    for (const { each } of arrived) this.remove(each);
    const messages: Details[][] = [];
    for (let at = 0; at < arrived.length; at += A_MESSAGE) messages.push(arrived.slice(at, at + A_MESSAGE).map(({ details }) => details));
    return messages;
  }

  forget(): void {
    this.held.clear();
    for (const each of [...this.chosen.peek().values()].flat()) this.remove(each);
  }

  private letGo(conversation: string): void {
    if (this.isBusy(conversation)) return;
    const send = this.held.get(conversation);
    this.held.delete(conversation);
    if (!this.of(conversation).some(({ key }) => this.standing(key).state === "failed")) send?.();
  }

  private put(conversation: string, files: readonly Chosen[]): void {
    const all = new Map(this.chosen.peek());
    if (files.length > 0) all.set(conversation, files);
    else all.delete(conversation);
    this.chosen.value = all;
  }
}

const known = new WeakMap<OperatorDesk, Trays>();

/** There is one a desk; it goes with its operator. */
export function traysOf(desk: OperatorDesk): Trays {
  const found = known.get(desk);
  if (found) return found;
  const trays = new Trays(sendingTo(({ conversation }) => {
    const path = shopPath(desk.shop.peek()?.id ?? "", "conversations", conversation, "attachments");
    return { url: `/v1${path}` };
  }), newKey);
  known.set(desk, trays);
  let owner = desk.me.peek()?.id;
  effect(() => {
    if (desk.me.value?.id !== owner) trays.forget();
    owner = desk.me.value?.id;
  });
  effect(() => {
    if (!desk.away.value) trays.reconnected();
  });
  return trays;
}
