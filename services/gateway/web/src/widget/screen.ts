/** What there is to show, as signals; `Session` moves them. */

import { computed, signal } from "@preact/signals-core";

import { isAway, START, type Phase } from "../shared/connection/link.ts";
import type { Entry } from "../shared/connection/outbox.ts";
import type { Appearance, AvailabilityState } from "../shared/protocol.ts";
import type { FieldRules, Flaws } from "./fields.ts";
import { Talks } from "./talks.ts";
import { isOngoing, takesNew, viewOf } from "./views.ts";

/** Where the window takes the whole screen. */
export const PHONE = "(max-width: 479px)";

export class Screen {
  readonly phase = signal<Phase>(START);
  readonly availability = signal<AvailabilityState | null>(null);
  readonly appearance = signal<Appearance | null>(null);
  readonly talks = new Talks();
  readonly talk = this.talks.current;
  readonly pending = signal<readonly Entry[]>([]);
  readonly open = signal(false);
  /** A message is being left although there is a conversation, or could be one by now. */
  readonly leaving = signal(false);
  /** Another conversation is wanted, or the one that was refused: what the shop asks before it is to be answered. */
  readonly starting = signal(false);
  /** What the shop asks before a conversation, or null. */
  readonly asks = signal<FieldRules | null>(null);
  /** What is wrong with the answers. */
  readonly flaws = signal<Flaws>({});
  /** They were given on this page. */
  readonly given = signal(false);

  readonly away = computed(() => isAway(this.phase.value));
  readonly view = computed(() => viewOf({
    availability: this.availability.value, status: this.talk.value?.status, pending: this.pending.value.length > 0,
    leaving: this.leaving.value, asks: this.asks.value !== null && !this.given.value, starting: this.starting.value,
  }));
  /** Whether there is anything to show on the page. */
  readonly shown = computed(() => {
    const talking = isOngoing(this.talk.value?.status) || this.pending.value.length > 0 || this.open.value;
    return talking || takesNew(this.availability.value) || this.availability.value === "form";
  });
}
