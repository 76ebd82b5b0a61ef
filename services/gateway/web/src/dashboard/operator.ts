/** The operator's side: connection, desk and conversations, as signals that the pages draw. */

import { batch, computed, signal, type ReadonlySignal } from "@preact/signals";

import { Connection } from "../shared/connection/connection.ts";
import { storage, type Environment } from "../shared/connection/environment.ts";
import { TabKeep } from "../shared/connection/keep.ts";
import { isAway, START, type Phase } from "../shared/connection/link.ts";
import type { Entry, Posted } from "../shared/connection/outbox.ts";
import type {
  AnyFrame, Code, DeskState, EventFrame, OperatorWelcome, Rejected, ShopInfo, Summary, VisitorOnSite, Visitors,
} from "../shared/protocol.ts";
import { after, byTurn, fromFirstEvent, fromSummary, inLine, isCalled, longestFirst, upTo, withoutOld, type Chat } from "./chats.ts";
import { Deeds } from "./deeds.ts";
import { happeningOf, namesOf, type Happening } from "./happenings.ts";
import { now } from "./now.ts";
import { Receipts } from "./receipts.ts";
import * as rest from "./rest.ts";
import type { Site } from "./visitors/site.ts";
import { Watching } from "./visitors/watching.ts";
import { Writing } from "./writing.ts";

const TYPING_EVERY_MS = 3_000;

export class OperatorDesk extends Deeds {
  readonly phase = signal<Phase>(START);
  readonly me = signal<{ id: string; name: string } | null>(null);
  readonly shop = signal<ShopInfo | null>(null);
  readonly desk = signal<DeskState | null>(null);
  readonly chats = signal<ReadonlyMap<string, Chat>>(new Map());
  readonly texts = signal<readonly Entry[]>([]);
  readonly watching = new Watching((frame) => this.connection.tell(frame));
  /** Who is on the shop's pages; null while nobody watches, or before the first answer. */
  readonly site: ReadonlySignal<Site | null> = this.watching.site;
  /** Commands that have no answer yet: by type, and by `type conversation`. */
  readonly underWay = signal<ReadonlySet<string>>(new Set());
  /** The conversations in which the visitor is writing. */
  readonly writing: ReadonlySignal<ReadonlySet<string>>;
  /** The last refusal of something that is not a message. */
  readonly refusal = signal<{ code: Code; what: string } | null>(null);

  readonly manual = computed(() => this.settings.value.mode === "manual");
  readonly mayChangeSettings = computed(() => this.staff.value.some((each) => each.id === this.me.value?.id && each.role !== "operator"));
  readonly visitors = computed(() => this.site.value?.here ?? null);
  readonly departments = computed(() => this.desk.value?.departments ?? []);
  readonly handovers = computed(() => new Map((this.desk.value?.handovers ?? []).map((each) => [each.conversation, each.department])));
  /** The conversations whose visitor is marked away. */
  readonly absent = computed<ReadonlySet<string>>(() => new Set(this.desk.value?.absent));
  readonly away = computed(() => isAway(this.phase.value));
  readonly online = computed(() => this.desk.value?.operators.some((each) => each.id === this.me.value?.id && each.online) ?? false);
  readonly channels = computed(() => this.desk.value?.channels.filter((each) => each.operator === this.me.value?.id) ?? []);
  readonly ongoing = computed(() => this.all().filter((chat) => chat.status === "open" && this.isMine(chat)).sort(byTurn));
  readonly others = computed(() => this.all().filter((chat) => chat.status === "open" && !this.isMine(chat)).sort(byTurn));
  readonly waiting = computed(() => inLine(this.all().filter((chat) => chat.status === "waiting"), this.desk.value?.line ?? []));
  readonly finished = computed(() => this.all().filter((chat) => chat.status === "ended" && this.isMine(chat)).sort((a, b) => (a.at < b.at ? 1 : -1)));
  /** Conversations, whoever has them, whose visitor waits for an answer longer than the shop wants; the longest on top. */
  readonly alerts = computed(() => {
    const afterS = this.settings.value.unanswered_after ?? null;
    return this.all().filter((chat) => isCalled(chat, afterS, now.value)).sort(longestFirst);
  });
  readonly ourTurn = computed(() => this.ongoing.value.filter((chat) => chat.last?.from !== "operator").length);

  /** How many finished conversations went to history when we last went offline. */
  readonly putAway = signal(0);

  /** Called when a conversation came onto one of our channels. */
  onAssigned: (id: string) => void = () => {};

