/** What the push page says about campaigns; composing and sending have texts of their own. */

import type { Forms, Language } from "../../shared/language.ts";
import type { Status, Urgency } from "./rest.ts";

const en = {
  table: "Campaigns", new: "New campaign", filter: "Which campaigns", all: "All", subject: "Subject", state: "State", when: "When", audience: "For", delivered: "Delivered", clicked: "Clicked",
  status: { draft: "Draft", scheduled: "Scheduled", sending: "Sending", paused: "Paused", cancelled: "Stopped", finished: "Sent" } as Record<Status, string>,
  statuses: { draft: "Drafts", scheduled: "Scheduled", sending: "Sending", paused: "Paused", cancelled: "Stopped", finished: "Sent" } as Record<Status, string>,
  noSubject: "Without a subject", draftedBy: "by {name}", localTime: "each subscriber’s time",
  subscribers: { one: "{n} subscriber", other: "{n} subscribers" } as Forms, grew: "{joined} and {left} in 30 days", joined: { other: "{n} joined" } as Forms, left: { other: "{n} left" } as Forms,
  everyone: "Everyone", groups: "{groups} pages", olderThan: { one: "subscribed over {n} day ago", other: "subscribed over {n} days ago" } as Forms, newerThan: { one: "subscribed in the last {n} day", other: "subscribed in the last {n} days" } as Forms,
  showMore: "Show more", failed: "Campaigns could not be read", failedHint: "The server does not answer. What is being sent goes on.", failedShort: "The list may be old: the server does not answer.",
  off: "Push is off", offHint: "Once it is on, visitors find a bell on the shop’s pages and choose for themselves.", offShort: "Push is off: the bell does not show, and nothing can be sent.", toSettings: "To the settings of push",
  nobody: "Nobody has subscribed yet", nobodyHint: "Visitors subscribe with the bell on the shop’s pages. The first campaign can be written meanwhile.",
  none: "No campaign yet", noneHint: "Write the first one: a subject, a line of text, a page to open.", noneHere: "No campaign is in this state", noneHereHint: "Look at all of them instead.", showAll: "Show all",
  fileTrouble: "New visitors at {origins} can’t subscribe: the worker file is missing or wrong there.", seeFile: "See what it needs",
  back: "Back to all campaigns", gone: "This campaign is gone", goneHint: "It may have been discarded.",
};
export type PushTexts = typeof en;

const fr: PushTexts = {
  table: "Campagnes", new: "Nouvelle campagne", filter: "Quelles campagnes", all: "Toutes", subject: "Objet", state: "État", when: "Quand", audience: "Pour", delivered: "Remises", clicked: "Clics",
  status: { draft: "Brouillon", scheduled: "Planifiée", sending: "En cours", paused: "En pause", cancelled: "Arrêtée", finished: "Envoyée" },
  statuses: { draft: "Brouillons", scheduled: "Planifiées", sending: "En cours", paused: "En pause", cancelled: "Arrêtées", finished: "Envoyées" },
  noSubject: "Sans objet", draftedBy: "par {name}", localTime: "à l’heure de chacun",
  subscribers: { one: "{n} abonné", other: "{n} abonnés" }, grew: "{joined} et {left} en 30 jours", joined: { one: "{n} arrivée", other: "{n} arrivées" }, left: { one: "{n} départ", other: "{n} départs" },
  everyone: "Tout le monde", groups: "pages {groups}", olderThan: { one: "abonnés depuis plus de {n} jour", other: "abonnés depuis plus de {n} jours" }, newerThan: { one: "abonnés depuis moins de {n} jour", other: "abonnés depuis moins de {n} jours" },
  showMore: "Afficher plus", failed: "Les campagnes n’ont pas pu être lues", failedHint: "Le serveur ne répond pas. Les envois en cours continuent.", failedShort: "La liste peut dater : le serveur ne répond pas.",
  off: "Le push est désactivé", offHint: "Une fois activé, les visiteurs trouvent une cloche sur les pages de la boutique et choisissent eux-mêmes.", offShort: "Le push est désactivé : la cloche ne s’affiche pas et rien ne peut partir.", toSettings: "Vers les réglages du push",
  nobody: "Personne n’est encore abonné", nobodyHint: "Les visiteurs s’abonnent avec la cloche sur les pages de la boutique. La première campagne peut déjà être écrite.",
  none: "Pas encore de campagne", noneHint: "Écrivez la première : un objet, une ligne de texte, une page à ouvrir.", noneHere: "Aucune campagne dans cet état", noneHereHint: "Regardez-les toutes.", showAll: "Tout afficher",
  fileTrouble: "Les nouveaux visiteurs de {origins} ne peuvent pas s’abonner : le fichier du service worker y manque ou n’est pas bon.", seeFile: "Voir ce qu’il faut",
  back: "Retour aux campagnes", gone: "Cette campagne n’existe plus", goneHint: "Elle a peut-être été supprimée.",
};

