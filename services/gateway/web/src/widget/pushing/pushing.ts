/**
 * The bell on the shop's pages: turns push on and off through the browser's own consent.
 *
 * The loader fetches this where the shop has push on. What is kept, from the click on: which subscription the gateway
 * knows, and with what; it is told again only when something of that has changed.
 */

import { storage } from "../../shared/connection/environment.ts";
import { groupOf } from "../../shared/group.ts";
import { pickLanguage } from "../../shared/language.ts";
import type { PushOffer, VisitorWelcome } from "../../shared/protocol.ts";
import { dress } from "../dress.ts";
import type { Host } from "../loader/host.ts";
import type { Part } from "../loader/parts.ts";
import { Rest } from "../rest.ts";
import { Bell, type BellState } from "./bell.ts";
import { takeLast } from "./last.ts";
import { active, addressFor, registered, scopeOf, subscribed, zone, type Place } from "./place.ts";
import style from "./pushing.css?inline";
import { TEXTS } from "./texts.ts";
import { Told } from "./told.ts";

/** A page often says a moment later who is signed in. */
const SETTLE_MS = 3_000;

export class Pushing implements Part {
  private offer: PushOffer | null = null;
  private state: BellState | null = null;
  private subscription: PushSubscription | null = null;
  private busy = false;
  private settling: (() => void) | null = null;
  /** The customer whom the shop vouches for. */
  private customer: string | null = null;
  /** What the gateway did not take is not brought again before it has greeted us anew. */
  private refused = false;
  private readonly told: Told;
  private readonly rest: Rest;
  private readonly bell = new Bell(() => void this.press());

  constructor(private readonly host: Host) {
    this.told = new Told(host.config.shop, storage("localStorage"));
    this.rest = new Rest(host);
    dress(style, host.root);
    // Before the window, which covers it on phones.
    host.root.querySelector(".root")!.prepend(this.bell.box);
    navigator.serviceWorker?.addEventListener("message", ({ data }: MessageEvent<unknown>) => data === "shopbell:open" && host.open());
    navigator.serviceWorker?.startMessages();
    // What the visitor allows or forbids in the browser's own settings.
    void navigator.permissions?.query({ name: "notifications" }).then((permission) => (permission.onchange = () => void this.find()), () => {});
  }

  welcome({ push, visitor }: VisitorWelcome): void {
    this.offer = push ?? null;
    this.customer = visitor.signed_in ? visitor.id : null;
    this.refused = false;
    void this.find();
  }

  look(): void {
    if (!this.subscription || this.busy || this.refused) return;
    this.settling ??= this.host.world.after(SETTLE_MS, () => {
      this.settling = null;
      if (!this.busy) void this.tell();
    });
  }

  /** How it stands in this browser. */
  private async find(): Promise<void> {
    if (this.busy) return;
    const { offer } = this;
    const state = offer && (supported() ? "off" : onHomeScreenOnly() ? "home" : null);
    const registration = state === "off" ? await registered(offer!.worker) : undefined;
    this.subscription = (await registration?.pushManager.getSubscription()) ?? null;
    if (state !== "off") this.show(state);
    else if (Notification.permission === "denied") this.show("blocked");
    else if (this.subscription) await this.goOn(registration!);
    else this.show("off");
  }

  /** It is on: under the shop's key of now, with the worker of now. */
  private async goOn(registration: ServiceWorkerRegistration): Promise<void> {
    registration.active?.postMessage("shopbell:here");
    if (registration.active && registration.active.scriptURL !== this.address) await this.register().catch(() => {});
    this.subscription = await subscribed(registration, this.offer!.key).catch(() => null);
    this.show(this.subscription ? "on" : "off");
    this.look();
  }

  private async press(): Promise<void> {
    const { state, texts } = this;
    if (this.busy || !this.offer) return;
    if (state === "blocked") return this.show(state, texts.allow);
    if (state === "home") return this.show(state, texts.home);
    this.busy = true;
    this.show(state === "on" ? "stopping" : "asking");
    const failed = await (state === "on" ? this.turnOff() : this.turnOn()).then(() => "", (fault: unknown) => {
      // Most often the shop's file is not where it should be: those who build the shop look there.
      reportError(fault);
      return texts.failed;
    });
    this.busy = false;
    if (failed) return this.show("off", failed);
    await this.find();
    if (this.state === "on") this.show("on", texts.on);
  }

  /** Asks the visitor by the browser's own question. Throws what the browser throws, and if the gateway does not answer. */
  private async turnOn(): Promise<void> {
    if ((await Notification.requestPermission()) !== "granted") return;
    this.subscription = await subscribed(await active(await this.register()), this.offer!.key);
    if (await this.tell()) return;
    await this.subscription.unsubscribe();
    throw new Error("The push subscription was not taken.");
  }

  /** Also where the gateway can't be reached: what it pushes then arrives nowhere, and it stops. */
  private async turnOff(): Promise<void> {
    const { subscription } = this;
    this.told.forget();
    this.subscription = null;
    if (!subscription) return;
    await subscription.unsubscribe();
    const campaign = await takeLast();
    await this.rest.leavePush({ endpoint: subscription.endpoint, ...(campaign && { campaign }) });
  }

  /** Whether the gateway knows all that there is to know. */
  private async tell(): Promise<boolean> {
    const { subscription, host, told } = this;
    if (!subscription || !this.offer || told.busy) return false;
    const { token, identity } = host.who();
    const { guest } = host.pass;
    const group = groupOf(host.config.group, location.pathname);
    const known = { endpoint: subscription.endpoint, language: this.place.language, zone: zone(), who: this.customer ?? guest };
    if (told.knows(known, group)) return true;
    const heard = await told.tell(known, group, async () => {
      const body = {
        id: host.world.newId(), subscription: subscription.toJSON(), language: known.language, zone: known.zone,
        ...(group && { group }), ...(guest && token && { token }), ...(identity && { identity }),
      };
      return "value" in (await this.rest.wantPush(body));
    });
    this.refused = !heard;
    return heard;
  }

  private register(): Promise<ServiceWorkerRegistration> {
    return navigator.serviceWorker.register(this.address, { scope: scopeOf(this.offer!.worker), updateViaCache: "none" });
  }

  private show(state: BellState | null, said?: string): void {
    this.state = state;
    this.bell.show(state, this.texts, said);
    this.host.listeners.tell("push", { state: state === "stopping" ? "on" : state === "home" ? "off" : state ?? "absent" }, true);
  }

  private get address(): string {
    return addressFor(this.offer!, this.place);
  }

  private get place(): Place {
    const { config, appearance } = this.host;
    return { shop: config.shop, gateway: config.origin, key: this.offer!.key, language: appearance?.language ?? pickLanguage(config.locale) };
  }

  private get texts() {
    return TEXTS[pickLanguage(this.host.language)];
  }
}

export { Pushing as Part };

const supported = () => isSecureContext && "serviceWorker" in navigator && "PushManager" in window && "Notification" in window;

/** An iPhone's browser, on a page that may stand on the home screen: there it would be supported. */
const onHomeScreenOnly = () => (navigator as { standalone?: boolean }).standalone === false && document.querySelector("link[rel=manifest]") !== null;
