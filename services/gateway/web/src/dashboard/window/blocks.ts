/** The shop's blocked visitors, as far as windows ask about them. */

import { signal } from "@preact/signals";

import type { Chat } from "../chats.ts";
import { call, shopPath } from "../rest.ts";

export interface Block { visitor: string; name?: string; conversation: string; author: string; at: string }

/** Null until somebody asked. */
const blocks = signal<readonly Block[] | null>(null);

/** Throws a Failure. */
export async function learnBlocks(shop: string): Promise<void> {
  blocks.value = (await call<{ items: Block[] }>("GET", shopPath(shop, "blocks"))).items;
}

export const blockOf = (chat: Chat) => blocks.value?.find((each) => each.conversation === chat.id || each.visitor === chat.visitor.id);

/** Throws a Failure. */
export async function unblock(shop: string, block: Block): Promise<void> {
  await call<null>("DELETE", shopPath(shop, "blocks", block.visitor));
  blocks.value = blocks.value?.filter((each) => each !== block) ?? null;
}
