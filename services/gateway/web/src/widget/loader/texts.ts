/** What the launcher says; the app brings its own texts once it is wanted. */

import type { Language } from "../../shared/language.ts";

/** The pseudo-locale by which the right-to-left side is looked at: English in mirrored letters. */
export const PSEUDO = "ar-XB";
export type WidgetLanguage = Language | typeof PSEUDO;

const en = {
  launcher: "Online consultant",
  leave: "Leave a message",
  inLine: "You are in line",
  next: "You are next",
  place: "Your place in line: {n}",
  unread: "{n} new",
  stuck: "Not loaded. Try again",
};

export type LauncherTexts = typeof en;

const fr: LauncherTexts = {
  launcher: "Conseiller en ligne",
  leave: "Laisser un message",
  inLine: "Vous êtes dans la file",
  next: "C’est bientôt à vous",
  place: "Votre place dans la file : {n}",
  unread: "{n} non lus",
  stuck: "Non chargé. Réessayer",
};

const pl: LauncherTexts = {
  launcher: "Konsultant online",
  leave: "Zostaw wiadomość",
  inLine: "Jesteś w kolejce",
  next: "Twoja kolej jest następna",
  place: "Twoje miejsce w kolejce: {n}",
  unread: "Nowe: {n}",
  stuck: "Nie wczytano. Spróbuj ponownie",
};

export const LAUNCHER: Record<Language, LauncherTexts> = { en, fr, pl };