  private readonly listeners = new Set<(happening: Happening) => void>();
  private readonly world: Environment;
  private readonly keep: TabKeep;
  private readonly connection: Connection<OperatorWelcome>;
  private readonly typingToldAt = new Map<string, number>();
  private readonly visitorWrites: Writing;
  private readonly receipts: Receipts;

  constructor(world: Environment) {
    super();
    this.world = world;
    this.visitorWrites = new Writing(world);
    this.writing = this.visitorWrites.now;
    this.receipts = new Receipts(world, (frame) => this.connection.tell(frame));
    this.keep = new TabKeep(
      "desk", { local: storage("localStorage"), session: storage("sessionStorage"), locks: navigator.locks ?? null }, world.newId,
    );
    this.connection = new Connection<OperatorWelcome>({
      url: `${location.origin.replace(/^http/, "ws")}/v1/operator`,
      environment: world,
      keep: this.keep,
      hello: () => ({}),
      bind: (entry) => ({ type: "say", id: entry.id, conversation: entry.lane, text: entry.text ?? "" }),
      startsAnew: false,
      onPhase: (phase) => this.changed(phase),
      onWelcome: (welcome) => batch(() => this.welcome(welcome)),
      onEvent: (event) => batch(() => this.event(event)),
      onStored: () => {},
      onRejected: (answer, entry) => this.rejected(answer, entry),
      onFrame: (frame) => this.frame(frame),
      onOutbox: () => this.outboxChanged(),
    });
  }

  /** Also remembers how many finished conversations that puts away. */
  override goOnline(online: boolean): void {
    this.putAway.value = online ? 0 : this.finished.value.length;
    super.goOnline(online);
  }

  /** Connects, or says that somebody has to sign in first. */
  async start(): Promise<void> {
    if (await rest.nobodyIsSignedIn()) this.connection.stop("signed-out");
    else this.connection.start();
  }

  /** Does what ends the stay in this shop, then forgets the person: what they had open and what they had not sent. */
  async leave(deed: () => Promise<unknown>): Promise<void> {
    await deed();
    this.connection.outbox.discardUnless(() => false);
    this.connection.stop();
    this.chats.value = new Map();
    this.backroom.forget();
    this.me.value = null;
  }

