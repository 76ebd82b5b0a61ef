/** A form's fields, each tied to what is wrong with it. */

import { useLayoutEffect, useRef } from "preact/hooks";

import { Icon, warning } from "../shared/icons.tsx";
import { fill, plural } from "../shared/language.ts";
import { asked, FIELDS, type FieldName, type FieldRules, type Values } from "./fields.ts";
import type { Flaw, Flaws } from "./flaws.ts";
import type { Say } from "./say.ts";
import type { Face } from "./window.tsx";

interface FormProps {
  rules: FieldRules;
  values: Values;
  flaws: Flaws;
  /** What the message is called here. */
  message: string;
  busy?: boolean;
  /** What the email is for. */
  hint?: string;
  say: Say;
  onFill(name: FieldName, value: string): void;
}

const AUTOCOMPLETE: Record<FieldName, string> = {
  first_name: "given-name", last_name: "family-name", email: "email", phone: "tel", message: "off",
};

/** The keyboard of a phone. A field of type email would rewrite addresses that are not in ASCII. */
const KEYS: Partial<Record<FieldName, "email" | "tel">> = { email: "email", phone: "tel" };

export function Fields({ rules, values, flaws, message, busy = false, hint, say, onFill }: FormProps) {
  const names = asked(rules);
  const both = names.includes("first_name") && names.includes("last_name");
  return (
    <div class="fields">
      {names.map((name) => {
        const field = {
          id: name, name, class: "in", value: values[name] ?? "", readOnly: busy, required: rules[name]?.required === true,
          dir: "auto" as const, "aria-invalid": name in flaws, "aria-describedby": `${name}-flaw`, autocomplete: AUTOCOMPLETE[name],
        };
        return (
          <div key={name} class={both && name.endsWith("name") ? "f half" : "f"}>
            <label for={name}>
              {name === "message" ? message : say.texts[name]}
              <small>{rules[name]?.required ? say.texts.required : say.texts.optional}</small>
            </label>
            {name === "message"
              ? <textarea {...field} onInput={(event) => onFill(name, event.currentTarget.value)} />
              : <input {...field} inputMode={KEYS[name] ?? "text"} onInput={(event) => onFill(name, event.currentTarget.value)} />}
            {name === "email" && hint && !(name in flaws) && <p class="hint">{hint}</p>}
            <FlawNote id={`${name}-flaw`} flaw={flaws[name]} name={name} say={say} />
          </div>
        );
      })}
    </div>
  );
}

export function FlawNote({ id, flaw, name, say: { texts } }: { id: string; flaw: Flaw | undefined; name: FieldName; say: Say }) {
  const text = flaw === undefined ? ""
    : typeof flaw === "number" ? fill(texts.tooLong, { n: flaw })
    : flaw === "empty" && name === "message" ? texts.fewWords
    : texts[flaw];
  return <p id={id} class="error">{text && <><Icon d={warning} size={14} stroke={1.1} />{text}</>}</p>;
}

/** How many fields are to be seen to. */
export function Attention({ flaws, say: { language, texts } }: { flaws: Flaws; say: Say }) {
  const n = Object.keys(flaws).length;
  return n > 0 ? <Alert>{plural(language, n, texts.attention)}</Alert> : null;
}

export function Alert({ children }: { children: string }) {
  return <p class="box red" role="alert"><Icon d={warning} size={18} />{children}</p>;
}

export function SubmitButton({ busy, say, children }: { busy: boolean; say: Say; children: string }) {
  return <button class="btn primary" aria-disabled={busy}>{busy ? <><i class="spin" />{say.texts.sending}</> : children}</button>;
}

/** Holds a form. If the visitor is in the window, the focus goes to the first field that must be filled in, else to the last. */
export function useForm(inside: Face["inside"]) {
  const form = useRef<HTMLFormElement>(null);
  // Before the next key is heard: one that finds the focus nowhere, Escape say, would be lost.
  useLayoutEffect(() => {
    const fields = [...form.current!.querySelectorAll<HTMLInputElement>(".in")];
    if (inside.current) (fields.find((field) => field.required && !field.value) ?? fields.at(-1) ?? form.current!.querySelector<HTMLElement>("#consent"))?.focus({ preventScroll: true });
  }, []);
  return form;
}

/** After a refusal. */
export function toFirst(flaws: Flaws, form: HTMLFormElement | null): void {
  const first = [...FIELDS, "consent"].find((name) => name in flaws);
  if (first) form?.querySelector<HTMLElement>(`#${first}`)?.focus();
}
