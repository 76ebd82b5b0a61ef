/** Questions and answers: by topic, or by words. */

import { useEffect, useRef, useState } from "preact/hooks";

import { cross, down, help, Icon, search as searchIcon, up } from "../../shared/icons.tsx";
import { fill, plural } from "../../shared/language.ts";
import { Skeleton } from "../parts.tsx";
import { addressOf } from "../route.ts";
import { Empty, language } from "../ui.tsx";
import { load, TOPICS, type Question, type Topic } from "./questions.ts";
import { find, LINK, marked, wordsOf } from "./search.ts";
import { HELP } from "./texts.ts";

/** `open`: the question that the address names. */
export function Faq({ open }: { open: string | null }) {
  const texts = HELP[language.value];
  const questions = useQuestions();
  const [query, setQuery] = useState("");
  const [topic, setTopic] = useState<Topic>("chat");
  const [unfolded, setUnfolded] = useState<string | null>(open);
  useEffect(() => {
    setUnfolded(open);
    const named = questions?.find((each) => each.id === open);
    if (named) setTopic(named.topic);
    if (named) setQuery("");
  }, [open, questions]);
  if (!questions) return <div class="card"><Skeleton rows={6} /></div>;
  const words = wordsOf(query);
  const found = find(questions, query).map((each) => each.question);
  const shown = words.length ? found : questions.filter((each) => each.topic === topic);
  return (
    <div class="help-faq">
      <Topics questions={questions} topic={words.length ? null : topic} found={words.length ? found.length : null} onChoose={(each) => { setTopic(each); setQuery(""); setUnfolded(null); }} />
      <div class="col">
        <SearchField query={query} onType={(typed) => { setQuery(typed); setUnfolded(null); }} />
        <p class="meta" role="status">{words.length > 0 && found.length > 0 && fill(plural(language.value, found.length, texts.found), { q: query.trim() })}</p>
        {shown.length
          ? <div class="card help-answers">{shown.map((each, at) => <Answer key={each.id} question={each} words={words} open={unfolded === null ? words.length > 0 && at === 0 : unfolded === each.id} onFold={(to) => setUnfolded(to ? each.id : "")} />)}</div>
          : <div class="card"><Empty icon={searchIcon} title={fill(texts.nothing, { q: query.trim() })} hint={texts.nothingHint} /></div>}
        <div class="note"><Icon d={help} size={18} /><span class="grow">{texts.notAmong}</span><a class="btn sm" href={addressOf("help", "contact")}>{texts.contact}</a></div>
      </div>
    </div>
  );
}

function useQuestions(): Question[] | null {
  const [questions, setQuestions] = useState<Question[] | null>(null);
  useEffect(() => {
    let here = true;
    void load(language.value).then((read) => here && setQuestions(read));
    return () => void (here = false);
  }, [language.value]);
  return questions;
}

function Topics({ questions, topic, found, onChoose }: { questions: Question[]; topic: Topic | null; found: number | null; onChoose(topic: Topic): void }) {
  const texts = HELP[language.value];
  return (
    <nav class="help-topics" aria-label={texts.topicList}>
      {found !== null && <span class="help-topic" aria-current="true">{texts.results}<span class="meta">{found}</span></span>}
      {TOPICS.map((each) => (
        <button key={each} class="help-topic" aria-current={each === topic ? "true" : undefined} onClick={() => onChoose(each)}>
          {texts.topics[each]}<span class="meta">{questions.filter((question) => question.topic === each).length}</span>
        </button>
      ))}
    </nav>
  );
}

function SearchField({ query, onType }: { query: string; onType(query: string): void }) {
  const texts = HELP[language.value];
  const field = useRef<HTMLInputElement>(null);
  const clear = () => {
    onType("");
    field.current?.focus();
  };
  return (
    <div class="in help-search">
      <Icon d={searchIcon} size={18} />
      <input ref={field} type="search" aria-label={texts.search} placeholder={texts.search} value={query} onInput={(event) => onType(event.currentTarget.value)}
        onKeyDown={(event) => event.key === "Escape" && query && (event.stopPropagation(), clear())} />
      {query && <button class="ib" aria-label={texts.clear} onClick={clear}><Icon d={cross} /></button>}
    </div>
  );
}

function Answer({ question, words, open, onFold }: { question: Question; words: string[]; open: boolean; onFold(open: boolean): void }) {
  const row = useRef<HTMLDivElement>(null);
  const body = `answer-${question.id}`;
  useEffect(() => {
    if (open) row.current?.scrollIntoView({ block: "nearest" });
  }, [open]);
  return (
    <div ref={row} class={open ? "help-answer open" : "help-answer"}>
      <h2><button aria-expanded={open} aria-controls={body} onClick={() => onFold(!open)}><span class="grow"><Marked text={question.question} words={words} /></span><Icon d={open ? up : down} /></button></h2>
      {open && <div id={body} class="help-answer-text">{question.paragraphs.map((each) => <p key={each}><Linked text={each} words={words} /></p>)}</div>}
    </div>
  );
}

function Marked({ text, words }: { text: string; words: string[] }) {
  return <>{marked(text, words).map((piece, at) => (piece.hit ? <mark key={at}>{piece.text}</mark> : piece.text))}</>;
}

/** Every other piece between links, words and address is plain text. */
function Linked({ text, words }: { text: string; words: string[] }) {
  const parts = text.split(LINK);
  return <>{parts.map((part, at) => (at % 3 === 0 ? <Marked key={at} text={part} words={words} /> : at % 3 === 1 ? <a key={at} href={parts[at + 1] ?? "#/help"}><Marked text={part} words={words} /></a> : null))}</>;
}
