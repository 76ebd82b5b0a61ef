/** What the editor of a form's fields says. */

import type { Language } from "../../shared/language.ts";
import type { FormField } from "./shop-settings.ts";

const en = {
  field: "Field", requested: "Requested", required: "Required",
  fields: { first_name: "First name", last_name: "Last name", email: "Email", phone: "Phone", message: "Message" } as Record<FormField, string>,
};
export type FormTexts = typeof en;

const fr: FormTexts = {
  field: "Champ", requested: "Demandé", required: "Obligatoire",
  fields: { first_name: "Prénom", last_name: "Nom", email: "E-mail", phone: "Téléphone", message: "Message" },
};

const pl: FormTexts = {
  field: "Pole", requested: "Pytamy", required: "Wymagane",
  fields: { first_name: "Imię", last_name: "Nazwisko", email: "E-mail", phone: "Telefon", message: "Wiadomość" },
};

export const FORM_TEXTS: Record<Language, FormTexts> = { en, fr, pl };
