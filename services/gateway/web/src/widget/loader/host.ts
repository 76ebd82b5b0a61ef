/**
 * What is on the shop's page from the beginning: one connection, the launcher, and `window.shopbell`.
 *
 * The app, which draws the window, is fetched on the first click, or at once if a conversation goes on. It then hears
 * all that the connection says; what was said before it came is held back for it.
 */

import { Connection } from "../../shared/connection/connection.ts";
import { storage, type Environment } from "../../shared/connection/environment.ts";
import { pickLanguage } from "../../shared/language.ts";
import type { AnyFrame, Appearance, AvailabilityState, VisitorHello, VisitorWelcome } from "../../shared/protocol.ts";
import { paint } from "../colours.ts";
import { PassKeeper } from "../pass.ts";
import { Listeners, tellOfTalk } from "./api.ts";
import type { App, Fetch } from "./app.ts";
import { subjectOf } from "./identity.ts";
import { Launcher, type Face } from "./launcher.ts";
import { leftOpen } from "./left.ts";
import { Page } from "./page.ts";
import { Parts, type FetchPart } from "./parts.ts";
import type { ShopbellCart } from "./shopbell.d.ts";
import { LAUNCHER, PSEUDO, type WidgetLanguage } from "./texts.ts";

export interface Config {
  shop: string;
  /** Where the gateway is, `https://…`. */
  origin: string;
  locale: string;
  /** The shop's signed word for who this is. */
  identity?: string | undefined;
  /** The group of pages that this one belongs to, if the tag says. */
  group?: string | undefined;
}

const CART_MS = 500;
const AGAIN_MS = 10_000;

export class Host {
  readonly listeners = new Listeners();
  readonly page = new Page();
  readonly pass: PassKeeper;
  readonly connection: Connection<VisitorWelcome>;
  readonly launcher: Launcher;
  availability: AvailabilityState | null = null;
  appearance: Appearance | null = null;
  private app: App | null = null;
  private loading: Promise<void> | null = null;
  private held: ((app: App) => void)[] = [];
  /** The conversation that the gateway named, until the app knows it. */
  private current: string | null = null;
  private before: { open: boolean; now: App["now"] } = { open: false, now: null };
  cart: ShopbellCart | null = null;
  /** The invitation that the visitor has taken up, and the conversation that came of it. */
  invitation: { id: string; text: string; talk?: string } | null = null;
  private readonly parts: Parts;
  private cancelCart: (() => void) | null = null;

  constructor(
    readonly config: Config, readonly world: Environment, readonly root: ShadowRoot, private readonly fetch: Fetch, fetchPart?: FetchPart,
  ) {
    this.parts = new Parts(this, fetchPart);
    this.pass = new PassKeeper(config.shop, storage("localStorage"), world.newId);
    this.launcher = new Launcher(LAUNCHER[pickLanguage(config.locale)], () => this.open());
    this.connection = new Connection<VisitorWelcome>({
      url: `${config.origin.replace(/^http/, "ws")}/v1/visitor?shop=${encodeURIComponent(config.shop)}`,
      environment: world,
      keep: { put: (entry) => this.app?.keep.put(entry), drop: (key) => this.app?.keep.drop(key) },
      hello: () => this.hello(),
      bind: (entry) => this.app!.bind(entry),
      startsAnew: true,
      onPhase: (phase) => this.app?.changed(phase),
      onWelcome: (frame) => this.welcome(frame),
      onEvent: (event) => this.hear((app) => app.event(event)),
      onStored: (answer, entry) => this.hear((app) => app.stored(answer, entry)),
      onRejected: (answer, entry) => this.hear((app) => app.rejected(answer, entry)),
      onFrame: (frame) => this.frame(frame),
      onOutbox: () => this.app?.outbox(),
    });
  }

  start(): void {
    this.pass.watch(() => this.connection.renew());
    this.page.watch(() => this.tellPage());
    this.connection.start();
    if (leftOpen(this.config.shop)) void this.load();
  }

  open(): void {
    // Where the shop offers nothing there is nothing to open.
    if (!(this.app ? this.app.face : this.offers())) return;
    void this.load().then(() => this.app?.show(true));
  }

  close(): void {
    this.app?.show(false);
  }

  identify(token: string | undefined): void {
    const { identity } = this.config;
    if (token === identity) return;
    this.config.identity = token;
    // The person before is gone from the screen before the gateway is asked who this is.
    if (identity && subjectOf(identity) !== subjectOf(token)) this.app?.forget();
    this.connection.renew();
  }

