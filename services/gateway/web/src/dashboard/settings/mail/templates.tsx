/** The words of the mails: as shipped, or the shop's own, by kind and language. */

import { useId, useState } from "preact/hooks";

import { fill } from "../../../shared/language.ts";
import { language } from "../../ui.tsx";
import { flaw } from "../draft.ts";
import { Flaw, Section, SelectLine } from "../fields.tsx";
import { ownName } from "../names.ts";
import type { MailSettings, MailTemplate } from "../shop-settings.ts";
import { MAIL, type Kind } from "./texts.ts";

const KINDS: readonly Kind[] = ["offline_message", "answer", "transcript", "receipt", "review_request", "review_reminder", "unread"];
const PARTS = ["subject", "text", "html"] as const;
type Part = (typeof PARTS)[number];
const MOST: Record<Part, number> = { subject: 500, text: 20_000, html: 20_000 };
const EMPTY: MailTemplate = { subject: null, text: null, html: null };

/** What a template may name, as services/common/mail_templates.py has it. */
const EVERYWHERE = ["shop", "address", "at", "language"];
const REVIEW = [...EVERYWHERE, "name", "number", "mode", "ordered", "received", "until", "products", "url", "unsubscribe_url"];
const NAMES: Record<Kind, readonly string[]> = {
  offline_message: [...EVERYWHERE, "name", "first_name", "fields", "text", "page", "page_url", "site", "inbox_url", "answers_reach_visitor"],
  answer: [...EVERYWHERE, "name", "operator", "text", "question", "question_at"],
  transcript: [...EVERYWHERE, "operators", "messages", "period", "reply_to"],
  receipt: [...EVERYWHERE, "number", "asked_at", "done_at", "author", "conversations", "offline_messages", "log_entries", "key_print"],
  review_request: REVIEW,
  review_reminder: REVIEW,
  unread: [...EVERYWHERE, "name", "operators", "messages", "url"],
};

type All = MailSettings["templates"];

export function Templates({ languages, templates, onChange }: { languages: readonly string[]; templates: All; onChange(templates: All): void }) {
  const texts = MAIL[language.value];
  const [kind, setKind] = useState<Kind>("offline_message");
  const [chosen, setChosen] = useState(languages[0] ?? "en");
  const tag = languages.includes(chosen) ? chosen : languages[0] ?? "en";
  const name = `${kind}.${tag}`;
  const own = (key: string) => (templates[key] ? ` (${texts.ownWords})` : "");
  const set = (part: Part, value: string) => onChange(withPart(templates, name, part, value));
  return (
    <Section title={texts.templates} hint={texts.templatesHint}>
      <SelectLine<Kind> label={texts.kind} value={kind} options={KINDS.map((each) => ({ value: each, label: texts.kinds[each] + own(`${each}.${tag}`) }))} onChange={setKind} />
      <SelectLine label={texts.inLanguage} value={tag} options={languages.map((each) => ({ value: each, label: ownName(each) + own(`${kind}.${each}`) }))} onChange={setChosen} />
      <div class="dev-pad">
        {PARTS.map((part) => <Field key={`${name} ${part}`} label={texts[part]} value={templates[name]?.[part] ?? ""} most={MOST[part]} short={part === "subject"} told={flaw(`mail.templates.${name}.${part}`)} onChange={(value) => set(part, value)} />)}
        <p class="d">{fill(texts.names, { names: NAMES[kind].map((each) => `{{ ${each} }}`).join(" ") })}</p>
        {templates[name] && <div class="row"><button type="button" class="btn sm" onClick={() => onChange(without(templates, name))}>{texts.takeBack}</button></div>}
      </div>
    </Section>
  );
}

function Field({ label, value, most, short, told, onChange }: { label: string; value: string; most: number; short: boolean; told: string | undefined; onChange(value: string): void }) {
  const texts = MAIL[language.value];
  const id = useId();
  const common = { id, class: "in", value, maxLength: most, placeholder: texts.asShipped, "aria-invalid": told !== undefined, "aria-describedby": `${id}f`, onInput: (event: { currentTarget: HTMLInputElement | HTMLTextAreaElement }) => onChange(event.currentTarget.value) };
  return (
    <div>
      <label class="b5" for={id}>{label}</label>
      {short ? <input {...common} /> : <textarea rows={4} {...common} />}
      {told && <Flaw id={`${id}f`}>{told}</Flaw>}
    </div>
  );
}

/** An empty part is as shipped; a template without parts is none. */
function withPart(templates: All, name: string, part: Part, value: string): All {
  const changed = { ...EMPTY, ...templates[name], [part]: value || null };
  return PARTS.some((each) => changed[each]) ? { ...templates, [name]: changed } : without(templates, name);
}

function without(templates: All, name: string): All {
  const { [name]: _gone, ...others } = templates;
  return others;
}
