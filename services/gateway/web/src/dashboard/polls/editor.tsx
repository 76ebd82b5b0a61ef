/** Writing a poll; of an open one its end, and what is shown after voting. */

import { useEffect, useId, useRef, useState } from "preact/hooks";

import { back, cross, down, Icon, plus, up, warning } from "../../shared/icons.tsx";
import { fill } from "../../shared/language.ts";
import { Dialog, Notice, Segments, type Tone } from "../parts.tsx";
import { Failure, newKey } from "../rest.ts";
import { languageName } from "../settings/names.ts";
import { language } from "../ui.tsx";
import { ANSWER_MOST, ANSWERS_LEAST, ANSWERS_MOST, alikeOf, contentOf, flawsOf, formOf, freshForm, GROUPS_MOST, QUESTION_MOST, type Flaw, type Flaws, type Form, type Moment } from "./form.ts";
import { keep, recall } from "./keeping.ts";
import type { Answer, Counted } from "./rest.ts";
import * as rest from "./rest.ts";
import { POLLS } from "./texts.ts";

interface Props {
  shop: string;
  /** Null: a new one. */
  poll: Counted | null;
  languages: readonly string[];
  /** Of the shop. */
  zone: string;
  onForm(form: Form): void;
  onSaved(poll: Counted): void;
  onGone(): void;
  onBack(): void;
}

