/** What the recap says. Forms by number are objects for `plural`. */

import type { Forms, Language } from "../../shared/language.ts";

const en = {
  conversations: "Conversations", ongoing: "Ongoing", finished: "Finished", fold: "Minimise the list", unfold: "Show the list",
  rings: "The bell rings when somebody comes to you.", goOnlineHint: "Go online and the shop shows that you are there.", goOnline: "Go online",
  noneOngoing: "No conversation is with you now.", noneFinished: "What ends stays here until you go offline.",
  movesOnOffline: "These move to history when you go offline.",
  hidden: "Hidden", replaced: "Replaced", visitorAway: "Away", handover: "To {name}", called: "Waits for an answer",
  unread: { one: "{n} unread", other: "{n} unread" } as Forms, you: "You: {text}", noWords: "Nothing written yet",
  reopen: "Reopen", stillHere: "Still on the site", leftSite: "Left the site", rated: "Rated {n} of 5",
  ongoingCount: { one: "{n} ongoing", other: "{n} ongoing" } as Forms, yourTurn: { one: "{n} your turn", other: "{n} your turn" } as Forms,
  waiting: { one: "{n} waiting", other: "{n} waiting" } as Forms, finishedCount: { one: "{n} finished", other: "{n} finished" } as Forms,
};
export type RecapTexts = typeof en;

const fr: RecapTexts = {
  conversations: "Conversations", ongoing: "En cours", finished: "Terminées", fold: "Réduire la liste", unfold: "Afficher la liste",
  rings: "La cloche sonne quand quelqu’un vient à vous.", goOnlineHint: "Passez en ligne et la boutique montre que vous êtes là.", goOnline: "Passer en ligne",
  noneOngoing: "Aucune conversation avec vous.", noneFinished: "Ce qui se termine reste ici jusqu’à votre passage hors ligne.",
  movesOnOffline: "Elles passent dans l’historique quand vous passez hors ligne.",
  hidden: "Masquée", replaced: "Remplacée", visitorAway: "Absence", handover: "Vers {name}", called: "Attend une réponse",
  unread: { one: "{n} non lu", other: "{n} non lus" }, you: "Vous\u00a0: {text}", noWords: "Rien d’écrit encore",
  reopen: "Rouvrir", stillHere: "Encore sur le site", leftSite: "A quitté le site", rated: "Note\u00a0: {n} sur 5",
  ongoingCount: { one: "{n} en cours", other: "{n} en cours" }, yourTurn: { one: "{n} à vous", other: "{n} à vous" },
  waiting: { one: "{n} en attente", other: "{n} en attente" }, finishedCount: { one: "{n} terminée", other: "{n} terminées" },
};

const pl: RecapTexts = {
  conversations: "Rozmowy", ongoing: "Trwające", finished: "Zakończone", fold: "Zwiń listę", unfold: "Pokaż listę",
  rings: "Dzwonek zadzwoni, gdy ktoś do Ciebie trafi.", goOnlineHint: "Przejdź w tryb online, a sklep to pokaże.", goOnline: "Przejdź w tryb online",
  noneOngoing: "Nie masz teraz rozmów.", noneFinished: "Zakończone zostają tu, aż przejdziesz w tryb offline.",
  movesOnOffline: "Trafią do historii, gdy przejdziesz w tryb offline.",
  hidden: "Schowana", replaced: "Zastąpiona", visitorAway: "Nieobecność", handover: "Do: {name}", called: "Czeka na odpowiedź",
  unread: { one: "{n} nieprzeczytana", few: "{n} nieprzeczytane", many: "{n} nieprzeczytanych", other: "{n} nieprzeczytanej" }, you: "Ty: {text}", noWords: "Jeszcze bez wiadomości",
  reopen: "Otwórz ponownie", stillHere: "Nadal na stronie", leftSite: "Poza stroną", rated: "Ocena: {n} z 5",
  ongoingCount: { one: "{n} trwa", few: "{n} trwają", many: "{n} trwa", other: "{n} trwa" }, yourTurn: { one: "{n}: Twoja kolej", other: "{n}: Twoja kolej" },
  waiting: { one: "{n} czeka", few: "{n} czekają", many: "{n} czeka", other: "{n} czeka" },
  finishedCount: { one: "{n} zakończona", few: "{n} zakończone", many: "{n} zakończonych", other: "{n} zakończonej" },
};

export const RECAP_TEXTS: Record<Language, RecapTexts> = { en, fr, pl };
