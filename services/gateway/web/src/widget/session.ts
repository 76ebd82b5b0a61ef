/** The visitor's side of one shop: connection, token and conversation, as signals that the view draws. */

import { batch, computed, signal } from "@preact/signals";

import { Connection } from "../shared/connection/connection.ts";
import { storage, type Environment } from "../shared/connection/environment.ts";
import { TabKeep } from "../shared/connection/keep.ts";
import { isAway, START, type Phase } from "../shared/connection/link.ts";
import type { Entry } from "../shared/connection/outbox.ts";
import type {
  AnyFrame, Appearance, AvailabilityState, CommandFrame, EventFrame, Rejected, Stored, VisitorHello, VisitorWelcome,
} from "../shared/protocol.ts";
import { PassKeeper } from "./pass.ts";
import { TabMemory } from "./tab-memory.ts";
import { after, newTalk, unread, welcomed, type Talk } from "./talk.ts";

export interface Config {
  shop: string;
  /** Where the gateway is, `https://…`. */
  origin: string;
  locale: string;
  /** The shop's signed word for who this is. */
  identity?: string;
}

/** Where the window takes the whole screen. */
export const PHONE = "(max-width: 479px)";

const LANE = "talk";
/** How long "is writing" stands without being renewed. */
const TYPING_MS = 6_000;
const TYPING_EVERY_MS = 3_000;

export class Session {
  readonly phase = signal<Phase>(START);
  readonly availability = signal<AvailabilityState | null>(null);
  readonly appearance = signal<Appearance | null>(null);
  readonly talk = signal<Talk | null>(null);
  readonly pending = signal<readonly Entry[]>([]);
  /** Who is writing, or null. */
  readonly writing = signal<string | null>(null);
  /** The last seq that this visitor has had in view. */
  readonly seen = signal(0);
  readonly open = signal(false);
  readonly draft = signal("");

  readonly away = computed(() => isAway(this.phase.value));
  readonly unread = computed(() => (this.talk.value ? unread(this.talk.value, this.seen.value) : 0));
  /** Whether there is anything to show on the page. */
  readonly shown = computed(() => {
    const status = this.talk.value?.status;
    const talking = status === "open" || status === "waiting" || this.pending.value.length > 0 || this.open.value;
    return talking || this.availability.value === "online" || this.availability.value === "line";
  });

  /** The window was opened by the visitor, not by a page load: it may take the focus. */
  byHand = false;

  private owner = "guest";
  private typingToldAt = 0;
  private stopTyping: (() => void) | null = null;
  private readonly config: Config;
  private readonly world: Environment;
  private readonly pass: PassKeeper;
  private readonly keep: TabKeep;
  private readonly memory: TabMemory;
  private readonly connection: Connection<VisitorWelcome>;

  constructor(config: Config, world: Environment) {
    this.config = config;
    this.world = world;
    const [local, session] = [storage("localStorage"), storage("sessionStorage")];
    this.memory = new TabMemory(config.shop, session);
    this.pass = new PassKeeper(config.shop, local, world.newId);
    this.keep = new TabKeep(config.shop, { local, session, locks: navigator.locks ?? null }, world.newId);
    this.connection = new Connection<VisitorWelcome>({
      url: `${config.origin.replace(/^http/, "ws")}/v1/visitor?shop=${encodeURIComponent(config.shop)}`,
      environment: world,
      keep: this.keep,
      hello: () => this.hello(),
      bind: (entry) => this.bind(entry),
      startsAnew: true,
      onPhase: (phase) => this.changed(phase),
      onWelcome: (welcome) => batch(() => this.welcome(welcome)),
      onEvent: (event) => batch(() => this.event(event)),
      onStored: (answer, entry) => batch(() => this.stored(answer, entry)),
      onRejected: (answer, entry) => this.rejected(answer, entry),
      onFrame: (frame) => this.frame(frame),
      onOutbox: () => (this.pending.value = this.connection.outbox.texts()),
    });
  }

  start(): void {
    // On a phone the window would cover the page that was just asked for.
    this.open.value = this.memory.open && !matchMedia(PHONE).matches;
    this.restoreDraft();
    this.pass.watch(() => this.connection.renew());
    // A guest's unsent text is shown at once; a customer's only to the customer, whom `welcome` names.
    if (!this.config.identity) void this.adopt();
    this.connection.start();
  }

  /** Sends a message, or starts a conversation with it. */
  write(text: string): void {
    this.act();
    this.connection.post({ lane: LANE, owner: this.owner, text });
    this.type("");
  }

  end(): void {
    const talk = this.talk.value;
    if (!talk) return;
    this.connection.post({ lane: LANE, owner: this.owner, frame: { type: "end", conversation: talk.id } });
  }

  retry(entry: Entry): void {
    this.act();
    this.connection.retry(entry.key);
  }

  /** The draft as it stands; the operator sees that somebody writes, not what. */
  type(text: string): void {
    this.draft.value = text;
    this.memory.draft = { owner: this.owner, text };
    this.tellTyping(text !== "");
  }

  show(open: boolean): void {
    this.byHand = open;
    this.open.value = open;
    this.memory.open = open;
    if (open) this.look();
  }

  /** What has come so far is in view. */
  look(): void {
    const talk = this.talk.value;
    const upto = talk?.lines.at(-1)?.seq ?? 0;
    if (!talk || upto <= this.seen.value || !this.open.value || document.hidden) return;
    this.seen.value = upto;
    this.connection.tell({ type: "read", conversation: talk.id, upto });
  }