export function Editor({ shop, poll, languages, zone, onForm, onSaved, onGone, onBack }: Props) {
  const texts = POLLS[language.value];
  const place = poll?.id ?? "new";
  const [form, setForm] = useState<Form>(() => {
    const fresh = freshForm(zone, Date.now(), newKey);
    return recall(shop, place) ?? (poll ? formOf(poll.content, zone, fresh) : fresh);
  });
  const [dirty, setDirty] = useState(() => recall(shop, place) !== null);
  const [flaws, setFlaws] = useState<Flaws>({});
  const [told, setTold] = useState<{ tone: Tone; text: string } | null>(null);
  const [busy, setBusy] = useState(false);
  const [sure, setSure] = useState(false);
  const key = useRef(newKey());
  const box = useRef<HTMLFormElement>(null);
  const isOpen = poll?.state === "open";
  useEffect(() => onForm(form), [form]);
  useEffect(() => {
    if (Object.keys(flaws).length) box.current?.querySelector<HTMLElement>("[aria-invalid=true]")?.focus();
  }, [flaws]);
  const fix = (given: Partial<Form>) => {
    const changed = { ...form, ...given };
    setForm(changed);
    setDirty(true);
    setFlaws({});
    setTold(null);
    // Other content is another draft.
    key.current = newKey();
    keep(shop, place, changed);
  };
  const save = async (start: boolean) => {
    const found = flawsOf(form, zone, Date.now(), start || poll?.state === "planned", isOpen);
    setFlaws(found);
    if (busy || Object.keys(found).length > 0) return;
    setBusy(true);
    setTold(null);
    try {
      const content = contentOf(form, zone);
      let saved = poll === null ? await rest.draft(shop, content, key.current) : dirty ? await rest.change(shop, poll.id, content) : poll;
      keep(shop, place, null);
      setDirty(false);
      if (start) saved = await rest.tell(shop, saved.id, "start");
      else setTold({ tone: "green", text: texts.saved });
      onSaved(saved);
    } catch (failure) {
      setTold({ tone: "red", text: wordsOf(failure) });
    }
    setBusy(false);
  };
  const discard = () => (poll ? rest.discard(shop, poll.id) : Promise.resolve(null)).then(() => {
    keep(shop, place, null);
    onGone();
  }, (failure: unknown) => {
    setSure(false);
    setTold({ tone: "red", text: wordsOf(failure) });
  });
  return (
    <form ref={box} class="card po-one po-form" noValidate onSubmit={(event) => event.preventDefault()}>
      <header class="row">
        <button type="button" class={poll && poll.state !== "draft" ? "ib lg" : "ib lg po-back"} aria-label={texts.back} onClick={onBack}><Icon d={back} size={18} /></button>
        <h2 class="grow">{poll ? texts.editTitle : texts.newTitle}</h2>
        {dirty && <span class="meta" role="status">{texts.unsaved}</span>}
      </header>
      {isOpen && <Notice>{texts.fixed}</Notice>}
      <fieldset disabled={isOpen}>
        <label class="po-f">{texts.question}
          <input class="in" dir="auto" maxLength={QUESTION_MOST} value={form.question} aria-invalid={flaws.question !== undefined} aria-describedby="po-question-flaw" onInput={(event) => fix({ question: event.currentTarget.value })} />
        </label>
        <Wrong id="po-question-flaw" flaw={flaws.question} />
        <Answers answers={form.answers} flaw={flaws.answers} onChange={(answers) => fix({ answers })} />
        <label class="po-f">{texts.language}
          <select value={form.language} onChange={(event) => fix({ language: event.currentTarget.value })}>
            <option value="">{texts.anyLanguage}</option>
            {[...new Set([...languages, ...(form.language ? [form.language] : [])])].map((tag) => <option key={tag} value={tag}>{fill(texts.pages, { language: languageName(language.value, tag) })}</option>)}
          </select>
        </label>
        <label class="po-f">{texts.groups}
          <input class="in" maxLength={GROUPS_MOST} autocapitalize="none" spellcheck={false} value={form.groups} aria-invalid={flaws.groups !== undefined} aria-describedby="po-groups-flaw po-groups-hint" onInput={(event) => fix({ groups: event.currentTarget.value })} />
        </label>
        <Wrong id="po-groups-flaw" flaw={flaws.groups} />
        <span id="po-groups-hint" class="meta po-hint">{texts.groupsHint}</span>
        <When label={texts.opening} moment={form.opens} flaw={flaws.opens} zone={zone} onChange={(opens) => fix({ opens })} />
      </fieldset>
      <When label={texts.closing} moment={form.closes} flaw={flaws.closes} zone={zone} onChange={(closes) => fix({ closes })} />
      <div class="po-f"><span>{texts.results}</span>
        <Segments label={texts.results} value={form.results} onChange={(results) => fix({ results })} options={[{ value: "after_vote", label: texts.resultsShown }, { value: "never", label: texts.resultsHidden }]} />
      </div>
      {told && <Notice tone={told.tone}>{told.text}</Notice>}
      <footer class="row">
        {poll && poll.state !== "draft"
          ? <button type="button" class="btn primary" data-save aria-disabled={busy || !dirty} onClick={() => dirty && void save(false)}>{texts.save}</button>
          : <>
              <button type="button" class="btn primary" aria-disabled={busy} onClick={() => void save(true)}>{form.opens.on ? texts.plan : texts.startNow}</button>
              <button type="button" class="btn" data-save aria-disabled={busy} onClick={() => void save(false)}>{texts.saveDraft}</button>
              <button type="button" class="btn quiet ends" onClick={() => setSure(true)}>{texts.discard}</button>
            </>}
      </footer>
      {sure && (
        <Dialog role="alertdialog" title={texts.discardSure} onClose={() => setSure(false)}>
          <p class="muted">{texts.discardHint}</p>
          <div class="row"><button type="button" class="btn danger" onClick={() => void discard()}>{texts.discardYes}</button><button type="button" class="btn safe" onClick={() => setSure(false)}>{texts.discardNo}</button></div>
        </Dialog>
      )}
    </form>
  );
}

function wordsOf(failure: unknown): string {
  const texts = POLLS[language.value];
  if (!(failure instanceof Failure)) return texts.notDone;
  if (failure.status === 409) return texts.refused;
  return ((failure.status === 422 || failure.status === 400) && failure.problem.detail) || texts.notDone;
}

