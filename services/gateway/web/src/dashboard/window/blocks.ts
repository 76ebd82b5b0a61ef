/** The shop's blocked visitors, as far as windows ask about them. */

import { signal } from "@preact/signals";

import type { Chat } from "../chats.ts";
import { call, shopPath } from "../rest.ts";

export interface Block { visitor: string; customer?: string; name?: string; conversation: string; author: string; at: string }

/** Null until somebody asked. */
const blocks = signal<readonly Block[] | null>(null);

/** The conversations that were blocked here: the list may know of it a moment later. */
const asked = new Set<string>();
const TRIES = 8;
const AGAIN_MS = 700;

export const expectBlock = (chat: Chat) => void asked.add(chat.id);

/** What fails leaves what is known. `chat`: whether this one is blocked is what matters. */
export async function learnBlocks(shop: string, chat?: Chat): Promise<void> {
  for (let tries = chat && asked.has(chat.id) ? TRIES : 1; tries > 0; tries--) {
    const found = await call<{ items: Block[] }>("GET", shopPath(shop, "blocks")).catch(() => null);
    if (found) blocks.value = found.items;
    if (!chat || tries === 1 || blockOf(chat)) return;
    await new Promise((again) => setTimeout(again, AGAIN_MS));
  }
}

export const blockOf = (chat: Chat) =>
  blocks.value?.find(({ conversation, visitor, customer }) => conversation === chat.id || [visitor, customer].includes(chat.visitor.id));

/** Throws a Failure. */
export async function unblock(shop: string, block: Block): Promise<void> {
  await call<null>("DELETE", shopPath(shop, "blocks", block.visitor));
  asked.delete(block.conversation);
  blocks.value = blocks.value?.filter((each) => each !== block) ?? null;
}