const pl: PushTexts = {
  table: "Kampanie", new: "Nowa kampania", filter: "Które kampanie", all: "Wszystkie", subject: "Temat", state: "Stan", when: "Kiedy", audience: "Dla kogo", delivered: "Dostarczono", clicked: "Kliknięcia",
  status: { draft: "Szkic", scheduled: "Zaplanowana", sending: "Wysyłanie", paused: "Wstrzymana", cancelled: "Zatrzymana", finished: "Wysłana" },
  statuses: { draft: "Szkice", scheduled: "Zaplanowane", sending: "Wysyłane", paused: "Wstrzymane", cancelled: "Zatrzymane", finished: "Wysłane" },
  noSubject: "Bez tematu", draftedBy: "{name}", localTime: "czas każdego odbiorcy",
  subscribers: { one: "{n} subskrypcja", few: "{n} subskrypcje", many: "{n} subskrypcji", other: "{n} subskrypcji" }, grew: "w 30 dni {joined}, {left}", joined: { other: "przybyło {n}" }, left: { other: "ubyło {n}" },
  everyone: "Wszyscy", groups: "strony {groups}", olderThan: { one: "od ponad {n} dnia", other: "od ponad {n} dni" }, newerThan: { one: "od mniej niż {n} dnia", other: "od mniej niż {n} dni" },
  showMore: "Pokaż więcej", failed: "Kampanie się nie wczytały", failedHint: "Serwer nie odpowiada. Rozpoczęte wysyłki trwają.", failedShort: "Lista może być nieświeża: serwer nie odpowiada.",
  off: "Push jest wyłączony", offHint: "Po włączeniu goście znajdą dzwonek na stronach sklepu i sami wybiorą.", offShort: "Push jest wyłączony: dzwonka nie widać i nic nie wyjdzie.", toSettings: "Do ustawień push",
  nobody: "Nie ma jeszcze subskrypcji", nobodyHint: "Goście włączają je dzwonkiem na stronach sklepu. Pierwszą kampanię można napisać już teraz.",
  none: "Nie ma jeszcze kampanii", noneHint: "Napisz pierwszą: temat, linijka tekstu i strona do otwarcia.", noneHere: "Nie ma kampanii w tym stanie", noneHereHint: "Zobacz wszystkie.", showAll: "Pokaż wszystkie",
  fileTrouble: "Nowi goście na {origins} nie włączą powiadomień: brakuje tam pliku albo jest w nim błąd.", seeFile: "Zobacz, czego trzeba",
  back: "Wróć do kampanii", gone: "Tej kampanii już nie ma", goneHint: "Mogła zostać odrzucona.",
};

export const PUSH: Record<Language, PushTexts> = { en, fr, pl };

export const URGENCIES: Record<Language, Record<Urgency, string>> = {
  en: { "very-low": "Very low", low: "Low", normal: "Normal", high: "High" },
  fr: { "very-low": "Très basse", low: "Basse", normal: "Normale", high: "Haute" },
  pl: { "very-low": "Bardzo niska", low: "Niska", normal: "Zwykła", high: "Wysoka" },
};
