/** What a window asks before it acts, over its own messages. */

import { fill } from "../../shared/language.ts";
import type { Chat } from "../chats.ts";
import type { OperatorDesk } from "../operator.ts";
import { Confirm, language, nameOf, t } from "../ui.tsx";
import { expectBlock } from "./blocks.ts";
import { TranscriptSheet } from "./transcript-sheet.tsx";
import { WINDOW } from "./texts.ts";

export type Asking = "end" | "block" | "transfer" | "transcript";

interface Props { desk: OperatorDesk; chat: Chat; asking: Exclude<Asking, "transfer">; onDone(): void }

export function Question({ desk, chat, asking, onDone }: Props) {
  const texts = WINDOW[language.value];
  const name = nameOf(chat);
  const yes = (deed: () => void) => () => {
    deed();
    onDone();
  };
  switch (asking) {
    case "end":
      return <Confirm inline title={fill(t().endSure, { name })} hint={fill(texts.endHint, { name })} yes={t().endButton} no={t().keepOpen} onYes={yes(() => desk.end(chat.id))} onNo={onDone} />;
    case "block":
      return <Confirm inline title={fill(texts.blockSure, { name })} hint={fill(texts.blockHint, { name })} yes={texts.blockYes} no={texts.blockNo} onYes={yes(() => { expectBlock(chat); desk.block(chat.id); })} onNo={onDone} />;
    case "transcript":
      return <TranscriptSheet shop={desk.shop.value?.id ?? ""} chat={chat} onClose={onDone} />;
  }
}
