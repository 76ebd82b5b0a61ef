/** What a campaign says, in each language of the shop, and the page that it opens. */

import { useEffect, useId, useState } from "preact/hooks";

import { check, clock, Icon, warning } from "../../shared/icons.tsx";
import { fill } from "../../shared/language.ts";
import { Segments } from "../parts.tsx";
import { Failure } from "../rest.ts";
import { languageName, ownName } from "../settings/names.ts";
import { language } from "../ui.tsx";
import { COMPOSE } from "./compose-texts.ts";
import { isWebAddress, SUBJECT_MOST, TEXT_MOST, URL_MOST, type Flaws, type Form } from "./form.ts";
import type { Standing } from "./keeping.ts";
import * as rest from "./rest.ts";

interface Props {
  shop: string;
  form: Form;
  tag: string;
  languages: readonly string[];
  flaws: Flaws;
  refused: Standing;
  onTag(tag: string): void;
  onChange(given: Partial<Form>): void;
}

export function Words({ shop, form, tag, languages, flaws, refused, onTag, onChange }: Props) {
  const texts = COMPOSE[language.value];
  const id = useId();
  const notice = form.notices[tag] ?? { subject: "" };
  const text = notice.text ?? "";
  const set = (given: Partial<rest.Notice>) => onChange({ notices: { ...form.notices, [tag]: { ...notice, ...given } } });
  const first = languages.find((each) => form.notices[each]?.subject.trim());
  const against = (field: string) => (refused.name === "refused" && refused.field.split(".").includes(field) ? refused.detail : undefined);
  const subjectFlaw = flaws.subject ? texts.flaws[flaws.subject] : against("subject");
  const urlFlaw = flaws.url ? texts.flaws[flaws.url] : against("url");
  return (
    <>
      {languages.length > 1 && <Languages {...{ form, tag, languages, onTag }} />}
      <div class="pu-f">
        <div class="row"><label class="b5 grow" for={`${id}s`}>{texts.subject}</label><span class="meta">{fill(texts.count, { n: [...notice.subject].length, most: SUBJECT_MOST })}</span></div>
        <input id={`${id}s`} class="in" lang={tag} dir="auto" value={notice.subject} maxLength={SUBJECT_MOST} autocomplete="off" aria-invalid={subjectFlaw !== undefined} aria-describedby={`${id}sf`}
          onInput={(event) => set({ subject: event.currentTarget.value })} />
        <Said id={`${id}sf`} flaw={subjectFlaw} hint={first && !notice.subject.trim() ? fill(texts.instead, { language: languageName(language.value, tag), first: languageName(language.value, first) }) : undefined} />
      </div>
      <div class="pu-f">
        <div class="row"><label class="b5 grow" for={`${id}t`}>{texts.text}</label><span class="meta">{fill(texts.plain, { n: [...text].length, most: TEXT_MOST })}</span></div>
        <textarea id={`${id}t`} class="in" rows={2} lang={tag} dir="auto" value={text} maxLength={TEXT_MOST} onInput={(event) => set({ text: event.currentTarget.value })} />
      </div>
      <div class="pu-f">
        <label class="b5" for={`${id}u`}>{texts.url}</label>
        <div class={urlFlaw === undefined ? "in" : "in pu-wrong"}>
          <input id={`${id}u`} type="url" inputMode="url" dir="ltr" value={form.url} maxLength={URL_MOST} placeholder="https://" autocomplete="off" spellcheck={false} aria-invalid={urlFlaw !== undefined} aria-describedby={`${id}uf ${id}us`}
            onInput={(event) => onChange({ url: event.currentTarget.value })} />
          <span id={`${id}us`} role="status"><Look shop={shop} url={form.url.trim()} /></span>
        </div>
        <Said id={`${id}uf`} flaw={urlFlaw} />
      </div>
    </>
  );
}

/** Which of them are written is said by a mark and its name. */
function Languages({ form, tag, languages, onTag }: Pick<Props, "form" | "tag" | "languages" | "onTag">) {
  const texts = COMPOSE[language.value];
  const said = (each: string) => (form.notices[each]?.subject.trim() ? `${ownName(each)} ✓` : ownName(each));
  return <Segments label={texts.language} value={tag} onChange={onTag} options={languages.map((value) => ({ value, label: said(value) }))} />;
}

export function Said({ id, flaw, hint }: { id: string; flaw?: string | undefined; hint?: string | undefined }) {
  return <span id={id}>{flaw ? <span class="err" role="alert"><Icon d={warning} size={14} stroke={1.1} />{flaw}</span> : hint && <span class="meta pu-hint">{hint}</span>}</span>;
}

const TYPED_MS = 600;
type Seen = "looking" | "found" | "notFound" | "elsewhere" | "unchecked" | { status: number };

/** Whether the page answers, looked at from the server. */
function Look({ shop, url }: { shop: string; url: string }) {
  const texts = COMPOSE[language.value];
  const [seen, setSeen] = useState<Seen | null>(null);
  useEffect(() => {
    setSeen(null);
    if (!isWebAddress(url)) return;
    let here = true;
    const tell = (what: Seen) => here && setSeen(what);
    const timer = setTimeout(() => {
      tell("looking");
      rest.lookAt(shop, url).then(({ found, status }) => tell(found ? "found" : status ? { status } : "notFound"), (failure: unknown) => tell(failure instanceof Failure && failure.status === 422 ? "elsewhere" : "unchecked"));
    }, TYPED_MS);
    return () => {
      here = false;
      clearTimeout(timer);
    };
  }, [url]);
  if (seen === null) return null;
  if (seen === "looking") return <span class="tag"><Icon d={clock} size={13} />{texts.checking}</span>;
  if (seen === "found") return <span class="tag green"><Icon d={check} size={13} />{texts.found}</span>;
  if (seen === "elsewhere" || seen === "unchecked") return <span class="tag">{texts[seen]}</span>;
  return <span class="tag brass"><Icon d={warning} size={13} />{seen === "notFound" ? texts.notFound : fill(texts.answered, { status: seen.status })}</span>;
}
