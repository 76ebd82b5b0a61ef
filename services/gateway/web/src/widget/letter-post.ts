/** Writes and sends a message that is left: the form as the shop wants it, and the message's way to the shop. */

import type { Environment } from "../shared/connection/environment.ts";
import { asked, filled, type FieldName, type Values } from "./fields.ts";
import { flaws, still, type Flaws } from "./flaws.ts";
import type { Letter, LetterOptions, LetterStored } from "./letter.ts";
import { Rest, type Problem, type Reply } from "./rest.ts";

/** A form that comes back faster than this is taken for a machine's; in milliseconds, with some to spare. */
const LEAST_MS = 2_300;
const AGAIN_MS = 5_000;

export class LetterPost {
  private loading = false;
  /** Grows with each person who is here: what one of them has under way is not for the next. */
  private person = 0;
  private cancelAgain: (() => void) | null = null;
  private loadedAt = 0;
  private readonly letter: Letter;
  private readonly options: LetterOptions;
  private readonly world: Environment;
  private readonly rest: Pick<Rest, "form" | "leave">;

  constructor(letter: Letter, rest: Pick<Rest, "form" | "leave"> = new Rest(letter.options.host)) {
    this.letter = letter;
    this.options = letter.options;
    this.world = letter.options.host.world;
    this.rest = rest;
    letter.post = this;
  }

  /** Asks for the form until it is there. A shop that takes no messages answers so, and is not asked again. */
  async load(anew = false): Promise<void> {
    const { rest, world } = this;
    if (this.loading || (this.letter.form.value && !anew)) return;
    this.loading = true;
    const reply = await rest.form();
    this.loading = false;
    if ("value" in reply) {
      this.letter.form.value = reply.value;
      this.loadedAt = world.now();
    } else if (mayPass(reply.problem)) world.after(AGAIN_MS, () => void this.load(anew));
  }

  /** Something was changed: what was marked as wrong is looked at again, and nothing goes by itself any more. */
  recheck(): void {
    if (!this.letter.form.value) return;
    this.letter.flaws.value = still(this.letter.flaws.value, this.wrong());
    this.letter.trouble.value = null;
  }

  async send(): Promise<void> {
    if (this.letter.state.value === "sending") return;
    this.letter.trouble.value = null;
    this.letter.flaws.value = this.wrong();
    if (Object.keys(this.letter.flaws.value).length > 0) return;
    this.letter.state.value = "sending";
    const { person } = this;
    const reply = await this.post(person);
    if (person !== this.person) return;
    this.letter.state.value = "writing";
    if ("value" in reply) this.arrived(reply.value);
    else this.refused(reply.problem);
  }

  /** Another person is here: what the one before ticked, was told or was about to send is gone. */
  forget(): void {
    const { letter } = this;
    this.person += 1;
    this.cancelAgain?.();
    letter.agreed.value = false;
    letter.flaws.value = {};
    letter.trouble.value = null;
    letter.website = "";
  }

  /** The connection is back, or may be: what was to be sent goes by itself. */
  again(): void {
    if (this.letter.trouble.value === "lost") void this.send();
  }

  private wrong(): Flaws {
    const { fields, privacy } = this.letter.form.value!;
    return flaws(fields, this.options.typed.values, privacy?.consent === true && !this.letter.agreed.value);
  }

  private said(): string {
    return JSON.stringify(filled(this.letter.form.value!.fields, this.options.typed.values));
  }

  /** The same message has the same id, however often it is sent. */
  private id(): string {
    const { world } = this;
    const { typed } = this.options;
    const said = this.said();
    if (typed.attempt?.said !== said) typed.attempt = { id: world.newId(), said };
    typed.keep();
    return typed.attempt!.id;
  }

  private async post(person: number, anew = false): Promise<Reply<LetterStored>> {
    const { rest, world } = this;
    if (anew) await this.load(true);
    const early = this.loadedAt + LEAST_MS - world.now();
    if (early > 0) await new Promise<void>((done) => world.after(early, done));
    if (person !== this.person) return { problem: { status: 0 } };
    const { ticket } = this.letter.form.value!;
    const fields = JSON.parse(this.said()) as Values;
    const reply = await rest.leave({ id: this.id(), ticket, fields, consent: this.letter.agreed.value, website: this.letter.website });
    // The form has changed since, or its ticket is too old: once more with the form of today.
    return "problem" in reply && this.isStale(reply.problem) && !anew ? this.post(person, true) : reply;
  }

  private isStale({ status, errors = [] }: Problem): boolean {
    const ours = asked(this.letter.form.value!.fields) as string[];
    return status >= 400 && status < 500 && status !== 404 && status !== 429 && !errors.some(({ field }) => ours.includes(field));
  }

  private arrived(answer: LetterStored): void {
    const { world } = this;
    const { typed, onStored } = this.options;
    this.letter.sent.value = { values: JSON.parse(typed.attempt!.said) as Values, at: new Date(world.now()).toISOString() };
    this.letter.state.value = "sent";
    this.letter.agreed.value = false;
    typed.sent();
    onStored(answer);
  }

  private refused(problem: Problem): void {
    const named = (problem.errors ?? []).map(({ field }) => [field, "unfit"]);
    this.letter.flaws.value = Object.fromEntries(named) as Partial<Record<FieldName, "unfit">>;
    if (named.length > 0) return;
    this.letter.trouble.value = problem.status === 429 ? "many" : mayPass(problem) ? "lost" : "other";
    if (this.letter.trouble.value === "lost") this.cancelAgain = this.world.after(AGAIN_MS, () => this.again());
  }
}

/** Whether it can be otherwise in a while. */
function mayPass({ status }: Problem): boolean {
  return status === 0 || status >= 500;
}

/** There is one a letter. */
export const postOf = (letter: Letter) => letter.post ?? new LetterPost(letter);
