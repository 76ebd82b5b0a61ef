/** What stands around the preview of the widget. */

import type { Language } from "../../../shared/language.ts";

const en = {
  title: "Live preview", hint: "Drawn by the widget itself. Changes show at once, visitors see them after Save.",
  language: "Language of the preview", theme: "Theme of the preview", light: "Light", dark: "Dark", screen: "Screen of the preview", computer: "Computer", phone: "Phone",
  moment: "Moment", talking: "Online", beginning: "Before a chat", line: "In line", offline: "Offline", launcher: "Launcher",
  nothing: "Nothing: offline mode is off.", frame: "Preview: {what}",
  recent: "Last changes", log: "Change log", changed: "{name}: {what}.",
};
export type PreviewTexts = typeof en;

const fr: PreviewTexts = {
  title: "Aperçu en direct", hint: "Dessiné par le widget lui-même. Tout se voit aussitôt ici, chez les visiteurs après l’enregistrement.",
  language: "Langue de l’aperçu", theme: "Thème de l’aperçu", light: "Clair", dark: "Sombre", screen: "Écran de l’aperçu", computer: "Ordinateur", phone: "Téléphone",
  moment: "Moment", talking: "En ligne", beginning: "Avant le chat", line: "Dans la file", offline: "Hors ligne", launcher: "Lanceur",
  nothing: "Rien\u00a0: le mode hors ligne est désactivé.", frame: "Aperçu\u00a0: {what}",
  recent: "Derniers changements", log: "Journal", changed: "{name}\u00a0: {what}.",
};

const pl: PreviewTexts = {
  title: "Podgląd na żywo", hint: "Rysuje go sam widget. Tu zmiany widać od razu, goście zobaczą je po zapisaniu.",
  language: "Język podglądu", theme: "Motyw podglądu", light: "Jasny", dark: "Ciemny", screen: "Ekran podglądu", computer: "Komputer", phone: "Telefon",
  moment: "Chwila", talking: "Online", beginning: "Przed czatem", line: "W kolejce", offline: "Offline", launcher: "Przycisk",
  nothing: "Nic: tryb offline jest wyłączony.", frame: "Podgląd: {what}",
  recent: "Ostatnie zmiany", log: "Dziennik zmian", changed: "{name}: {what}.",
};

export const PREVIEW: Record<Language, PreviewTexts> = { en, fr, pl };
