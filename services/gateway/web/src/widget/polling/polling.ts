/**
 * Asks the visitor what the shop's poll asks, once: who has voted is known by their token, and by nothing else.
 *
 * The loader fetches this where a welcome says that a poll is open. Whoever closes the card is not asked again until the
 * tab is closed; it makes room for the window and for an invitation.
 */

import { storage } from "../../shared/connection/environment.ts";
import { groupOf } from "../../shared/group.ts";
import { pickLanguage } from "../../shared/language.ts";
import type { VisitorWelcome } from "../../shared/protocol.ts";
import { dress } from "../dress.ts";
import type { Host } from "../loader/host.ts";
import type { Part } from "../loader/parts.ts";
import { Rest } from "../rest.ts";
import { Card, type Words } from "./card.ts";
import type { Poll } from "./poll.ts";
import style from "./polling.css?inline";
import { TEXTS } from "./texts.ts";

export class Polling implements Part {
  /** Some poll is open, on pages of whatever group. */
  private offered = false;
  /** For pages of which group it was asked last. */
  private group: string | undefined;
  private poll: Poll | null = null;
  /** One vote is one command, however often it is sent. */
  private command: { answer: string; id: string } | null = null;
  /** It has been voted in here: the results stand there until they are closed. */
  private done = false;
  private sending = false;
  private readonly rest: Rest;
  private readonly card = new Card((answer) => void this.vote(answer), () => this.close());

  constructor(private readonly host: Host) {
    this.rest = new Rest(host);
    dress(style, host.root);
    host.root.querySelector(".root")!.prepend(this.card.box);
  }

  welcome({ poll }: VisitorWelcome): void {
    this.offered = poll === true;
    if (this.done || this.sending) return;
    if (poll) void this.find();
    else this.forget();
  }

  look(): void {
    // A shop may draw its next page without loading it.
    if (this.offered && !this.done && !this.sending && this.group !== this.here) {
      this.poll = null;
      void this.find();
    }
    this.card.show(this.poll !== null && !this.host.isOpen && this.memory?.getItem(this.key) !== this.poll.id);
  }

  /** Who has voted already is left in peace. */
  private async find(): Promise<void> {
    const group = (this.group = this.here);
    const reply = await this.rest.poll(group);
    if (group !== this.here) return this.look();
    if (this.done || this.sending || "problem" in reply) return;
    const { value } = reply;
    if (!value.id || value.voted !== undefined) return this.forget();
    if (value.id !== this.poll?.id) this.command = null;
    // Whoever is in the card stays in it.
    if (JSON.stringify(value) !== JSON.stringify(this.poll)) this.card.ask(value, this.words);
    this.poll = value;
    this.look();
  }

  private async vote(answer: string): Promise<void> {
    const { host, poll } = this;
    if (!poll || this.sending) return;
    this.sending = true;
    this.card.busy(true);
    if (host.pass.act()) host.connection.renew();
    if (this.command?.answer !== answer) this.command = { answer, id: host.world.newId() };
    const reply = await this.rest.vote(poll.id, this.command);
    this.sending = false;
    this.card.busy(false);
    const { texts } = this.words;
    if ("value" in reply) {
      if (reply.value.token) host.pass.become(reply.value.token);
      return this.finish({ ...poll, voted: answer }, texts.thanks, reply.value.counts);
    }
    const { problem } = reply;
    if (problem.code === "conflict") this.finish({ ...poll, ...(problem.answer && { voted: problem.answer }) }, texts.voted);
    else if (problem.code === "not_open") this.finish(poll, texts.over);
    else this.card.say(texts.failed);
  }

  private finish(poll: Poll, said: string, counts?: Record<string, number>): void {
    this.done = true;
    this.poll = poll;
    this.card.tell(poll, counts, said, this.words);
  }

  private close(): void {
    if (this.poll && !this.done) this.memory?.setItem(this.key, this.poll.id);
    const inside = this.card.box.contains(this.host.root.activeElement);
    this.forget();
    // The focus does not fall back to the top of the page.
    if (inside) this.host.launcher.button.focus();
  }

  private forget(): void {
    this.poll = null;
    this.look();
  }

  private get words(): Words {
    const language = pickLanguage(this.host.language);
    return { texts: TEXTS[language], language };
  }

  private get here(): string | undefined {
    return groupOf(this.host.config.group, location.pathname);
  }

  private get key(): string {
    return `shopbell:${this.host.config.shop}:poll-closed`;
  }

  private get memory(): Storage | null {
    return storage("sessionStorage");
  }
}

export { Polling as Part };
