/** What the part about the shop itself says. */

import type { Language } from "../../../shared/language.ts";

const en = {
  shop: "The shop", shopHint: "What customers know it by.",
  name: "Name", nameHint: "In mails and in the dashboard",
  languages: "Languages", languagesHint: "In which the shop speaks to visitors. Who speaks none of them reads the first.",
  first: "First", toFirst: "Make {language} the first", remove: "Remove {language}", add: "Add a language",
  widget: "The widget’s own words are in English, French and Polish; for other languages they are in English.",
};
export type ShopTexts = typeof en;

const fr: ShopTexts = {
  shop: "La boutique", shopHint: "Sous quel nom les clients la connaissent.",
  name: "Nom", nameHint: "Dans les e-mails et le tableau de bord",
  languages: "Langues", languagesHint: "Dans lesquelles la boutique parle aux visiteurs. Qui n’en parle aucune lit la première.",
  first: "Première", toFirst: "Mettre {language} en premier", remove: "Retirer {language}", add: "Ajouter une langue",
  widget: "Les mots du widget existent en anglais, français et polonais\u00a0; pour les autres langues, ils sont en anglais.",
};

const pl: ShopTexts = {
  shop: "Sklep", shopHint: "Pod jaką nazwą znają go klienci.",
  name: "Nazwa", nameHint: "W e-mailach i w panelu",
  languages: "Języki", languagesHint: "W jakich sklep mówi do gości. Kto nie zna żadnego, czyta w pierwszym.",
  first: "Pierwszy", toFirst: "Ustaw jako pierwszy: {language}", remove: "Usuń: {language}", add: "Dodaj język",
  widget: "Własne słowa widgetu są po angielsku, francusku i polsku; w innych językach po angielsku.",
};

export const SHOP: Record<Language, ShopTexts> = { en, fr, pl };
