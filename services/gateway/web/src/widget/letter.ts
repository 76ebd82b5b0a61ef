/** A message left while nobody is at the counter: the form as the shop wants it, and the message's way to the shop. */

import type { Environment } from "../shared/connection/environment.ts";
import { asked, filled, flaws, still, type FieldName, type FieldRules, type Flaws, type Values } from "./fields.ts";
import type { Problem, Reply, Rest } from "./rest.ts";
import { signal } from "./signals.ts";
import type { Typed } from "./typed.ts";

export interface LetterForm {
  fields: FieldRules;
  header: string;
  welcome: string;
  /** Colours of the header, `#rrggbb`, or empty. */
  background: string;
  text: string;
  /** Says when the form was handed out. */
  ticket: string;
}

/** The answer to a message; a `token` if its sender became a guest by it. */
export interface LetterStored { id: string; token?: string }

/** Why it did not go: nobody answered, too many came, or something else. */
export type Trouble = "lost" | "many" | "other";

/** A form that comes back faster than this is taken for a machine's; in milliseconds, with some to spare. */
const LEAST_MS = 2_300;
const AGAIN_MS = 5_000;

export interface LetterOptions {
  rest: Pick<Rest, "form" | "leave">;
  world: Environment;
  typed: Typed;
  onStored(answer: LetterStored): void;
}

export class Letter {
  readonly form = signal<LetterForm | null>(null);
  readonly state = signal<"writing" | "sending" | "sent">("writing");
  readonly trouble = signal<Trouble | null>(null);
  readonly flaws = signal<Flaws>({});
  /** It is being written although there is a conversation, or could be one by now. */
  readonly preferred = signal(false);
  /** What was sent last, and when. */
  readonly sent = signal<{ values: Values; at: string } | null>(null);
  /** What the field for machines holds. */
  website = "";
  private loading = false;
  private loadedAt = 0;
  private readonly options: LetterOptions;

  constructor(options: LetterOptions) {
    this.options = options;
  }

  /** Asks for the form until it is there. A shop that takes no messages answers so, and is not asked again. */
  async load(anew = false): Promise<void> {
    const { rest, world } = this.options;
    if (this.loading || (this.form.value && !anew)) return;
    this.loading = true;
    const reply = await rest.form();
    this.loading = false;
    if ("value" in reply) {
      this.form.value = reply.value;
      this.loadedAt = world.now();
    } else if (mayPass(reply.problem)) world.after(AGAIN_MS, () => void this.load(anew));
  }

  /** Something was changed: what was marked as wrong is looked at again, and nothing goes by itself any more. */
  recheck(): void {
    if (!this.form.value) return;
    this.flaws.value = still(this.flaws.value, this.wrong());
    this.trouble.value = null;
  }

  async send(): Promise<void> {
    if (this.state.value === "sending") return;
    this.trouble.value = null;
    this.flaws.value = this.wrong();
    if (Object.keys(this.flaws.value).length > 0) return;
    this.state.value = "sending";
    const reply = await this.post();
    this.state.value = "writing";
    if ("value" in reply) this.arrived(reply.value);
    else this.refused(reply.problem);
  }

  /** The connection is back, or may be: what was to be sent goes by itself. */
  again(): void {
    if (this.trouble.value === "lost") void this.send();
  }

  /** After one that was sent: back to what the shop offers now. */
  another(): void {
    this.state.value = "writing";
    this.sent.value = null;
    this.preferred.value = false;
  }

  private wrong(): Flaws {
    return flaws(this.form.value!.fields, this.options.typed.values);
  }

  private said(): string {
    return JSON.stringify(filled(this.form.value!.fields, this.options.typed.values));
  }

  /** The same message has the same id, however often it is sent. */
  private id(): string {
    const { typed, world } = this.options;
    const said = this.said();
    if (typed.attempt?.said !== said) typed.attempt = { id: world.newId(), said };
    typed.keep();
    return typed.attempt!.id;
  }

  private async post(anew = false): Promise<Reply<LetterStored>> {
    const { rest, world } = this.options;
    if (anew) await this.load(true);
    const early = this.loadedAt + LEAST_MS - world.now();
    if (early > 0) await new Promise<void>((done) => world.after(early, done));
    const { ticket } = this.form.value!;
    const fields = JSON.parse(this.said()) as Values;
    const reply = await rest.leave({ id: this.id(), ticket, fields, website: this.website });
    // The form has changed since, or its ticket is too old: once more with the form of today.
    return "problem" in reply && this.isStale(reply.problem) && !anew ? this.post(true) : reply;
  }

  private isStale({ status, errors = [] }: Problem): boolean {
    const ours = asked(this.form.value!.fields) as string[];
    return status >= 400 && status < 500 && status !== 404 && status !== 429 && !errors.some(({ field }) => ours.includes(field));
  }

  private arrived(answer: LetterStored): void {
    const { typed, world, onStored } = this.options;
    this.sent.value = { values: JSON.parse(typed.attempt!.said) as Values, at: new Date(world.now()).toISOString() };
    this.state.value = "sent";
    typed.sent();
    onStored(answer);
  }

  private refused(problem: Problem): void {
    const named = (problem.errors ?? []).map(({ field }) => [field, "unfit"]);
    this.flaws.value = Object.fromEntries(named) as Partial<Record<FieldName, "unfit">>;
    if (named.length > 0) return;
    this.trouble.value = problem.status === 429 ? "many" : mayPass(problem) ? "lost" : "other";
    if (this.trouble.value === "lost") this.options.world.after(AGAIN_MS, () => this.again());
  }
}

/** Whether it can be otherwise in a while. */
function mayPass({ status }: Problem): boolean {
  return status === 0 || status >= 500;
}
