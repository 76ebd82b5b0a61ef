/** The visitor's side of one shop: connection, token, conversation, and what was typed. */

import type { Connection } from "../shared/connection/connection.ts";
import { storage, type Environment } from "../shared/connection/environment.ts";
import { TabKeep } from "../shared/connection/keep.ts";
import type { Phase } from "../shared/connection/link.ts";
import type { Entry } from "../shared/connection/outbox.ts";
import {
  cleanText, type AnyFrame, type AvailabilityState, type CommandFrame, type EventFrame, type Rejected, type ResumeFrom, type Stored,
  type VisitorWelcome,
} from "../shared/protocol.ts";
import { Files } from "./attaching.ts";
import { known, type FieldName } from "./fields.ts";
import { Letter } from "./letter.ts";
import type { App, Host } from "./loader/host.ts";
import type { PassKeeper } from "./pass.ts";
import type { Score } from "./rating.tsx";
import { Rest } from "./rest.ts";
import { PHONE, Screen } from "./screen.ts";
import { Bell } from "./sound.ts";
import { TabMemory } from "./tab-memory.ts";
import { isMessage } from "./talk.ts";
import { Typed } from "./typed.ts";
import { Typing } from "./typing.ts";
import { comesBack } from "./views.ts";

const LANE = "talk";
/** Messages that come together are acknowledged together. */
const RECEIVED_MS = 300;
/** Older messages than this come without a sound; clocks may differ by some. */
const FRESH_MS = 60_000;

export class Session extends Screen implements App {
  /** The window was opened by the visitor, not by a page load: it may take the focus. */
  byHand = false;
  readonly typed: Typed;
  readonly typing: Typing;
  readonly letter: Letter;
  readonly files: Files;
  readonly rest: Rest;
  readonly bell: Bell;
  readonly keep: TabKeep;
  private readonly world: Environment;
  private readonly pass: PassKeeper;
  private readonly memory: TabMemory;
  private cancelTold: (() => void) | null = null;
  private readonly connection: Connection<VisitorWelcome>;

  constructor(private readonly host: Host) {
    super();
    const { config, world, pass, connection } = host;
    this.world = world;
    this.pass = pass;
    this.connection = connection;
    const [local, session] = [storage("localStorage"), storage("sessionStorage")];
    this.memory = new TabMemory(config.shop, session);
    this.typed = new Typed(this.memory);
    this.typing = new Typing(world);
    this.keep = new TabKeep(config.shop, { local, session, locks: navigator.locks ?? null }, world.newId);
    this.rest = new Rest(host);
    this.bell = new Bell(config.shop, local);
    this.letter = new Letter({ rest: this.rest, world, typed: this.typed, onStored: ({ token }) => this.left(token) });
    this.files = new Files(world.newId, (what) => connection.post({ lane: LANE, owner: this.typed.owner, ...what }));
    this.appearance.value = host.appearance;
    // On a phone the window would cover the page that was just asked for.
    const offer = matchMedia(PHONE).matches ? null : this.memory.open;
    this.open.value = offer !== null;
    this.availability.value = host.availability ?? offer;
    this.typed.restore(false);
    // A guest's unsent text is shown at once; a customer's only to the customer, whom `welcome` names.
    if (!config.identity) void this.adopt();
  }

  /** What stands above the first message: what the visitor was invited with, if they were, else the shop's welcome. */
  get greeting(): string | undefined {
    return this.host.invitation?.text || this.appearance.value?.welcome;
  }

  /** Sends a message, or starts a conversation with it, if need be after the shop's questions. */
  write(text: string): void {
    const talk = this.talk.value;
    if (this.questions.due && this.pending.value.length === 0 && (!talk || talk.status === "archived")) {
      this.questions.open.value = true;
      return;
    }
    this.act();
    this.connection.post({ lane: LANE, owner: this.typed.owner, text });
    this.type("");
  }

  /** The shop's questions are answered: the conversation starts, with the text if there is one. */
  begin(): void {
    this.questions.answered();
    const text = cleanText(this.typed.text.value);
    if (text) return this.write(text);
    this.act();
    this.connection.post({ lane: LANE, owner: this.typed.owner, frame: { type: "start", ...this.answers() } });
  }

  attach(files: Iterable<File>): void {
    if (this.attaches.value) this.files.choose(files, this.talk.value!);
  }

  end(): void {
    const talk = this.talk.value;
    if (talk) this.connection.post({ lane: LANE, owner: this.typed.owner, frame: { type: "end", conversation: talk.id } });
  }

  rate(score: Score, comment: string): void {
    const talk = this.talk.value;
    if (!talk) return;
    this.rating.value = "sending";
    const frame = { type: "rate" as const, conversation: talk.id, score, ...(comment && { comment }) };
    this.connection.post({ lane: LANE, owner: this.typed.owner, frame });
  }

  fill(name: FieldName, value: string): void {
    if (name === "message") this.type(value);
    else this.typed.fill(name, value);
    this.letter.post?.recheck();
  }

  /** Sends the form for leaving a message. */
  leave(): Promise<void> {
    this.act();
    return this.letter.post!.send();
  }

  /** Rather than wait: what was said so far can be sent as a message. */
  leaveInstead(): void {
    const talk = this.talk.value;
    const first = talk?.status === "waiting" && talk.lines.find(isMessage);
    if (first && !this.typed.text.value) this.typed.write(first.text);
    this.letter.preferred.value = true;
  }

  retry(entry: Entry): void {
    this.act();
    this.connection.retry(entry.key);
  }

  /** The draft as it stands; the operator sees that somebody writes, not what. */
  type(text: string): void {
    this.typed.write(text);
    const talk = this.talk.value;
    if (talk?.status === "open" && this.typing.due(text !== "")) {
      this.connection.tell({ type: "typing", conversation: talk.id, on: text !== "" });
    }
  }

  show(open: boolean): void {
    this.byHand = open;
    this.open.value = open;
    this.memory.open = open ? this.availability.value : null;
    if (open) {
      this.look();
      this.recall();
    } else if (this.letter.state.value === "sent") this.letter.another();
  }

  /** What has come so far is in view. */
  look(): void {
    const talk = this.talk.value;
    const upto = talk?.lines.at(-1)?.seq ?? 0;
    if (!talk || upto <= this.talks.seen.value || !this.open.value || this.view.value !== "chat" || document.hidden) return;
    this.talks.seen.value = upto;
    this.connection.tell({ type: "read", conversation: talk.id, upto });
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

  /** What a `start` carries beside its text. */
  private answers() {
    const { invitation } = this.host;
    return { ...this.questions.answers(this.typed.fields.value), ...(invitation && { invitation: invitation.id }) };
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

  /** Asks for a customer's last conversation, which nobody needs before the window is open. */
  private recall(): void {
    const { last } = this.talks;
    if (last) this.connection.follow(last.id, this.connection.timelines.last(last.id), last.seq);
    this.talks.last = null;
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
      this.letter.another();
      this.files.forget();
      this.questions.forget();
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
    this.host.invitation = null;
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

  /** A message was left. Who waited in line for that waits no more. */
  private left(token: string | undefined): void {
    if (token) this.pass.become(token);
    if (this.talk.value?.status === "waiting") this.end();
  }

  private act(): void {
    if (this.pass.act() || this.phase.value.name === "closed") this.connection.renew();
  }
}