  /** Carts change in bursts: the latest is told. */
  show(cart: ShopbellCart | null): void {
    this.cart = cart ?? { pieces: 0 };
    this.cancelCart?.();
    this.cancelCart = this.world.after(CART_MS, () => this.tellPage());
  }

  who(): { token?: string; identity?: string } {
    const { token } = this.pass;
    const { identity } = this.config;
    return { ...(token && { token }), ...(identity && { identity }) };
  }

  get language(): WidgetLanguage {
    return this.config.locale === PSEUDO ? PSEUDO : pickLanguage(this.appearance?.language, this.config.locale);
  }

  /** What the launcher shows, the page's title and those who listen follow what is so now. */
  draw(): void {
    const { app, launcher, listeners } = this;
    const face = app ? app.face : this.offers();
    const open = this.isOpen;
    launcher.show(open ? null : face);
    this.parts.look();
    this.page.badge(face?.unread ?? 0);
    if (this.availability) listeners.tell("availability", { state: this.availability }, true);
    listeners.tell("unread", { count: face?.unread ?? 0 }, true);
    const { before } = this;
    this.before = { open, now: app?.now ?? null };
    if (open !== before.open) listeners.tell(open ? "open" : "close", {});
    tellOfTalk(listeners, before.now, this.before.now);
  }

  private load(): Promise<void> {
    this.loading ??= this.fetch(this.language).then(
      ({ start }) => this.handOver(start),
      () => {
        this.loading = null;
        this.launcher.state = "stuck";
        if (this.current) this.world.after(AGAIN_MS, () => void this.load());
      },
    ).finally(() => this.draw());
    this.launcher.state = this.app ? "idle" : "loading";
    this.draw();
    return this.loading;
  }

  private handOver(start: (host: Host) => App): void {
    const app = start(this);
    this.launcher.state = "idle";
    app.changed(this.connection.state);
    this.app = app;
    for (const act of this.held) act(app);
    this.held = [];
    // What was held back may say less than what is known by now.
    if (this.availability) app.available(this.availability);
  }

  private hear(act: (app: App) => void): void {
    if (this.app) act(this.app);
    else this.held.push(act);
  }

  private hello(): Omit<VisitorHello, "type"> {
    this.pass.show();
    const { current } = this;
    const resume = this.app ? this.app.resume() : current && { conversation: current, after: this.connection.timelines.last(current) };
    return { locale: this.config.locale, page: this.page.seen, ...this.who(), ...(resume && { resume }) };
  }

  private welcome(frame: VisitorWelcome): void {
    const { connection } = this;
    this.pass.renew(frame.token);
    this.appearance = frame.appearance;
    this.availability = frame.availability;
    this.launcher.texts = LAUNCHER[pickLanguage(this.language)];
    paint(this.root.querySelector(".root")!, frame.appearance.colours);
    const { conversation: now } = frame;
    this.current = now?.id ?? null;
    this.parts.welcome(frame);
    if (now) connection.follow(now.id, connection.timelines.last(now.id), now.seq, true);
    // Without a conversation an earlier welcome says nothing that this one does not.
    if (!now && !this.app) this.held = [];
    this.hear((app) => app.welcome(frame));
    if (now && !this.app) void this.load();
    if (this.cart) this.tellPage();
    this.draw();
  }

  private frame(frame: AnyFrame): void {
    if (frame.type === "availability") {
      this.availability = frame["state"] as AvailabilityState;
      this.app?.available(this.availability);
      this.draw();
    } else if (frame.type === "invitation") this.parts.ask("inviting", (part) => part.frame!(frame));
    else if (this.app || this.current) this.hear((app) => app.frame(frame));
  }

  private tellPage(): void {
    this.parts.look();
    this.connection.tell({ type: "page", ...this.page.seen, ...(this.cart && { cart: { ...this.cart } }) });
  }

  get isOpen(): boolean {
    return this.app?.isOpen === true;
  }

  /** Whether the visitor talks, or has talked on this page. */
  get talks(): boolean {
    return (this.app ? this.app.now : this.current) !== null;
  }

  private offers(): Face | null {
    const { availability } = this;
    if (availability === "form") return { kind: "form", unread: 0 };
    return availability === "online" || availability === "line" ? { kind: "chat", unread: 0 } : null;
  }

}
