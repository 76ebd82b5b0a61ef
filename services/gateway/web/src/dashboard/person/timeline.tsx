/** What happened with one person, newest first. */

import { useEffect, useRef, useState } from "preact/hooks";

import { chat, Icon, inbox, mail, star } from "../../shared/icons.tsx";
import { fill, plural } from "../../shared/language.ts";
import { Moment, Segments } from "../parts.tsx";
import { addressOf } from "../route.ts";
import { language } from "../ui.tsx";
import { read, type Happening, type Kind, type Person } from "./rest.ts";
import { PERSON } from "./texts.ts";

const ICONS: Record<Kind, string> = { conversation: chat, offline_message: inbox, rating: star, transcript: mail };

export function Timeline({ shop, person }: { shop: string; person: Person }) {
  const texts = PERSON[language.value];
  const [kind, setKind] = useState<Kind | "">("");
  const [page, setPage] = useState(person.timeline);
  const [failed, setFailed] = useState(false);
  const asked = useRef(0);
  const first = useRef(true);

  const load = (cursor?: string) => {
    const question = ++asked.current;
    read(shop, person.id, kind, cursor).then(({ timeline }) => {
      if (question !== asked.current) return;
      setFailed(false);
      setPage((before) => (cursor ? { items: [...before.items, ...timeline.items], next: timeline.next } : timeline));
    }, () => question === asked.current && setFailed(true));
  };
  useEffect(() => {
    if (!first.current) load();
    first.current = false;
  }, [kind]);
  const { counts } = person;
  const all = { "": counts.all, conversation: counts.conversations, offline_message: counts.offline_messages, rating: counts.ratings, transcript: counts.transcripts }[kind];

  return (
    <section class="card" aria-labelledby="timeline">
      <div class="row tl-head">
        <h2 id="timeline" class="grow">{texts.timeline}</h2>
        <Segments label={texts.filter} value={kind} onChange={(kind) => setKind(kind)} options={[
          { value: "", label: texts.all, count: counts.all }, { value: "conversation", label: texts.conversations, count: counts.conversations },
          { value: "offline_message", label: texts.messages, count: counts.offline_messages }, { value: "rating", label: texts.ratings, count: counts.ratings },
          { value: "transcript", label: texts.transcripts, count: counts.transcripts },
        ]} />
      </div>
      <ol aria-live="polite">
        {page.items.map((each) => <Entry key={`${each.kind} ${each.at}`} happening={each} />)}
        {page.items.length === 0 && <li class="ev2 muted">{texts.nothing}</li>}
      </ol>
      <div class="row tl-foot">
        <span class="meta grow">{failed ? texts.loadFailed : fill(texts.shownOf, { n: page.items.length, all })}</span>
        {failed && <button class="btn sm" onClick={() => load()}>{texts.tryAgain}</button>}
        {page.next && <button class="btn sm" onClick={() => load(page.next!)}>{texts.showOlder}</button>}
      </div>
    </section>
  );
}

function Entry({ happening }: { happening: Happening }) {
  const texts = PERSON[language.value];
  const [what, more] = told(happening);
  const to = happening.offline_message ? addressOf("offline", happening.offline_message) : happening.conversation ? addressOf("history", happening.conversation) : null;
  return (
    <li class="ev2">
      <span class="meta"><Moment at={happening.at} /></span>
      <span class="muted"><Icon d={ICONS[happening.kind]} size={17} /></span>
      <div class="grow"><span class="b5">{what}</span><span class="tx cut" dir="auto">{more}</span></div>
      {to && <a href={to} aria-label={fill(texts.openThis, { what })}>{texts.open}</a>}
    </li>
  );
}

/** What it was, and a word of it. */
function told(happening: Happening): [string, string] {
  const texts = PERSON[language.value];
  const quote = (text: string | null) => (text ? fill(texts.quote, { text }) : "");
  switch (happening.kind) {
    case "conversation": {
      const names = happening.operators.map((each) => each.name);
      const with_ = names.length > 1 ? fill(texts.then, { first: names[0]!, rest: names.slice(1).join(", ") }) : names[0];
      const count = plural(language.value, happening.messages, texts.messageCount);
      return [with_ ? fill(texts.conversationWith, { names: with_ }) : texts.conversationAlone, [count, quote(happening.text)].filter(Boolean).join("; ")];
    }
    case "offline_message": {
      const { status, answered_by } = happening;
      const what = status === "answered" ? fill(texts.answeredMessage, { name: answered_by?.name ?? "" }) : status === "called" ? texts.calledMessage : texts.leftMessage;
      return [what, quote(happening.text)];
    }
    case "rating":
      return [fill(texts.rated, { n: happening.score }), quote(happening.text)];
    case "transcript":
      return [happening.email ? fill(texts.sentTranscript, { email: happening.email }) : texts.sentTranscriptGone, happening.by === "visitor" ? texts.askedByVisitor : texts.askedByStaff];
  }
}
