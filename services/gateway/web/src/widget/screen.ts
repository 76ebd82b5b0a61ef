/** What there is to show, as signals; `Session` moves them. */

import { isAway, START, type Phase } from "../shared/connection/link.ts";
import type { Entry } from "../shared/connection/outbox.ts";
import type { Appearance, AvailabilityState } from "../shared/protocol.ts";
import type { Files } from "./attaching.ts";
import type { Letter } from "./letter.ts";
import { Questions } from "./questions.ts";
import { computed, signal } from "./signals.ts";
import type { Face } from "./loader/launcher.ts";
import type { Talk } from "./talk.ts";
import { Talks } from "./talks.ts";
import { isOngoing, takesNew, viewOf } from "./views.ts";

/** Where the window takes the whole screen. */
export const PHONE = "(max-width: 479px)";

export abstract class Screen {
  abstract readonly letter: Letter;
  abstract readonly files: Files;
  readonly phase = signal<Phase>(START);
  readonly availability = signal<AvailabilityState | null>(null);
  readonly appearance = signal<Appearance | null>(null);
  readonly talks = new Talks();
  readonly talk = this.talks.current;
  readonly pending = signal<readonly Entry[]>([]);
  readonly open = signal(false);
  readonly questions = new Questions();

  readonly away = computed(() => isAway(this.phase.value));
  /** Whether something is on its way. What was refused stands there to be seen to, and holds nothing up. */
  readonly underway = computed(() => this.pending.value.some(({ state }) => state !== "failed"));
  readonly view = computed(() => viewOf({
    availability: this.availability.value, status: this.talk.value?.status ?? (this.pending.value[0] && "archived"),
    pending: this.underway.value, preferred: this.letter.preferred.value, asks: this.questions.due, answering: this.questions.open.value,
  }));
  /** Whether files may be sent: to a conversation that goes on, or does so as soon as its visitor says something. */
  readonly attaches = computed(() => {
    const status = this.talk.value?.status;
    const goesOn = isOngoing(status) || (status === "ended" && takesNew(this.availability.value));
    return goesOn && this.appearance.value?.attachments === true;
  });
  /** Whether there is anything to show on the page. */
  readonly shown = computed(() => {
    const talking = isOngoing(this.talk.value?.status) || this.pending.value.length > 0 || this.open.value;
    return talking || takesNew(this.availability.value) || this.availability.value === "form";
  });

  /** How far the visitor has come with rating the conversation. */
  readonly rating = signal<"asked" | "sending" | "failed" | "skipped">("asked");

  get isOpen(): boolean {
    return this.open.value;
  }

  get now(): Talk | null {
    return this.talk.value;
  }

  get face(): Face | null {
    const talk = this.talk.value;
    if (!this.shown.value) return null;
    const kind = talk?.status === "waiting" ? "waiting" : this.availability.value === "form" && !isOngoing(talk?.status) ? "form" : "chat";
    return { kind, unread: this.talks.unread.value, place: talk?.place };
  }

  /** The name of whoever answers. */
  get operator(): string {
    return this.talk.value?.operator ?? this.appearance.value?.operator_name ?? "";
  }
}
