/** Reviews from a table: what it takes, what became of it, and which lines were not taken. */

import { useEffect, useRef, useState } from "preact/hooks";

import { Icon, upload, warning } from "../../shared/icons.tsx";
import { fill, plural } from "../../shared/language.ts";
import { Dialog, Notice } from "../parts.tsx";
import { Failure } from "../rest.ts";
import { language } from "../ui.tsx";
import * as rest from "./rest.ts";
import { RULES } from "./rules-texts.ts";

const MOST_BYTES = 8_000_000;

type Course = { name: "asked" } | { name: "busy" } | { name: "failed"; why: string } | { name: "done"; brought: rest.Brought };

export function Bringing({ shop, onClose, onBrought }: { shop: string; onClose(): void; onBrought(): void }) {
  const texts = RULES[language.value];
  const [course, setCourse] = useState<Course>({ name: "asked" });
  const [file, setFile] = useState<File | null>(null);
  const input = useRef<HTMLInputElement>(null);
  const end = useRef<HTMLButtonElement>(null);
  // The button that had the focus has gone.
  useEffect(() => void (course.name === "done" && end.current?.focus()), [course.name]);
  const bring = async (table: File) => {
    if (table.size > MOST_BYTES) return setCourse({ name: "failed", why: texts.tooLarge });
    setCourse({ name: "busy" });
    try {
      setCourse({ name: "done", brought: await rest.bring(shop, table) });
      onBrought();
    } catch (error) {
      setCourse({ name: "failed", why: whyOf(error) });
    }
  };
  const choose = (chosen: File | undefined) => {
    if (!chosen) return;
    setFile(chosen);
    setCourse({ name: "asked" });
  };
  const busy = course.name === "busy";
  return (
    <Dialog title={texts.bringTitle} onClose={onClose}>
      <p class="muted">{texts.bringHint}</p>
      <input ref={input} class="sr" type="file" accept=".csv,text/csv" aria-label={texts.choose} tabIndex={-1} onChange={(event) => choose(event.currentTarget.files?.[0])} />
      <div class="row">
        <button class="btn safe" aria-disabled={busy} onClick={() => busy || input.current?.click()}><Icon d={upload} />{file ? texts.another : texts.choose}</button>
        {file && <span class="cut muted" dir="auto">{file.name}</span>}
      </div>
      {course.name === "failed" && <p class="err" role="alert"><Icon d={warning} size={15} />{course.why}</p>}
      {course.name === "done" && <Told brought={course.brought} />}
      <div class="row">
        {file && course.name !== "done" && <button class="btn primary" aria-disabled={busy} onClick={() => void (busy || bring(file))}>{busy ? texts.bringing : texts.bring}</button>}
        <button ref={end} class="btn" onClick={onClose}>{texts.close}</button>
      </div>
    </Dialog>
  );
}

function whyOf(error: unknown): string {
  const texts = RULES[language.value];
  if (!(error instanceof Failure) || error.status === 0 || error.status >= 500) return texts.bringFailed;
  return fill(texts.bringRefused, { why: error.problem.detail ?? error.problem.title ?? "" });
}

function Told({ brought: { imported, known, wrong } }: { brought: rest.Brought }) {
  const texts = RULES[language.value];
  return (
    <>
      <Notice tone={wrong.length ? "brass" : "green"}>{plural(language.value, imported, texts.brought)} {known > 0 && plural(language.value, known, texts.known)} {imported > 0 && texts.broughtHint}</Notice>
      {wrong.length > 0 && (
        <div>
          <p class="b5">{plural(language.value, wrong.length, texts.wrong)}</p>
          <ol class="rv-wrong" tabIndex={0}>{wrong.map(({ line, detail, field }) => <li key={line}><b>{fill(texts.line, { n: line })}</b> {field ? texts.flaws[field] ?? fill(texts.flaw, { column: field }) : detail}</li>)}</ol>
        </div>
      )}
    </>
  );
}
