/** Texts in the languages of the shop: a tab a language, which says what lacks. */

import { signal } from "@preact/signals";
import { useId } from "preact/hooks";

import { check, Icon, warning } from "../../shared/icons.tsx";
import { fill, plural } from "../../shared/language.ts";
import { language } from "../ui.tsx";
import { moveFocus } from "../window/popover.tsx";
import { Flaw } from "./fields.tsx";
import { languageName, ownName } from "./names.ts";
import type { Texts } from "./shop-settings.ts";
import { SETTINGS } from "./texts.ts";

/** The language whose texts are being edited, in all parts and in the preview. */
export const textLanguage = signal("");

export interface TextField {
  label: string;
  hint?: string;
  value: Texts;
  most: number;
  /** Several lines. */
  long?: boolean;
  /** What the gateway said against it. */
  flaw?: string | undefined;
  placeholder?: string;
  onChange(value: Texts): void;
}

/** Whether a text stands in another language of the shop, and not in this one. */
export const lacks = (texts: Texts, tag: string, languages: readonly string[]) => !texts[tag] && languages.some((each) => texts[each]);

export const chosenOf = (languages: readonly string[]) => (languages.includes(textLanguage.value) ? textLanguage.value : languages[0] ?? "en");

export function TextsEditor({ languages, fields }: { languages: readonly string[]; fields: readonly TextField[] }) {
  const texts = SETTINGS[language.value];
  const id = useId();
  const chosen = chosenOf(languages);
  const choose = (tag: string) => (textLanguage.value = tag);
  const onKey = (event: KeyboardEvent) => {
    const tabs = [...(event.currentTarget as HTMLElement).querySelectorAll<HTMLElement>("[role=tab]")];
    if (moveFocus(event, tabs, tabs.length)) choose((document.activeElement as HTMLElement).dataset["tag"] ?? chosen);
  };
  return (
    <>
      <div class="lt" role="tablist" aria-label={texts.textLanguages} onKeyDown={onKey}>
        {languages.map((tag) => (
          <button key={tag} type="button" role="tab" id={`${id}${tag}`} data-tag={tag} aria-selected={tag === chosen} aria-controls={`${id}panel`} tabIndex={tag === chosen ? 0 : -1} onClick={() => choose(tag)}>
            <span lang={tag}>{ownName(tag)}</span><Standing missing={fields.filter((each) => lacks(each.value, tag, languages)).length} />
          </button>
        ))}
      </div>
      <div class="lp" role="tabpanel" id={`${id}panel`} aria-labelledby={`${id}${chosen}`}>
        {fields.map((field) => <Field key={`${field.label} ${chosen}`} field={field} tag={chosen} languages={languages} />)}
      </div>
    </>
  );
}

function Standing({ missing }: { missing: number }) {
  const texts = SETTINGS[language.value];
  if (missing === 0) return <><Icon d={check} size={14} /><span class="sr">{texts.complete}</span></>;
  return <span class="tag red"><Icon d={warning} size={14} />{plural(language.value, missing, texts.missing)}</span>;
}

function Field({ field, tag, languages }: { field: TextField; tag: string; languages: readonly string[] }) {
  const texts = SETTINGS[language.value];
  const id = useId();
  const value = field.value[tag] ?? "";
  const said = field.flaw ?? (lacks(field.value, tag, languages) ? fill(texts.lacks, { language: languageName(language.value, tag) }) : undefined);
  const common = {
    id, value, maxLength: field.most, lang: tag, dir: "auto" as const, placeholder: field.placeholder, "aria-invalid": said !== undefined, "aria-describedby": `${id}h ${id}f`,
    onInput: (event: { currentTarget: HTMLInputElement | HTMLTextAreaElement }) => field.onChange(withText(field.value, tag, event.currentTarget.value)),
  };
  return (
    <div class="tf">
      <div class="row"><label class="b5 grow" for={id}>{field.label}</label><span class="meta">{fill(texts.count, { n: [...value].length, most: field.most })}</span></div>
      {field.hint && <p class="d" id={`${id}h`}>{field.hint}</p>}
      {field.long ? <textarea class="in" rows={3} {...common} /> : <input class="in" {...common} />}
      {said && <Flaw id={`${id}f`}>{said}</Flaw>}
    </div>
  );
}

/** An empty text is none. */
function withText(texts: Texts, tag: string, value: string): Texts {
  const { [tag]: _before, ...others } = texts;
  return value ? { ...others, [tag]: value } : others;
}
