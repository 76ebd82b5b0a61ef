/** What the widget asks of the gateway outside its socket. */

import type { Values } from "./fields.ts";
import type { LetterForm, LetterStored } from "./letter.ts";
import type { Host } from "./loader/host.ts";
import type { Poll, Voted } from "./polling/poll.ts";

/** A problem document (RFC 9457); `status` 0: nobody answered. */
export interface Problem { status: number; code?: string; detail?: string; answer?: string; errors?: { field: string }[] }
export type Reply<T> = { value: T } | { problem: Problem };

const PATIENCE_MS = 15_000;

export class Rest {
  readonly host: Host;

  constructor(host: Host) {
    this.host = host;
  }

  form(): Promise<Reply<LetterForm>> {
    return this.ask(`offline-form?locale=${encodeURIComponent(this.host.config.locale)}`);
  }

  leave(letter: { id: string; ticket: string; fields: Values; consent: boolean; website: string }): Promise<Reply<LetterStored>> {
    const { host } = this;
    return this.ask("offline-messages", { ...letter, ...host.who(), page: host.page.seen, locale: host.config.locale });
  }

  /** Asks for a conversation by email; the same `key` again is the same wish. */
  copy(conversation: string, email: string, key: string): Promise<Reply<object>> {
    return this.ask(`conversations/${conversation}/transcript`, { ...this.host.who(), email }, key);
  }

  /** Says how this browser is reached, and what campaigns choose by. */
  wantPush(body: { id: string; subscription: object; language: string; zone: string; group?: string; token?: string; identity?: string }): Promise<Reply<object>> {
    return this.ask("push-subscriptions", body);
  }

  /** `campaign`: the one that was shown last. */
  leavePush(body: { endpoint: string; campaign?: string }): Promise<Reply<object>> {
    return this.ask("push-subscriptions", body, undefined, "DELETE");
  }

  /** The one that is open on pages of this group; a value without anything in it: there is none. */
  poll(group = ""): Promise<Reply<Poll>> {
    const { token, identity } = this.host.who();
    const headers = { ...(token && { Authorization: `Bearer ${token}` }), ...(identity && { "Shopbell-Identity": identity }) };
    const page = new URLSearchParams({ language: this.host.config.locale, group });
    return this.ask(`polls/current?${page}`, undefined, undefined, "GET", headers);
  }

  vote(poll: string, vote: { id: string; answer: string }): Promise<Reply<Voted>> {
    return this.ask(`polls/${poll}/votes`, { ...vote, ...this.host.who() });
  }

  /** Without cookies: what a member of staff may do in the same browser is not for the widget. */
  private async ask<T>(path: string, body?: object, key?: string, method = "POST", headers?: Record<string, string>): Promise<Reply<T>> {
    const { origin, shop } = this.host.config;
    try {
      const response = await fetch(`${origin}/v1/shops/${encodeURIComponent(shop)}/${path}`, {
        credentials: "omit",
        signal: AbortSignal.timeout(PATIENCE_MS),
        ...(headers && { headers }),
        ...(body && {
          method,
          body: JSON.stringify(body),
          headers: { "Content-Type": "application/json", ...(key && { "Idempotency-Key": key }) },
        }),
      });
      const said = (await response.json().catch(() => ({}))) as T & Problem;
      return response.ok ? { value: said } : { problem: { ...said, status: response.status } };
    } catch {
      return { problem: { status: 0 } };
    }
  }
}
