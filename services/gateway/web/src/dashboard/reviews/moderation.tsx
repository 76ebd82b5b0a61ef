/** The reviews of one state: each is read, decided on and replied to, by hand or by key. */

import { useEffect, useState } from "preact/hooks";

import { Icon, noSignal, search, star } from "../../shared/icons.tsx";
import { fill } from "../../shared/language.ts";
import { draftOf } from "../inbox/drafts.ts";
import { useKeys, useList, useNowAndThen } from "../list.ts";
import { Notice, Skeleton } from "../parts.tsx";
import { Failure } from "../rest.ts";
import { addressOf } from "../route.ts";
import { Empty, language, t } from "../ui.tsx";
import { counts } from "./counts.ts";
import { elementOf, Review } from "./review.tsx";
import * as rest from "./rest.ts";
import { REVIEWS } from "./texts.ts";

const LOOK_MS = 10_000;

/** What was done last. */
type Done = { review: rest.Review; deed: rest.Deed | "reply" };

interface Props {
  shop: string;
  query: rest.ReviewQuery;
  /** Whether customers are asked for reviews. */
  isAsking: boolean;
  /** `looks` grows with whatever else has changed reviews. */
  looks: number;
  onChanged(): void;
  onAll(): void;
  onRules(): void;
}

export function Moderation({ shop, query, isAsking, looks, onChanged, onAll, onRules }: Props) {
  const texts = REVIEWS[language.value];
  const { state, q, stars } = query;
  const [chosen, setChosen] = useState<string | null>(null);
  const [writing, setWriting] = useState<string | null>(null);
  const [busy, setBusy] = useState<ReadonlySet<string>>(new Set());
  const [trouble, setTrouble] = useState<{ id: string; why: string } | null>(null);
  const [done, setDone] = useState<Done | null>(null);
  const list = useList(async (cursor) => {
    const page = await rest.list(shop, query, cursor);
    counts.value = page.counts;
    return page;
  }, [shop, state, q, stars, looks]);
  useNowAndThen(() => void (list.long || list.again()), LOOK_MS);
  const rows = list.rows ?? [];
  const current = rows.find((row) => row.id === chosen) ?? rows[0];

  const goTo = (review: rest.Review | undefined) => {
    setChosen(review?.id ?? null);
    (review ? elementOf(review.id) : document.querySelector<HTMLElement>("main"))?.focus();
  };
  const beside = (review: rest.Review, by: 1 | -1) => rows[rows.indexOf(review) + by];
  const decide = async (review: rest.Review, deed: rest.Deed) => {
    if (busy.has(review.id) || deed === (review.state === "published" ? "publish" : review.state === "rejected" ? "reject" : null)) return;
    setBusy((before) => new Set(before).add(review.id));
    setTrouble(null);
    if (rows.includes(review)) goTo(beside(review, 1) ?? beside(review, -1));
    try {
      const now = await rest.decide(shop, review.id, deed);
      setDone({ review: now, deed });
      list.change((before) => before.filter((row) => row.id !== now.id));
      await list.again();
      onChanged();
    } catch (error) {
      setTrouble({ id: review.id, why: whyOf(error) });
    } finally {
      setBusy((before) => new Set([...before].filter((id) => id !== review.id)));
    }
  };
  const replied = (review: rest.Review) => {
    list.change((before) => before.map((row) => (row.id === review.id ? review : row)));
    setWriting(null);
    setDone({ review, deed: "reply" });
    elementOf(review.id)?.focus();
  };
  const write = (review: rest.Review | null) => {
    if (!review && writing) elementOf(writing)?.focus();
    setWriting(review?.id ?? null);
  };
  useKeys((deed) => {
    if (!current) return false;
    if (deed.do === "step") goTo(beside(current, deed.by) ?? current);
    else if (deed.do === "publish" || deed.do === "reject") void decide(current, deed.do);
    else if (deed.do === "answer" && state !== "rejected") write(current);
    else return false;
    return true;
  });
  useEffect(() => setDone(null), [q, stars]);

  const last = (
    <>
      {trouble && !rows.some((row) => row.id === trouble.id) && <Notice tone="red">{fill(texts.notDone, { why: trouble.why })}</Notice>}
      {done && <Told done={done} onInstead={(deed) => void decide(done.review, deed)} />}
    </>
  );
  if (list.rows === null || rows.length === 0) {
    return <section class="rv-col" aria-label={texts[state]}>{last}<div class="card"><Nothing list={list} query={query} isAsking={isAsking} onAll={onAll} onRules={onRules} /></div></section>;
  }
  return (
    <section class="rv-col" aria-label={texts[state]}>
      {last}
      {list.failed && <Notice tone="red" action={<button class="btn sm" onClick={() => void list.again()}>{t().tryAgain}</button>}>{texts.failedShort}</Notice>}
      <ul class="card rv-list">
        {rows.map((row) => (
          <Review key={row.id} shop={shop} review={row} chosen={row === current} busy={busy.has(row.id)} writing={writing === row.id} why={trouble?.id === row.id ? trouble.why : null}
            onChoose={() => setChosen(row.id)} onDecide={(deed) => void decide(row, deed)} onWrite={(on) => write(on ? row : null)} onReplied={replied} />
        ))}
      </ul>
      {list.next && <button class="btn" onClick={() => void list.more()}>{texts.showMore}</button>}
    </section>
  );
}

