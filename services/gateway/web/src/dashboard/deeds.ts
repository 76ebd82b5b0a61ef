/** All that an operator can do: each deed is a command to the desk, or a call over REST. */

import type { Details } from "../shared/files/uploads.ts";
import type { Order } from "../shared/protocol.ts";
import { Backroom } from "./backroom.ts";

/** Commands about the desk itself go one after another, as those of a conversation do. */
const DESK = "desk";

export abstract class Deeds {
  protected readonly backroom = new Backroom();
  readonly staff = this.backroom.staff;
  readonly canned = this.backroom.canned;
  readonly settings = this.backroom.settings;

  /** Sends a command after those of its lane; with `text`, one that outlives the page. */
  protected abstract post(what: { lane: string; text?: string; files?: readonly Details[]; frame?: Order }): void;
  abstract tellTyping(conversation: string, on: boolean): void;

  goOnline(online: boolean): void {
    this.order({ type: online ? "go_online" : "go_offline" });
  }

  openChannel(): void {
    this.order({ type: "open_channel" });
  }

  closeChannel(channel: number): void {
    this.order({ type: "close_channel", channel });
  }

  /** `files` are with the gateway already. */
  say(conversation: string, text: string, files: readonly Details[] = []): void {
    const frame: Order = { type: "say", conversation, text, attachments: files.map(({ id }) => id) };
    this.post({ lane: conversation, text, ...(files.length > 0 && { files, frame }) });
    this.tellTyping(conversation, false);
  }

  end(conversation: string): void {
    this.order({ type: "end", conversation }, conversation);
  }

  reopen(conversation: string): void {
    this.order({ type: "reopen", conversation }, conversation);
  }

  /** To a colleague or a department; a note for them goes before it. */
  transfer(conversation: string, to: string, note = ""): void {
    if (note) this.note(conversation, note);
    this.order({ type: "transfer", conversation, to }, conversation);
  }

  takeOver(conversation: string): void {
    this.order({ type: "take_over", conversation }, conversation);
  }

  /** For the staff only. Like a message it outlives the page until it is stored. */
  note(conversation: string, text: string): void {
    this.post({ lane: conversation, text, frame: { type: "note", conversation, text } });
  }

  block(conversation: string): void {
    this.order({ type: "block", conversation }, conversation);
  }

  learnStaff(): Promise<void> {
    return this.backroom.learnStaff();
  }

  loadCanned(): Promise<void> {
    return this.backroom.loadCanned();
  }

  /** Adds one, or changes the one of that id. Throws a Failure. */
  saveCanned(reply: { id?: string; shortcut: string; texts: Record<string, string> }): Promise<void> {
    return this.backroom.saveCanned(reply);
  }

  deleteCanned(id: string): Promise<void> {
    return this.backroom.deleteCanned(id);
  }

  /** Whether channels open again by themselves; for the whole shop. What fails stays as it was. */
  async reopenChannels(on: boolean): Promise<void> {
    const before = this.settings.value;
    this.settings.value = { ...before, reopen_channels: on };
    await this.backroom.change({ reopen_channels: on }).catch(() => (this.settings.value = before));
  }

  private order(frame: Order, lane = DESK): void {
    this.post({ lane, frame });
  }
}