  /** Calls back on what happens from now on; the result ends that. */
  listen(listener: (happening: Happening) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** Whether the visitor of a conversation is on the site; undefined if that is not known. */
  isHere(chat: Chat): boolean | undefined {
    return this.onSite(chat) !== undefined || (this.site.value?.more === 0 ? false : undefined);
  }

  /** Keeps `site` up to date until the result is called. */
  watchVisitors(): () => void {
    return this.watching.watch();
  }

  /** The visitor of a conversation, if they look at the shop's pages now; undefined also while nobody watches. */
  onSite(chat: Chat): VisitorOnSite | undefined {
    return this.site.value?.here.get(chat.visitor.id);
  }

  retry(entry: Entry): void {
    this.connection.retry(entry.key);
  }

  discard(entry: Entry): void {
    this.connection.outbox.discard(entry.key);
  }

  /** Loads the transcript of a conversation that is only known by its summary. */
  load(id: string): void {
    const chat = this.chats.value.get(id);
    if (!chat || chat.lines !== null) return;
    this.put({ ...chat, lines: [] });
    this.connection.follow(id, 0, chat.seq);
  }

  /** The operator has the conversation in view. That it is read says to the visitor who holds it, nobody else. */
  look(id: string): void {
    const chat = this.chats.value.get(id);
    if (!chat || document.hidden || (chat.unread === 0 && (chat.read["operator"] ?? 0) >= chat.seq)) return;
    if (!this.isMine(chat)) return this.put({ ...chat, unread: 0 });
    this.connection.tell({ type: "read", conversation: id, upto: chat.seq });
    this.put(upTo({ ...chat, unread: 0 }, "read", { operator: chat.seq }));
  }

  tellTyping(conversation: string, on: boolean): void {
    const now = this.world.now();
    const told = this.typingToldAt.get(conversation) ?? 0;
    if (on ? now - told < TYPING_EVERY_MS : told === 0) return;
    this.typingToldAt.set(conversation, on ? now : 0);
    this.connection.tell({ type: "typing", conversation, on });
  }

  protected post(what: Omit<Posted, "owner">): void {
    if (what.text === undefined) this.refusal.value = null;
    this.connection.post({ ...what, owner: this.me.value?.id ?? "" });
  }

  private welcome(welcome: OperatorWelcome): void {
    if (this.me.value?.id !== welcome.operator.id) this.connection.outbox.discardUnless((entry) => entry.owner === welcome.operator.id);
    this.me.value = welcome.operator;
    this.shop.value = welcome.shop;
    this.desk.value = welcome.desk;
    const before = this.chats.value;
    // A window may still show one that was archived while we were away.
    this.chats.value = new Map([...before.values()].filter((chat) => chat.lines).map((chat) => [chat.id, { ...chat, status: "archived" }]));
    this.addTo(welcome.conversations, before);
    void this.adopt(welcome.operator.id);
    void this.backroom.learn(welcome.shop.id);
    this.watching.again();
  }

  /** `before`: the conversations as they were known. */
  private addTo(summaries: readonly Summary[], before: ReadonlyMap<string, Chat>): void {
    const next = new Map(this.chats.value);
    for (const each of summaries) {
      const known = before.get(each.id);
      next.set(each.id, fromSummary(each, known));
      this.connection.follow(each.id, known?.lines ? this.connection.timelines.last(each.id) : each.seq, each.seq);
    }
    this.chats.value = next;
  }

  private changed(phase: Phase): void {
    this.phase.value = phase;
    // A socket that is refused before it opens does not say why: it may be that the session has ended.
    if (phase.name === "reconnecting" && phase.attempt > 1) {
      void rest.nobodyIsSignedIn().then((out) => out && this.connection.stop("signed-out"));
    }
  }

  private async adopt(owner: string): Promise<void> {
    const found = await this.keep.orphans(this.world.now());
    this.connection.adopt(found.filter((entry) => entry.owner === owner));
  }

  private event(event: EventFrame): void {
    const before = this.chats.value.get(event.conversation);
    if (!before && event.seq !== 1) return;
    const chat = after(before ?? fromFirstEvent(event), event);
    this.put(chat);
    if (event.kind === "note") this.noteCame(event);
    if (event.kind === "message" && event.from === "visitor") this.visitorSaid(chat, event);
    if (event.seq === chat.seq) this.tell(chat, event);
  }

  private visitorSaid(chat: Chat, { seq }: EventFrame): void {
    this.visitorWrites.show(chat.id, false);
    if (this.isMine(chat) && seq === chat.seq) this.receipts.came(chat.id, seq);
  }

  /** A note's event does not name its command: the first of these words that stands there as unsent is shown as it. */
  private noteCame(event: EventFrame): void {
    const { outbox } = this.connection;
    const same = outbox.texts().find((entry) => entry.frame?.type === "note" && entry.lane === event.conversation && entry.text === event.text);
    if (same && event.operator?.id === this.me.value?.id) outbox.seen(same.id);
  }

  /** `event` is the newest of the conversation. */
  private tell(chat: Chat, event: EventFrame): void {
    const what = happeningOf(event);
    if (what === "assigned" && this.isMine(chat)) this.onAssigned(chat.id);
    if (what) for (const listener of this.listeners) listener({ what, chat, event });
    if (chat.status === "archived") this.chats.value = withoutOld(this.chats.value);
  }

  private frame(frame: AnyFrame): void {
    const id = String(frame["conversation"] ?? "");
    const chat = this.chats.value.get(id);
    switch (frame.type) {
      case "desk":
        this.desk.value = frame as unknown as DeskState;
        break;
      case "conversations":
        this.addTo(frame["conversations"] as Summary[], this.chats.value);
        break;
      case "visitors":
        this.watching.take(frame as unknown as Visitors);
        break;
      case "typing":
        if (frame["from"] === "visitor") this.visitorWrites.show(id, frame["on"] === true);
        break;
      case "read":
      case "received":
        if (chat) this.put(upTo(chat, frame.type, { [String(frame["from"])]: Number(frame["upto"]) }));
        break;
      case "resumed":
        if (chat) this.put(upTo(upTo(chat, "read", frame["read"]), "received", frame["received"]));
    }
  }

  private rejected(answer: Rejected, entry: Entry | undefined): void {
    if (!entry || entry.state !== "failed" || entry.text !== undefined) return;
    this.refusal.value = { code: answer.code, what: entry.frame?.type ?? "" };
    this.connection.outbox.discard(entry.key);
  }

  private outboxChanged(): void {
    const { outbox } = this.connection;
    this.texts.value = outbox.texts();
    this.underWay.value = new Set(outbox.all().flatMap((entry) => (entry.text === undefined && entry.frame ? namesOf(entry.frame) : [])));
  }

  isMine(chat: Chat): boolean {
    return chat.operator?.id === this.me.value?.id;
  }

  private all(): Chat[] {
    return [...this.chats.value.values()];
  }

  private put(chat: Chat): void {
    this.chats.value = new Map(this.chats.value).set(chat.id, chat);
  }
}
