/** Asks where the transcript goes. What sends it is loaded when it is wanted. */

import type { ComponentType } from "preact";
import { useEffect, useState } from "preact/hooks";

import type { Chat } from "../chats.ts";
import { Skeleton } from "../parts.tsx";
import { keepInside, language } from "../ui.tsx";
import { WINDOW } from "./texts.ts";
import type { SendTranscript } from "../history/send-transcript.tsx";

type Form = typeof SendTranscript;

export function TranscriptSheet({ shop, chat, onClose }: { shop: string; chat: Chat; onClose(): void }) {
  const [form, setForm] = useState<{ is: ComponentType<Parameters<Form>[0]> } | null>(null);
  useEffect(() => {
    const before = document.activeElement as HTMLElement | null;
    void import("../history/send-transcript.tsx").then((loaded) => setForm({ is: loaded.SendTranscript }), onClose);
    return () => before?.isConnected ? before.focus() : undefined;
  }, []);
  const onKey = (event: KeyboardEvent) => {
    event.stopPropagation();
    if (event.key === "Escape") onClose();
    if (event.key === "Tab") keepInside(event, event.currentTarget as HTMLElement);
  };
  return (
    <div class="scrim inline" onKeyDown={onKey}>
      <div class="ask" role="dialog" aria-modal="true" aria-label={WINDOW[language.value].transcript}>
        {form ? <form.is shop={shop} conversation={{ id: chat.id, customer: chat.visitor }} onClose={onClose} /> : <Skeleton rows={1} />}
      </div>
    </div>
  );
}
