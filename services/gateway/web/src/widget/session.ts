/** The visitor's side of one shop: connection, token, conversation, and what was typed. */

import type { Phase } from "../shared/connection/link.ts";
import type { Entry } from "../shared/connection/outbox.ts";
import type {
  AnyFrame, AvailabilityState, CommandFrame, EventFrame, Rejected, ResumeFrom, Stored, VisitorWelcome,
} from "../shared/protocol.ts";
import { Deeds } from "./deeds.ts";
import { known } from "./fields.ts";
import type { App } from "./loader/app.ts";
import type { Host } from "./loader/host.ts";
import { PHONE } from "./screen.ts";
import { comesBack } from "./views.ts";

/** Messages that come together are acknowledged together. */
const RECEIVED_MS = 300;
/** Older messages than this come without a sound; clocks may differ by some. */
const FRESH_MS = 60_000;

export class Session extends Deeds implements App {
  private cancelTold: (() => void) | null = null;

  constructor(host: Host) {
    super(host);
    this.appearance.value = host.appearance;
    // On a phone the window would cover the page that was just asked for.
    const offer = matchMedia(PHONE).matches ? null : this.memory.open;
    this.open.value = offer !== null;
    this.availability.value = host.availability ?? offer;
    this.typed.restore(false);
    // A guest's unsent text is shown at once; a customer's only to the customer, whom `welcome` names.
    if (!host.config.identity) void this.adopt();
  }

  resume(): ResumeFrom | undefined {
    const talk = this.talk.value;
    return talk && talk.status !== "archived" ? { conversation: talk.id, after: this.connection.timelines.last(talk.id) } : undefined;
  }

  outbox(): void {
    this.pending.value = this.connection.outbox.texts();
  }

  /** One lane for everything, so the one before has been answered: we know whether there is a conversation. */
  bind(entry: Entry): CommandFrame {
    const talk = this.talk.value;
    const { id, text = "" } = entry;
    // After a refusal as not open, the conversation is over, whatever we have heard.
    if (talk && talk.status !== "archived" && !entry.rebound) return { type: "say", id, conversation: talk.id, text };
    return { type: "start", id, ...(text && { text }), ...this.answers() };
  }

  welcome(frame: VisitorWelcome): void {
    this.becomeOwner(frame.visitor.signed_in ? `customer:${frame.visitor.id}` : "guest");
    this.typed.suggest(known(frame.visitor));
    this.appearance.value = frame.appearance;
    this.questions.rules.value = frame.chat_fields ?? null;
    this.questions.privacy.value = frame.appearance.privacy ?? null;
    this.talks.welcomed(frame);
    if (this.open.value) this.recall();
    this.available(frame.availability);
    void this.adopt();
  }

  forget(): void {
    this.becomeOwner("");
  }

  /** On a shared computer nobody sees, or sends, what the person before wrote. */
  private becomeOwner(owner: string): void {
    const former = this.typed.owner;
    this.typed.owner = owner;
    if (!this.isOurs(former)) {
      this.talks.forget();
      this.typed.forget();
      this.letter.forget();
      this.files.forget();
      this.questions.forget();
      this.host.invitation = null;
    }
    this.talks.customer = owner !== "guest";
    this.typed.restore(true);
    this.connection.outbox.discardUnless((entry) => this.isOurs(entry.owner));
    for (const entry of this.connection.outbox.all()) entry.owner = owner;
  }

  /** Unsent text of an earlier page or of a tab that was closed. */
  private async adopt(): Promise<void> {
    const found = await this.keep.orphans(this.world.now());
    for (const entry of found) if (!this.isOurs(entry.owner)) this.keep.drop(entry.key);
    this.connection.adopt(found.filter((entry) => this.isOurs(entry.owner)));
  }

  private isOurs(owner: string): boolean {
    return owner === this.typed.owner || owner === "guest";
  }

  event(event: EventFrame): void {
    const { status } = this.talk.value ?? {};
    this.talks.event(event);
    const answered = event.kind === "message" && event.from === "operator";
    if (answered) {
      this.typing.show(null);
      this.cancelTold?.();
      this.cancelTold = this.world.after(RECEIVED_MS, () => this.connection.tell({ type: "received", upto: event.seq }));
    }
    if (event.kind === "ended" || event.kind === "reopened") this.rating.value = "asked";
    this.look();
    // What is in view needs no bell, and what came while nobody was here is old news.
    const ours = status === "waiting" && this.talk.value?.status === "open";
    const fresh = this.world.now() - Date.parse(event.at) < FRESH_MS;
    if (fresh && (ours || (answered && this.talks.unread.value > 0))) this.bell.ring(`${event.conversation}:${event.seq}`);
  }

  stored(answer: Stored, entry: Entry | undefined): void {
    if (answer.token) this.pass.become(answer.token);
    if (entry?.frame?.type !== "start" || !answer.conversation) return;
    if (!this.typed.text.value) this.typed.sent();
    if (this.host.invitation) this.host.invitation.talk ??= answer.conversation;
    if (this.talk.value?.id !== answer.conversation) {
      this.talks.turnTo(answer.conversation);
      this.connection.follow(answer.conversation, 0, answer.seq, true);
    }
  }

  rejected(answer: Rejected, entry: Entry | undefined): void {
    if (answer.code === "not_open" && entry?.rebound) this.talks.archived();
    // The shop's questions are others by now: the next welcome has them.
    if (answer.code === "invalid" && entry?.frame?.type === "start") this.connection.renew();
    if (entry?.frame?.type === "rate") {
      this.connection.outbox.discard(entry.key);
      this.rating.value = "failed";
    }
    this.takeBack();
    if (answer.field) this.questions.flaws.value = { [answer.field]: "unfit" };
  }

  /** What was refused goes back to where it was typed, if there is a form by which it can go. */
  private takeBack(): void {
    const form = this.availability.value === "form";
    const back = this.pending.value.filter((entry) => comesBack(entry, form, this.questions.asks));
    if (back.length === 0) return;
    this.typed.write([...back.map((entry) => entry.text), this.typed.text.value].filter(Boolean).join("\n\n"));
    for (const entry of back) this.connection.outbox.discard(entry.key);
    this.questions.askAgain();
    this.letter.preferred.value = form;
  }

  available(state: AvailabilityState): void {
    // Whoever is leaving a message finishes it, also if somebody comes to the counter meanwhile.
    const busy = this.typed.unsent || this.letter.state.value !== "writing";
    if (this.open.value && this.view.value === "form" && busy) this.letter.preferred.value = true;
    this.availability.value = state;
    if (this.open.value) this.memory.open = state;
    this.takeBack();
  }

  frame(frame: AnyFrame): void {
    if (frame.type !== "typing") this.talks.frame(frame);
    else if (frame["from"] !== "visitor") this.typing.show(frame["on"] === true ? this.operator : null);
  }

  changed(phase: Phase): void {
    this.phase.value = phase;
    if (phase.name === "open") this.letter.post?.again();
    else this.typing.show(null);
    // The token is of no use any more; whoever writes next is a new guest.
    if (phase.name === "closed" && phase.reason === "signed-out") this.pass.forget();
  }
}
