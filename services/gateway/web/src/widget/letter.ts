/** A message left while nobody is at the counter, as the screen knows it. What writes and sends it is fetched with the form. */

import type { FieldRules, Values } from "./fields.ts";
import type { Flaws } from "./flaws.ts";
import type { LetterPost } from "./letter-post.ts";
import type { Host } from "./loader/host.ts";
import type { PrivacyShown } from "../shared/protocol.ts";
import { signal } from "./signals.ts";
import type { Typed } from "./typed.ts";

export interface LetterForm {
  fields: FieldRules;
  header: string;
  welcome: string;
  /** Colours of the header, `#rrggbb`, or empty. */
  background: string;
  text: string;
  /** What is to be read before. */
  privacy?: PrivacyShown;
  /** Says when the form was handed out. */
  ticket: string;
}

/** The answer to a message; a `token` if its sender became a guest by it. */
export interface LetterStored { id: string; token?: string }

/** Why it did not go: nobody answered, too many came, or something else. */
export type Trouble = "lost" | "many" | "other";

export interface LetterOptions {
  host: Host;
  typed: Typed;
  onStored(answer: LetterStored): void;
}

export class Letter {
  readonly form = signal<LetterForm | null>(null);
  readonly state = signal<"writing" | "sending" | "sent">("writing");
  readonly trouble = signal<Trouble | null>(null);
  readonly flaws = signal<Flaws>({});
  /** The visitor agrees to what the shop wants agreed to. */
  readonly agreed = signal(false);
  /** It is being written although there is a conversation, or could be one by now. */
  readonly preferred = signal(false);
  /** What was sent last, and when. */
  readonly sent = signal<{ values: Values; at: string } | null>(null);
  /** What the field for machines holds. */
  website = "";
  /** Once the form has come. */
  post: LetterPost | null = null;
  readonly options: LetterOptions;

  constructor(options: LetterOptions) {
    this.options = options;
  }

  /** After one that was sent: back to what the shop offers now. */
  another(): void {
    this.state.value = "writing";
    this.sent.value = null;
    this.preferred.value = false;
  }

  /** For the next person. */
  forget(): void {
    this.another();
    this.post?.forget();
  }
}