function Answers({ answers, flaw, onChange }: { answers: Answer[]; flaw: Flaw | undefined; onChange(answers: Answer[]): void }) {
  const texts = POLLS[language.value];
  const list = useRef<HTMLOListElement>(null);
  const alike = alikeOf(answers);
  const swap = (at: number, by: 1 | -1) => {
    const to = at + by;
    if (to < 0 || to >= answers.length) return;
    const moved = [...answers];
    [moved[at], moved[to]] = [moved[to]!, moved[at]!];
    onChange(moved);
    // The focus goes with the answer; an arrow keeps it at the list's end, too, where it moves nothing.
    setTimeout(() => list.current?.children[to]?.querySelector<HTMLElement>(`[data-by="${by}"]`)?.focus());
  };
  const add = () => {
    onChange([...answers, { id: newKey(), text: "" }]);
    setTimeout(() => list.current?.querySelector<HTMLElement>("li:last-child input")?.focus());
  };
  return (
    <div class="po-f" role="group" aria-label={texts.answersLabel}>
      <span>{texts.answersLabel}</span>
      <ol ref={list} class="po-answers">
        {answers.map(({ id, text }, at) => {
          const name = text || fill(texts.answerN, { n: at + 1 });
          return (
            <li key={id} class="row">
              <input class="in" dir="auto" maxLength={ANSWER_MOST} aria-label={fill(texts.answerN, { n: at + 1 })} aria-invalid={flaw === "alikeAnswers" ? alike.has(id) : flaw !== undefined && !text.trim()} aria-describedby="po-answers-flaw" value={text}
                onInput={(event) => onChange(answers.map((each) => (each.id === id ? { id, text: event.currentTarget.value } : each)))} />
              <button type="button" class="ib" data-by="-1" aria-disabled={at === 0} aria-label={fill(texts.up, { answer: name })} onClick={() => swap(at, -1)}><Icon d={up} size={16} /></button>
              <button type="button" class="ib" data-by="1" aria-disabled={at === answers.length - 1} aria-label={fill(texts.down, { answer: name })} onClick={() => swap(at, 1)}><Icon d={down} size={16} /></button>
              <button type="button" class="ib" disabled={answers.length <= ANSWERS_LEAST} aria-label={fill(texts.remove, { answer: name })} onClick={() => onChange(answers.filter((each) => each.id !== id))}><Icon d={cross} size={16} /></button>
            </li>
          );
        })}
      </ol>
      <Wrong id="po-answers-flaw" flaw={flaw} />
      {answers.length < ANSWERS_MOST && <button type="button" class="btn sm" onClick={add}><Icon d={plus} size={15} />{texts.addAnswer}</button>}
    </div>
  );
}

function When({ label, moment, flaw, zone, onChange }: { label: string; moment: Moment; flaw: Flaw | undefined; zone: string; onChange(moment: Moment): void }) {
  const texts = POLLS[language.value];
  const id = useId();
  const invalid = flaw !== undefined;
  return (
    <div class="po-f" role="group" aria-label={label}>
      <label class="row po-tick"><input type="checkbox" checked={moment.on} onChange={(event) => onChange({ ...moment, on: event.currentTarget.checked })} />{label}</label>
      {moment.on && (
        <div class="po-when">
          <label>{texts.date}<input class="in" type="date" value={moment.date} aria-invalid={invalid} aria-describedby={id} onInput={(event) => onChange({ ...moment, date: event.currentTarget.value })} /></label>
          <label>{texts.time}<input class="in" type="time" value={moment.time} aria-invalid={invalid} aria-describedby={id} onInput={(event) => onChange({ ...moment, time: event.currentTarget.value })} /></label>
          <span class="meta">{fill(texts.byShop, { zone })}</span>
        </div>
      )}
      <Wrong id={id} flaw={flaw} />
    </div>
  );
}

function Wrong({ id, flaw }: { id: string; flaw: Flaw | undefined }) {
  return <span id={id} class="err" role="alert">{flaw && <><Icon d={warning} size={14} stroke={1.1} />{POLLS[language.value].flaws[flaw]}</>}</span>;
}
