/** The canned replies over an editor: what the letters behind the slash find. The focus stays in the reply. */

import { useLayoutEffect, useRef } from "preact/hooks";

import { fill, plural } from "../../shared/language.ts";
import { language, t } from "../ui.tsx";
import type { Choice } from "./canned.ts";
import { languageName } from "./locales.ts";
import { openCannedReplies } from "./canned-host.tsx";
import type { Picker } from "./picker.ts";
import { WINDOW } from "./texts.ts";

interface Props { id: string; picker: Picker }

export function CannedList({ id, picker }: Props) {
  const texts = WINDOW[language.value];
  const { choices, letters } = picker;
  const title = letters ? fill(texts.cannedFor, { letters }) : texts.canned;
  const manage = (shortcut?: string) => {
    picker.drop();
    openCannedReplies(shortcut);
  };
  return (
    <div class="over-win canned from-foot">
      <div class="row cap"><span class="meta grow cut">{title}</span><kbd aria-hidden="true">↑ ↓</kbd><kbd aria-hidden="true">Enter</kbd></div>
      {choices && choices.length > 0
        ? <Choices id={id} title={title} picker={picker} choices={choices} />
        : <Nothing picker={picker} />}
      <div class="row foot">
        <span class="grow meta" role="status">{choices && choices.length > 0 && plural(language.value, choices.length, texts.cannedCount)}</span>
        {choices?.length === 0 && letters && <button class="btn sm quiet cut" onClick={() => manage(letters)}>{fill(texts.addThat, { letters })}</button>}
        <button class="btn sm quiet" onClick={() => manage()}>{texts.manage}</button>
      </div>
    </div>
  );
}

function Choices({ id, title, picker, choices }: { id: string; title: string; picker: Picker; choices: readonly Choice[] }) {
  const list = useRef<HTMLUListElement>(null);
  useLayoutEffect(() => {
    list.current?.children[picker.active]?.scrollIntoView({ block: "nearest" });
  }, [picker.active, choices.length]);
  return (
    <ul ref={list} id={id} role="listbox" aria-label={title}>
      {choices.map((choice, at) => (
        <li key={choice.reply.id} id={`${id}-${at}`} role="option" aria-selected={at === picker.active} class="it"
          onPointerMove={() => at !== picker.active && picker.move(at)}
          onPointerDown={(event) => event.preventDefault()} onClick={() => picker.choose(choice)}>
          <span class="grow">
            <b>/{choice.reply.shortcut}</b><span class="tag" title={languageName(language.value, choice.language)}>{choice.language.toUpperCase()}</span>
            <span class="said" lang={choice.language} dir="auto">{choice.text}</span>
          </span>
        </li>
      ))}
    </ul>
  );
}

function Nothing({ picker }: { picker: Picker }) {
  const texts = WINDOW[language.value];
  if (picker.failed && !picker.choices) {
    return <p class="none err" role="alert"><span class="grow">{texts.cannedFailed}</span><button class="btn sm" onClick={picker.load}>{t().tryAgain}</button></p>;
  }
  if (!picker.choices) return <p class="none muted late" role="status">{texts.cannedLoading}</p>;
  return <p class="none muted" role="status">{picker.letters ? fill(texts.cannedNone, { letters: picker.letters }) : texts.cannedEmpty}</p>;
}