function whyOf(error: unknown): string {
  const texts = REVIEWS[language.value];
  return error instanceof Failure && error.status !== 0 && error.status < 500 ? texts.refused : texts.unreachable;
}

/** What was done, and the way to the contrary. */
function Told({ done: { review, deed }, onInstead }: { done: Done; onInstead(deed: rest.Deed): void }) {
  const texts = REVIEWS[language.value];
  if (deed === "reply") return <Notice tone="green">{!review.reply ? texts.isRemoved : review.state === "published" ? texts.isReplied : texts.isReplyKept}</Notice>;
  const said = fill(deed === "publish" ? texts.isPublished : texts.isRejected, { product: review.product });
  const other = deed === "publish" ? "reject" : "publish";
  return (
    <Notice tone={deed === "publish" ? "green" : "plain"} action={<button class="btn sm" onClick={() => onInstead(other)}>{deed === "publish" ? texts.rejectInstead : texts.publishInstead}</button>}>
      {said} {deed === "publish" && draftOf(review.id).text && texts.draftLeft}
    </Notice>
  );
}

/** Why the list is empty, and what to do. */
function Nothing({ list, query: { state, q, stars }, isAsking, onAll, onRules }: Pick<Props, "query" | "isAsking" | "onAll" | "onRules"> & { list: ReturnType<typeof useList<rest.Review>> }) {
  const texts = REVIEWS[language.value];
  if (list.rows === null) {
    return list.failed ? <Empty icon={noSignal} title={texts.failed} hint={texts.failedHint}><button class="btn" onClick={() => void list.again()}>{t().tryAgain}</button></Empty> : <Skeleton rows={5} />;
  }
  if (q?.trim() || stars) return <Empty icon={search} title={texts.noMatch} hint={texts.noMatchHint}><button class="btn" onClick={onAll}>{texts.showAll}</button></Empty>;
  const { waiting, published, rejected } = counts.value;
  const toRules = !isAsking && <button class="btn" onClick={onRules}>{texts.rules}</button>;
  if (waiting + published + rejected === 0) return <Empty icon={star} title={texts.none} hint={texts.noneHint}>{toRules}</Empty>;
  if (state === "waiting") return <Empty icon={star} title={texts.allRead} hint={texts.allReadHint}>{toRules}</Empty>;
  const toRead = waiting > 0 && <a class="btn" href={addressOf("reviews")}><Icon d={star} />{texts.toRead}</a>;
  return state === "published"
    ? <Empty icon={star} title={texts.nonePublished} hint={texts.nonePublishedHint}>{toRead}</Empty>
    : <Empty icon={star} title={texts.noneRejected} hint={texts.noneRejectedHint} />;
}
