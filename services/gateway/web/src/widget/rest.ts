/** What the widget asks of the gateway outside its socket. */

import type { Values } from "./fields.ts";
import type { LetterForm, LetterStored } from "./letter.ts";
import type { PassKeeper } from "./pass.ts";

export interface Config {
  shop: string;
  /** Where the gateway is, `https://…`. */
  origin: string;
  locale: string;
  /** The shop's signed word for who this is. */
  identity?: string;
}

/** A problem document (RFC 9457); `status` 0: nobody answered. */
export interface Problem { status: number; code?: string; detail?: string; errors?: { field: string }[] }
export type Reply<T> = { value: T } | { problem: Problem };

const PATIENCE_MS = 15_000;

export class Rest {
  private readonly config: Config;
  private readonly pass: PassKeeper;

  constructor(config: Config, pass: PassKeeper) {
    this.config = config;
    this.pass = pass;
  }

  who(): { token?: string; identity?: string } {
    const { token } = this.pass;
    const { identity } = this.config;
    return { ...(token && { token }), ...(identity && { identity }) };
  }

  page(): { url: string; title: string } {
    // Half a character at the cut would make no JSON that anybody reads.
    const title = document.title.slice(0, 300).replace(/[\uD800-\uDBFF]$/, "");
    return { url: location.href.slice(0, 2_000), title };
  }

  form(): Promise<Reply<LetterForm>> {
    return this.ask(`offline-form?locale=${encodeURIComponent(this.config.locale)}`);
  }

  leave(letter: { id: string; ticket: string; fields: Values; website: string }): Promise<Reply<LetterStored>> {
    return this.ask("offline-messages", { ...letter, ...this.who(), page: this.page(), locale: this.config.locale });
  }

  /** Asks for a conversation by email; the same `key` again is the same wish. */
  copy(conversation: string, email: string, key: string): Promise<Reply<object>> {
    return this.ask(`conversations/${conversation}/transcript`, { ...this.who(), email }, key);
  }

  /** Without cookies: what a member of staff may do in the same browser is not for the widget. */
  private async ask<T>(path: string, body?: object, key?: string): Promise<Reply<T>> {
    const { origin, shop } = this.config;
    try {
      const response = await fetch(`${origin}/v1/shops/${encodeURIComponent(shop)}/${path}`, {
        credentials: "omit",
        signal: AbortSignal.timeout(PATIENCE_MS),
        ...(body && {
          method: "POST",
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
