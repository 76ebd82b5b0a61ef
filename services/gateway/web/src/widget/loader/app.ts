/** The app, which draws the window: what the loader asks of it, and how it comes. */

import type { Phase } from "../../shared/connection/link.ts";
import type { Entry, Keep } from "../../shared/connection/outbox.ts";
import type {
  AnyFrame, AvailabilityState, CommandFrame, EventFrame, Rejected, ResumeFrom, Status, Stored, VisitorWelcome,
} from "../../shared/protocol.ts";
import type { Host } from "./host.ts";
import type { Face } from "./launcher.ts";
import type { WidgetLanguage } from "./texts.ts";

export interface App {
  /** Where its unsent text is kept. */
  keep: Keep;
  readonly isOpen: boolean;
  /** What the launcher shows; null for nothing. */
  readonly face: Face | null;
  /** The conversation on the screen. */
  readonly now: { id: string; status: Status } | null;
  show(open: boolean): void;
  bind(entry: Entry): CommandFrame;
  resume(): ResumeFrom | undefined;
  /** Another person is here: what the one before saw is gone. */
  forget(): void;
  changed(phase: Phase): void;
  available(state: AvailabilityState): void;
  welcome(frame: VisitorWelcome): void;
  event(event: EventFrame): void;
  stored(answer: Stored, entry: Entry | undefined): void;
  rejected(answer: Rejected, entry: Entry | undefined): void;
  frame(frame: AnyFrame): void;
  outbox(): void;
}

/** Fetches the app and its texts. */
export type Fetch = (language: WidgetLanguage) => Promise<{ start(host: Host): App }>;
