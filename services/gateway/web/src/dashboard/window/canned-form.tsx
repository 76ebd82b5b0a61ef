/** One canned reply: its shortcut and its text in each of the shop's languages. */

import { useEffect, useId, useRef, useState } from "preact/hooks";

import { back, check, Icon, trash } from "../../shared/icons.tsx";
import { fill } from "../../shared/language.ts";
import { lengthOf } from "../../shared/protocol.ts";
import { momentOf } from "../dates.ts";
import { now } from "../now.ts";
import type { OperatorDesk } from "../operator.ts";
import type { CannedReply } from "../rest.ts";
import { Confirm, language } from "../ui.tsx";
import { asShortcut, FIELDS } from "./canned.ts";
import { LONGEST, useSaving } from "./canned-saving.ts";
import { languageName } from "./locales.ts";
import { WINDOW } from "./texts.ts";
import { insertInto } from "./writing.ts";

interface Props {
  desk: OperatorDesk;
  /** None: a new one. */
  reply: CannedReply | undefined;
  shortcut: string;
  /** Hears the shortcut of what is not saved; null once nothing is. */
  onChanged(shortcut: string | null): void;
  onSaved(id: string | undefined): void;
  onDiscard(): void;
  onBack(): void;
}

export function CannedForm({ desk, reply, shortcut: begun, onChanged, onSaved, onDiscard, onBack }: Props) {
  const texts = WINDOW[language.value];
  const languages = [...new Set([...(desk.shop.value?.languages ?? []), ...Object.keys(reply?.texts ?? {})])];
  const [shortcut, setShortcut] = useState(reply?.shortcut ?? asShortcut(begun));
  const [said, setSaid] = useState<Record<string, string>>(reply?.texts ?? {});
  const [code, setCode] = useState(() => languages.find((each) => reply?.texts[each]) ?? languages[0] ?? "en");
  const saving = useSaving(desk, texts, reply);
  const { busy } = saving;
  const [removing, setRemoving] = useState(false);
  const first = useRef<HTMLInputElement>(null);
  const error = useId();
  const changed = shortcut !== (reply?.shortcut ?? "") || languages.some((each) => (said[each] ?? "") !== (reply?.texts[each] ?? ""));

  useEffect(() => onChanged(changed ? shortcut || asShortcut(begun) : null), [changed, shortcut]);
  useEffect(() => {
    if (!reply) first.current?.focus();
  }, []);

  const save = async (event: Event) => {
    event.preventDefault();
    const id = await saving.save({ shortcut, texts: said });
    if (id !== null) onSaved(id || undefined);
  };
  const remove = async (id: string) => {
    setRemoving(false);
    if (await saving.remove(id)) onDiscard();
  };
  // What is typed in a dialog does not reach the page's own keys.
  const onKey = (event: KeyboardEvent) => {
    if (event.key.toLowerCase() === "s" && (event.ctrlKey || event.metaKey) && !event.altKey) void save(event);
  };

  return (
    <form class="reply" noValidate onSubmit={save} onKeyDown={onKey} aria-busy={busy}>
      <div class="row top">
        <button type="button" class="ib phone-only" aria-label={texts.back} onClick={onBack}><Icon d={back} size={20} /></button>
        <h3 class="cut grow" tabIndex={-1}>{reply ? `/${reply.shortcut}` : texts.newReply}</h3>
        {reply && <span class="meta cut"><Author desk={desk} reply={reply} /></span>}
        {reply && <button type="button" class="btn sm quiet danger-ink" onClick={() => setRemoving(true)}><Icon d={trash} />{texts.remove}</button>}
      </div>
      <label class="f">{texts.shortcut}
        <span class="in"><span aria-hidden="true">/</span><input ref={first} value={shortcut} maxLength={40} autocomplete="off" autocapitalize="none" spellcheck={false} aria-describedby={error}
          aria-label={texts.shortcut} onInput={(event) => setShortcut(event.currentTarget.value = asShortcut(event.currentTarget.value))} /></span>
        <span class="meta hint">{texts.shortcutHint}</span>
      </label>
      <Languages codes={languages} chosen={code} said={said} onChoose={setCode} />
      <TextIn key={code} code={code} text={said[code] ?? ""} onText={(text) => setSaid((before) => ({ ...before, [code]: text }))} />
      <p id={error} class="err" role="alert">{saving.flaw}</p>
      <div class="row">
        <button class="btn primary" data-save aria-disabled={busy || !changed}>{busy ? texts.saving : texts.save}</button>
        <button type="button" class="btn" onClick={onDiscard}>{texts.discard}</button>
      </div>
      {removing && reply && (
        <Confirm title={fill(texts.removeSure, { shortcut: reply.shortcut })} hint={texts.removeHint} yes={texts.removeYes} no={texts.removeNo} onNo={() => setRemoving(false)}
          onYes={() => void remove(reply.id)} />
      )}
    </form>
  );
}

/** Who saved it last, and when. */
function Author({ desk, reply }: { desk: OperatorDesk; reply: CannedReply }) {
  const name = desk.staff.value.find((each) => each.id === reply.author)?.name ?? reply.author;
  return <>{fill(WINDOW[language.value].savedBy, { name, when: momentOf(language.value, reply.changed_at, now.value) })}</>;
}

/** A tick marks the languages in which there is a text. */
function Languages({ codes, chosen, said, onChoose }: { codes: readonly string[]; chosen: string; said: Record<string, string>; onChoose(code: string): void }) {
  return (
    <div class="langs" role="group">
      {codes.map((each) => (
        <button key={each} type="button" aria-pressed={each === chosen} onClick={() => onChoose(each)}>
          {named(each)}{said[each]?.trim() && <Icon d={check} size={14} stroke={1.1} />}
        </button>
      ))}
    </div>
  );
}

const named = (code: string) => {
  const name = languageName(code, code);
  return name.slice(0, 1).toLocaleUpperCase(code) + name.slice(1);
};

function TextIn({ code, text, onText }: { code: string; text: string; onText(text: string): void }) {
  const texts = WINDOW[language.value];
  const field = useRef<HTMLTextAreaElement>(null);
  return (
    <div>
      <textarea ref={field} class="in" rows={5} lang={code} dir="auto" aria-label={fill(texts.textIn, { language: languageName(language.value, code) })} value={text} onInput={(event) => onText(event.currentTarget.value)} />
      <div class="row insert">
        <span class="meta">{texts.insert}</span>
        {FIELDS.map((each) => <button key={each} type="button" class="btn sm" onClick={() => insertInto(field.current!, `{${each}}`)}>{`{${each}}`}</button>)}
        <span class="meta counted">{lengthOf(text)} / {LONGEST}</span>
      </div>
    </div>
  );
}
