/**
 * Asks the visitor, of the shop's own accord or because one of its staff wants to, whether they would like to talk.
 *
 * The loader fetches this where the shop has rules or somebody invites. One card a visit: whoever says "not now" is asked
 * no more until the tab is closed, which is all that is kept; whoever takes it up is asked no more on that page.
 */

import { storage } from "../../shared/connection/environment.ts";
import { pickLanguage } from "../../shared/language.ts";
import type { AnyFrame, Invitation, InvitationRule, VisitorWelcome } from "../../shared/protocol.ts";
import { dress } from "../dress.ts";
import type { Host } from "../loader/host.ts";
import type { Part } from "../loader/parts.ts";
import { Card } from "./card.ts";
import style from "./inviting.css?inline";
import { due } from "./rules.ts";
import { TEXTS } from "./texts.ts";

/** Stands for a rule's id where one of the staff invited. */
const BY_STAFF = "operator";

interface Asked { id: string; text: string; name: string }

export class Inviting implements Part {
  private rules: readonly InvitationRule[] = [];
  private asked: Asked | null = null;
  /** It was taken up, or declined. */
  private answered = false;
  private page = location.href;
  private since: number;
  private cancel: (() => void) | null = null;
  private readonly card = new Card(() => this.accept(), () => this.dismiss());

  constructor(private readonly host: Host) {
    // The page was there before this script.
    this.since = host.world.now() - performance.now();
    dress(style, host.root);
    host.root.querySelector(".root")!.prepend(this.card.box);
    document.addEventListener("visibilitychange", () => this.look());
  }

  welcome({ invitations = [] }: VisitorWelcome): void {
    this.rules = invitations;
    this.look();
  }

  /** One of the staff invites. */
  frame(frame: AnyFrame): void {
    const { text, operator } = frame as unknown as Invitation;
    if (!this.may()) return;
    this.show({ id: BY_STAFF, text: text || this.texts.help, name: operator.name });
  }

  look(): void {
    this.cancel?.();
    const { world, cart, appearance } = this.host;
    if (location.href !== this.page) {
      this.page = location.href;
      this.since = world.now();
    }
    if (!this.may()) return this.card.hide();
    // What was asked stands there until it is answered, whatever page is shown meanwhile.
    if (this.asked) return this.show(this.asked);
    if (document.hidden) return;
    const seconds = (world.now() - this.since) / 1_000;
    const { rule, wait } = due(this.rules, { seconds, path: location.pathname, cart: cart?.total });
    if (rule) this.show({ id: rule.id, text: rule.text, name: appearance?.operator_name ?? "" });
    else if (wait !== undefined) this.cancel = world.after(wait * 1_000, () => this.look());
  }

  /** Nobody is asked who talks or has talked, who has answered, or where nobody would. */
  private may(): boolean {
    const { availability, talks, isOpen } = this.host;
    return (availability === "online" || availability === "line") && !talks && !isOpen && !this.answered && this.memory?.getItem(this.key) == null;
  }

  private show(asked: Asked): void {
    if (asked === this.asked && this.card.isShown) return;
    this.asked = asked;
    this.card.show(asked, this.texts);
  }

  private accept(): void {
    this.host.invitation = this.asked;
    this.asked = null;
    // The window opens once it has been fetched, and may be closed before anything was said.
    this.answered = true;
    this.card.hide();
    this.host.open();
  }

  private dismiss(): void {
    this.asked = null;
    this.answered = true;
    this.memory?.setItem(this.key, "1");
    const inside = this.card.box.contains(this.host.root.activeElement);
    this.card.hide();
    // The focus does not fall back to the top of the page.
    if (inside) this.host.launcher.button.focus();
  }

  private get texts() {
    return TEXTS[pickLanguage(this.host.language)];
  }

  private get key(): string {
    return `shopbell:${this.host.config.shop}:not-now`;
  }

  private get memory(): Storage | null {
    return storage("sessionStorage");
  }
}

export { Inviting as Part };
