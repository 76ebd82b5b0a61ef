/** All that a visitor can do: each deed is a command to the gateway, a request, or a word to the screen. */

import type { Connection } from "../shared/connection/connection.ts";
import { storage, type Environment } from "../shared/connection/environment.ts";
import { TabKeep } from "../shared/connection/keep.ts";
import type { Entry } from "../shared/connection/outbox.ts";
import { cleanText, type VisitorWelcome } from "../shared/protocol.ts";
import { Files } from "./attaching.ts";
import type { FieldName } from "./fields.ts";
import { Letter } from "./letter.ts";
import type { Host } from "./loader/host.ts";
import type { PassKeeper } from "./pass.ts";
import type { Score } from "./rating.tsx";
import { Screen } from "./screen.ts";
import { Bell } from "./sound.ts";
import { TabMemory } from "./tab-memory.ts";
import { isMessage } from "./talk.ts";
import { Typed } from "./typed.ts";
import { Typing } from "./typing.ts";

const LANE = "talk";

export abstract class Deeds extends Screen {
  /** The window was opened by the visitor, not by a page load: it may take the focus. */
  byHand = false;
  readonly typed: Typed;
  readonly typing: Typing;
  readonly letter: Letter;
  readonly files: Files;
  readonly bell: Bell;
  readonly keep: TabKeep;
  protected readonly world: Environment;
  protected readonly pass: PassKeeper;
  protected readonly memory: TabMemory;
  protected readonly connection: Connection<VisitorWelcome>;

  constructor(readonly host: Host) {
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
    this.bell = new Bell(config.shop, local);
    this.letter = new Letter({ host, typed: this.typed, onStored: ({ token }) => this.left(token) });
    this.files = new Files(world.newId, (what) => connection.post({ lane: LANE, owner: this.typed.owner, ...what }));
  }

  /** What stands above the first message: what the visitor was invited with, if they were, else the shop's welcome. */
  get greeting(): string | undefined {
    const { invitation } = this.host;
    const id = this.now?.id;
    return (invitation && (invitation.talk ?? id) === id && invitation.text) || this.appearance.value?.welcome;
  }

  /** Sends a message, or starts a conversation with it, if need be after the shop's questions. */
  write(text: string): void {
    const talk = this.talk.value;
    if (this.questions.due && !this.underway.value && (!talk || talk.status === "archived")) {
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

  /** What did not go is not wanted any more. */
  discard({ key }: Entry): void {
    this.connection.outbox.discard(key);
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

  /** What a `start` carries beside its text. */
  protected answers() {
    const { invitation } = this.host;
    return { ...this.questions.answers(this.typed.fields.value), ...(invitation && !invitation.talk && { invitation: invitation.id }) };
  }

  /** Asks for a customer's last conversation, which nobody needs before the window is open. */
  protected recall(): void {
    const { last } = this.talks;
    if (last) this.connection.follow(last.id, this.connection.timelines.last(last.id), last.seq);
    this.talks.last = null;
  }

  /** A message was left. Who waited in line for that waits no more. */
  private left(token: string | undefined): void {
    if (token) this.pass.become(token);
    if (this.talk.value?.status === "waiting") this.end();
  }

  protected act(): void {
    if (this.pass.act() || this.phase.value.name === "closed") this.connection.renew();
  }
}
