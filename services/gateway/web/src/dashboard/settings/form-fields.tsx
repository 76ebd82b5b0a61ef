/** Which details a form asks for: each requested, required, or neither. */

import { useId } from "preact/hooks";

import { check, Icon } from "../../shared/icons.tsx";
import { language } from "../ui.tsx";
import { FORM_TEXTS } from "./form-texts.ts";
import { FORM_FIELDS, type FieldRule, type FormField, type FormFields } from "./shop-settings.ts";

export function FormFieldsEditor({ value, onChange }: { value: FormFields; onChange(value: FormFields): void }) {
  const texts = FORM_TEXTS[language.value];
  const set = (field: FormField, rule: FieldRule) => onChange({ ...value, [field]: rule });
  return (
    <table class="ff">
      <thead><tr><th>{texts.field}</th><th>{texts.requested}</th><th>{texts.required}</th></tr></thead>
      <tbody>
        {FORM_FIELDS.map((field) => {
          const rule = value[field];
          return (
            <tr key={field}>
              <td class="b5">{texts.fields[field]}</td>
              {/* A field that is not asked for cannot be required. */}
              <td><Tick label={`${texts.fields[field]}, ${texts.requested}`} on={rule.requested} onChange={(requested) => set(field, { requested, required: requested && rule.required })} /></td>
              <td><Tick label={`${texts.fields[field]}, ${texts.required}`} on={rule.required} onChange={(required) => set(field, { requested: required || rule.requested, required })} /></td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

function Tick({ label, on, onChange }: { label: string; on: boolean; onChange(on: boolean): void }) {
  const id = useId();
  return (
    <label class="tick" for={id}>
      <input id={id} type="checkbox" checked={on} aria-label={label} onChange={(event) => onChange(event.currentTarget.checked)} />
      <span class="cb"><Icon d={check} size={13} stroke={1.25} /></span>
    </label>
  );
}
