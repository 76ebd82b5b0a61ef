/** What the part about the chat says. */

import type { Language } from "../../../shared/language.ts";

const en = {
  counter: "At the counter", counterHint: "Who answers, how many at once, and what happens when nobody can.",
  operatorName: "Operator display name", operatorNameHint: "Stands under your messages, unless a person has a name of their own",
  limit: "Simultaneous conversations", limitHint: "Over all operators of this shop",
  atLimit: "At the limit", atLimitHint: "Visitors wait in line, or see the form", line: "Line", form: "Form",
  offlineMode: "Offline mode", offlineModeHint: "On: visitors leave a message. Off: the shop shows nothing at all",
  attachments: "Files", attachmentsHint: "Visitors may send pictures and documents",
  sounds: "Sounds in the dashboard", soundsHint: "For everybody who has not chosen for themselves",
  texts: "Texts", textsHint: "Header and welcome, in every language of the shop.", header: "Header", welcome: "Welcome text",
};
export type ChatTexts = typeof en;

const fr: ChatTexts = {
  counter: "Au comptoir", counterHint: "Qui répond, combien à la fois, et que faire quand personne ne le peut.",
  operatorName: "Nom affiché de l’équipe", operatorNameHint: "Sous vos messages, sauf si la personne a son propre nom",
  limit: "Conversations simultanées", limitHint: "Pour toute l’équipe de cette boutique",
  atLimit: "À la limite", atLimitHint: "Les visiteurs attendent dans la file ou voient le formulaire", line: "File", form: "Formulaire",
  offlineMode: "Mode hors ligne", offlineModeHint: "Activé : on laisse un message. Désactivé : la boutique n’affiche rien",
  attachments: "Fichiers", attachmentsHint: "Les visiteurs peuvent envoyer images et documents",
  sounds: "Sons dans le tableau de bord", soundsHint: "Pour tous ceux qui n’ont pas choisi eux-mêmes",
  texts: "Textes", textsHint: "En-tête et accueil, dans chaque langue de la boutique.", header: "En-tête", welcome: "Texte d’accueil",
};

const pl: ChatTexts = {
  counter: "Przy ladzie", counterHint: "Kto odpowiada, ile rozmów naraz i co się dzieje, gdy nikt nie może.",
  operatorName: "Wyświetlana nazwa", operatorNameHint: "Stoi pod wiadomościami, jeśli osoba nie ma własnej nazwy",
  limit: "Równoczesne rozmowy", limitHint: "Dla całego zespołu tego sklepu",
  atLimit: "Przy limicie", atLimitHint: "Goście czekają w kolejce albo widzą formularz", line: "Kolejka", form: "Formularz",
  offlineMode: "Tryb offline", offlineModeHint: "Włączony: można zostawić wiadomość. Wyłączony: sklep nic nie pokazuje",
  attachments: "Pliki", attachmentsHint: "Goście mogą wysyłać zdjęcia i dokumenty",
  sounds: "Dźwięki w panelu", soundsHint: "Dla wszystkich, którzy sami nie wybrali",
  texts: "Teksty", textsHint: "Nagłówek i powitanie, w każdym języku sklepu.", header: "Nagłówek", welcome: "Powitanie",
};

export const CHAT: Record<Language, ChatTexts> = { en, fr, pl };