  private hello(): Omit<VisitorHello, "type"> {
    const talk = this.talk.value;
    const token = this.pass.show();
    return {
      locale: this.config.locale,
      page: { url: location.href.slice(0, 2_000), title: document.title.slice(0, 300) },
      ...(token ? { token } : {}),
      ...(this.config.identity ? { identity: this.config.identity } : {}),
      ...(talk && talk.status !== "archived" ? { resume: { conversation: talk.id, after: this.connection.timelines.last(talk.id) } } : {}),
    };
  }

  /** One lane for everything, so the one before has been answered: we know whether there is a conversation. */
  private bind(entry: Entry): CommandFrame {
    const talk = this.talk.value;
    const { id, text = "" } = entry;
    // After a refusal as not open, the conversation is over, whatever we have heard.
    const over = !talk || talk.status === "archived" || entry.rebound;
    return over ? { type: "start", id, text } : { type: "say", id, conversation: talk.id, text };
  }

  private welcome(frame: VisitorWelcome): void {
    this.pass.renew(frame.token);
    this.becomeOwner(frame.visitor.signed_in ? `customer:${frame.visitor.id}` : "guest");
    this.availability.value = frame.availability;
    this.appearance.value = frame.appearance;
    const before = this.talk.value;
    const now = frame.conversation;
    if (now) {
      this.seen.value = before?.id === now.id ? Math.max(this.seen.value, frame.read?.["visitor"] ?? 0) : (frame.read?.["visitor"] ?? 0);
      this.talk.value = welcomed(before, now, frame.read);
      this.connection.follow(now.id, this.connection.timelines.last(now.id), now.seq, true);
    } else if (before) {
      this.talk.value = { ...before, status: "archived" };
    }
    void this.adopt();
  }

  /** On a shared computer nobody sees, or sends, what the person before wrote. */
  private becomeOwner(owner: string): void {
    const mayKeep = (former: string) => former === owner || former === "guest";
    if (!mayKeep(this.owner)) {
      this.talk.value = null;
      this.type("");
    }
    this.owner = owner;
    this.restoreDraft();
    this.connection.outbox.discardUnless((entry) => mayKeep(entry.owner));
    for (const entry of this.connection.outbox.all()) entry.owner = owner;
  }

  /** A customer's draft comes back to that customer only, and is gone once somebody else is known to be here. */
  private restoreDraft(): void {
    const kept = this.memory.draft;
    if (!kept || this.draft.value !== "") return;
    if (kept.owner === this.owner || kept.owner === "guest") this.draft.value = kept.text;
    else if (this.phase.value.name === "open") this.memory.draft = null;
  }

  /** Unsent text of an earlier page or of a tab that was closed. */
  private async adopt(): Promise<void> {
    const found = await this.keep.orphans(this.world.now());
    const mine = (entry: Entry) => entry.owner === this.owner || entry.owner === "guest";
    for (const entry of found) if (!mine(entry)) this.keep.drop(entry.key);
    this.connection.adopt(found.filter(mine));
  }

  private event(event: EventFrame): void {
    let talk = this.talk.value;
    if (talk?.id !== event.conversation) {
      if (event.seq !== 1) return;
      talk = newTalk(event.conversation);
      this.seen.value = 0;
    }
    this.talk.value = after(talk, event);
    if (event.kind === "message" && event.from === "operator") this.writing.value = null;
    this.look();
  }

  private stored(answer: Stored, entry: Entry | undefined): void {
    if (answer.token) this.pass.become(answer.token);
    if (entry?.frame?.type !== "start" || !answer.conversation) return;
    const talk = this.talk.value;
    if (talk?.id !== answer.conversation) {
      this.talk.value = newTalk(answer.conversation);
      this.seen.value = 0;
      this.connection.follow(answer.conversation, 0, answer.seq, true);
    }
  }

  private rejected(answer: Rejected, entry: Entry | undefined): void {
    if (answer.code === "not_open" && entry?.rebound && this.talk.value) {
      this.talk.value = { ...this.talk.value, status: "archived" };
    }
  }

  private frame(frame: AnyFrame): void {
    switch (frame.type) {
      case "availability":
        this.availability.value = frame["state"] as AvailabilityState;
        break;
      case "typing":
        if (frame["from"] !== "visitor") this.showTyping(frame["on"] === true);
        break;
      case "read":
        this.mark({ [String(frame["from"])]: Number(frame["upto"]) });
        break;
      case "resumed":
        this.mark((frame["read"] ?? {}) as Record<string, number>);
    }
  }

  private mark(read: Record<string, number>): void {
    const talk = this.talk.value;
    if (talk) this.talk.value = { ...talk, read: { ...talk.read, ...read } };
  }

  private changed(phase: Phase): void {
    this.phase.value = phase;
    if (phase.name !== "open") this.showTyping(false);
    // The token is of no use any more; whoever writes next is a new guest.
    if (phase.name === "closed" && phase.reason === "signed-out") this.pass.forget();
  }

  private act(): void {
    const another = this.pass.act();
    if (another || this.phase.value.name === "closed") this.connection.renew();
  }

  private showTyping(on: boolean): void {
    this.stopTyping?.();
    this.writing.value = on ? (this.talk.value?.operator ?? this.appearance.value?.operator_name ?? "") : null;
    this.stopTyping = on ? this.world.after(TYPING_MS, () => (this.writing.value = null)) : null;
  }

  private tellTyping(on: boolean): void {
    const talk = this.talk.value;
    const now = this.world.now();
    if (talk?.status !== "open" || (on && now - this.typingToldAt < TYPING_EVERY_MS)) return;
    this.typingToldAt = on ? now : 0;
    this.connection.tell({ type: "typing", conversation: talk.id, on });
  }
}
