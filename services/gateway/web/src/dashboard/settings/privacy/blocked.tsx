/** Who is blocked, and letting them in again. */

import { useId, useState } from "preact/hooks";

import { fill } from "../../../shared/language.ts";
import { useList } from "../../list.ts";
import { Moment, Notice, Skeleton } from "../../parts.tsx";
import { call, Failure, shopPath, queryOf, type Page } from "../../rest.ts";
import { addressOf } from "../../route.ts";
import { language, t } from "../../ui.tsx";
import { PRIVACY } from "./texts.ts";

interface Block { visitor: string; customer?: string; name?: string; conversation: string; author: string; at: string }

const list = (shop: string, cursor?: string) => call<Page<Block>>("GET", shopPath(shop, "blocks") + queryOf({ cursor }));
const letIn = (shop: string, visitor: string) => call<null>("DELETE", shopPath(shop, "blocks", visitor));

export function Blocked({ shop }: { shop: string }) {
  const texts = PRIVACY[language.value];
  const id = useId();
  const blocks = useList((cursor) => list(shop, cursor), [shop]);
  const [busy, setBusy] = useState<string | null>(null);
  const [failed, setFailed] = useState(false);
  const unblock = async (visitor: string) => {
    setBusy(visitor);
    setFailed(false);
    // Who is not blocked any more was let in by a colleague.
    const gone = await letIn(shop, visitor).then(() => true, (failure: unknown) => failure instanceof Failure && failure.status === 404);
    if (gone) blocks.change((rows) => rows.filter((each) => each.visitor !== visitor));
    setFailed(!gone);
    setBusy(null);
  };
  return (
    <section aria-labelledby={id}>
      <h2 id={id}>{texts.blocked}</h2>
      <p class="about">{texts.blockedHint}</p>
      {failed && <Notice tone="red">{texts.notLetIn}</Notice>}
      <div class="card">
        {blocks.rows === null && (blocks.failed ? <Unread onRetry={() => void blocks.again()} /> : <Skeleton rows={2} />)}
        {blocks.rows?.length === 0 && <p class="line muted">{texts.nobody}</p>}
        {blocks.rows?.map((block) => <Row key={block.visitor} block={block} busy={busy === block.visitor} onLetIn={() => void unblock(block.visitor)} />)}
        {blocks.next && <div class="line"><button class="btn" onClick={() => void blocks.more()}>{texts.more}</button></div>}
      </div>
    </section>
  );
}

function Row({ block, busy, onLetIn }: { block: Block; busy: boolean; onLetIn(): void }) {
  const texts = PRIVACY[language.value];
  const name = block.name ?? texts.guest;
  return (
    <div class="line">
      <span class="grow">
        {block.customer ? <a class="b5" dir="auto" href={addressOf("history", block.conversation)}>{name}</a> : <span class="b5" dir="auto">{name}</span>}
        <span class="d">{fill(texts.by, { name: block.author })}, <Moment at={block.at} /></span>
      </span>
      <button class="btn sm" aria-disabled={busy} aria-label={fill(texts.letInLabel, { name })} onClick={() => !busy && onLetIn()}>{texts.letIn}</button>
    </div>
  );
}

function Unread({ onRetry }: { onRetry(): void }) {
  const texts = PRIVACY[language.value];
  return <div class="line"><span class="grow">{texts.unread}</span><button class="btn sm" onClick={onRetry}>{t().tryAgain}</button></div>;
}
