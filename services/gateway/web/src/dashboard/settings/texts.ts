/** What the settings' shell says: groups, save bar, the question before leaving. */

import type { Forms, Language } from "../../shared/language.ts";
import type { Why } from "./failed.ts";

const en = {
  groups: { chat: "Live chat", shop: "Shop" },
  parts: "Parts of the settings",
  unread: "The settings could not be read", unreadHint: "Conversations go on. Try again in a moment.",
  unsaved: { one: "{n} unsaved change", other: "{n} unsaved changes" } as Forms,
  unsavedNames: ": {what}", discard: "Discard", save: "Save", saving: "Saving",
  saved: "Saved. Visitors see it now.", undo: "Undo",
  savedMissing: "Saved, but this is missing: {what}. Those visitors see the text of another language.",
  failed: {
    unreachable: "Not saved, the server does not answer. Your changes are kept here.",
    forbidden: "Not saved: your account may not change the settings any more. Your changes are kept here.",
    often: "Not saved: too many changes in a short time. Your changes are kept here; try again in a minute.",
    other: "Not saved: the server refused it. Your changes are kept here.",
  } as Record<Why, string>,
  tryAgain: "Try again",
  refused: "Not saved: {what} can’t be taken.",
  colleague: "A colleague saved the settings a moment ago.", clashing: "You both changed: {what}. Yours stands in the form and is saved if you save.", seeWhat: "See what changed",
  leaveTitle: "Save before you leave?", leaveHeld: "Leave without saving?", leaveHint: "Not saved yet: {what}.", saveAndLeave: "Save and leave", leaveUnsaved: "Leave without saving", stayHere: "Stay here",
  missing: { one: "{n} missing", other: "{n} missing" } as Forms,
  complete: "complete", count: "{n} of {most}", textLanguages: "Language of the texts",
  lacks: "{language} is missing. Visitors see another language’s text until it is there.",
  fewer: "{what}: fewer", more: "{what}: more",
};
export type SettingsTexts = typeof en;

const fr: SettingsTexts = {
  groups: { chat: "Chat", shop: "Boutique" },
  parts: "Parties des réglages",
  unread: "Les réglages n’ont pas pu être lus", unreadHint: "Les conversations continuent. Réessayez dans un instant.",
  unsaved: { one: "{n} modification non enregistrée", other: "{n} modifications non enregistrées" },
  unsavedNames: "\u00a0: {what}", discard: "Abandonner", save: "Enregistrer", saving: "Enregistrement",
  saved: "Enregistré. Les visiteurs le voient maintenant.", undo: "Annuler",
  savedMissing: "Enregistré, mais il manque\u00a0: {what}. Ces visiteurs voient le texte d’une autre langue.",
  failed: {
    unreachable: "Non enregistré, le serveur ne répond pas. Vos modifications sont gardées ici.",
    forbidden: "Non enregistré\u00a0: votre compte n’a plus le droit de modifier les réglages. Vos modifications sont gardées ici.",
    often: "Non enregistré\u00a0: trop de modifications en peu de temps. Elles sont gardées ici\u00a0; réessayez dans une minute.",
    other: "Non enregistré\u00a0: le serveur a refusé. Vos modifications sont gardées ici.",
  },
  tryAgain: "Réessayer",
  refused: "Non enregistré\u00a0: {what} ne peut pas être accepté.",
  colleague: "Un collègue vient d’enregistrer les réglages.", clashing: "Vous avez tous deux modifié\u00a0: {what}. Votre version est dans le formulaire et part si vous enregistrez.", seeWhat: "Voir les changements",
  leaveTitle: "Enregistrer avant de partir\u00a0?", leaveHeld: "Partir sans enregistrer\u00a0?", leaveHint: "Pas encore enregistré\u00a0: {what}.", saveAndLeave: "Enregistrer et partir", leaveUnsaved: "Partir sans enregistrer", stayHere: "Rester ici",
  missing: { one: "{n} manquant", other: "{n} manquants" },
  complete: "complet", count: "{n} sur {most}", textLanguages: "Langue des textes",
  lacks: "Il manque le texte en {language}. D’ici là, les visiteurs voient celui d’une autre langue.",
  fewer: "{what}\u00a0: moins", more: "{what}\u00a0: plus",
};

const pl: SettingsTexts = {
  groups: { chat: "Czat", shop: "Sklep" },
  parts: "Części ustawień",
  unread: "Nie udało się wczytać ustawień", unreadHint: "Rozmowy trwają dalej. Spróbuj ponownie za chwilę.",
  unsaved: { one: "{n} niezapisana zmiana", few: "{n} niezapisane zmiany", many: "{n} niezapisanych zmian", other: "{n} niezapisanej zmiany" },
  unsavedNames: ": {what}", discard: "Odrzuć", save: "Zapisz", saving: "Zapisywanie",
  saved: "Zapisano. Goście już to widzą.", undo: "Cofnij",
  savedMissing: "Zapisano, ale brakuje: {what}. Ci goście widzą tekst w innym języku.",
  failed: {
    unreachable: "Nie zapisano, serwer nie odpowiada. Twoje zmiany są tu nadal.",
    forbidden: "Nie zapisano: Twoje konto nie może już zmieniać ustawień. Twoje zmiany są tu nadal.",
    often: "Nie zapisano: za dużo zmian w krótkim czasie. Są tu nadal; spróbuj ponownie za minutę.",
    other: "Nie zapisano: serwer odmówił. Twoje zmiany są tu nadal.",
  },
  tryAgain: "Spróbuj ponownie",
  refused: "Nie zapisano: {what} – nie do przyjęcia.",
  colleague: "Ktoś z zespołu właśnie zapisał ustawienia.", clashing: "Zmienione po obu stronach: {what}. W formularzu stoi Twoja wersja i to ona zostanie zapisana.", seeWhat: "Zobacz zmiany",
  leaveTitle: "Zapisać przed wyjściem?", leaveHeld: "Wyjść bez zapisywania?", leaveHint: "Jeszcze niezapisane: {what}.", saveAndLeave: "Zapisz i wyjdź", leaveUnsaved: "Wyjdź bez zapisywania", stayHere: "Zostań tutaj",
  missing: { one: "brakuje: {n}", other: "brakuje: {n}" },
  complete: "komplet", count: "{n} z {most}", textLanguages: "Język tekstów",
  lacks: "Brakuje tekstu: {language}. Do tego czasu goście widzą tekst w innym języku.",
  fewer: "{what}: mniej", more: "{what}: więcej",
};

export const SETTINGS: Record<Language, SettingsTexts> = { en, fr, pl };
