/** Files that the visitor chose and that have not gone on as messages. What sends them is fetched with the first. */

import type { Chosen, Details } from "../shared/files/uploads.ts";
import type { Order } from "../shared/protocol.ts";
import { signal } from "./signals.ts";
import type { Talk } from "./talk.ts";

/** `after`: the last event before it, where it stands on the screen until it goes. */
export interface Attaching extends Chosen { after: number }

type Post = (what: { text: string; files: Details[]; frame: Order }) => void;

export class Files {
  readonly chosen = signal<readonly Attaching[]>([]);
  /** The id of the picture that is looked at. */
  readonly viewed = signal<string | null>(null);
  private readonly newId: () => string;
  private readonly post: Post;

  constructor(newId: () => string, post: Post) {
    this.newId = newId;
    this.post = post;
  }

  choose(files: Iterable<File>, talk: Talk): void {
    const after = talk.lines.at(-1)?.seq ?? 0;
    const more = Array.from(files, (file) => ({ key: this.newId(), conversation: talk.id, file, after }));
    this.chosen.value = [...this.chosen.value, ...more];
  }

  /** Those for that conversation that stand after the event `from` and before the event `to`: each has its place somewhere. */
  between(talk: Talk | null, from: number, to = Infinity): readonly Attaching[] {
    return this.chosen.value.filter(({ conversation, after }) => conversation === talk?.id && after >= from && after < to);
  }

  drop(key: string): void {
    this.chosen.value = this.chosen.value.filter((each) => each.key !== key);
  }

  /** The gateway has it: it goes as a message. */
  send({ key, conversation }: Chosen, details: Details): void {
    this.drop(key);
    this.post({ text: "", files: [details], frame: { type: "say", conversation, text: "", attachments: [details.id] } });
  }

  forget(): void {
    this.chosen.value = [];
    this.viewed.value = null;
  }
}
