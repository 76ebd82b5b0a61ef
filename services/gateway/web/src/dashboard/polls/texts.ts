/** What the page of polls says. */

import type { Forms, Language } from "../../shared/language.ts";
import type { Flaw } from "./form.ts";
import type { State } from "./rest.ts";

const en = {
  filter: "Which polls", all: "All", filters: { open: "Open", planned: "Planned", closed: "Closed", archived: "Archive" } as Record<string, string>,
  new: "New poll", list: "Polls", showMore: "Show more", back: "Back to all polls",
  states: { draft: "Draft", planned: "Planned", open: "Open", closed: "Closed", archived: "Archived" } as Record<State, string>,
  opens: "Opens {when}", until: "until {day}", pages: "{language} pages", anyPages: "Pages in all languages", onlyGroups: "only {groups}",
  votes: { one: "{n} vote", other: "{n} votes" } as Forms, answers: { one: "{n} answer so far", other: "{n} answers so far" } as Forms,
  span: "{from} to {to}", since: "since {from}", shownAfter: "Results are shown after voting.", shownNever: "Results are not shown to visitors.",
  none: "No polls yet", noneHint: "Ask one question on your pages; every visitor answers once.", noneHere: "No polls here", noneHereHint: "Look at all of them.", showAll: "Show all",
  failed: "The polls could not be read", failedHint: "Chats go on. Try again in a moment.", failedShort: "The list is not up to date.", stale: "These figures are not up to date.",
  gone: "This poll is no longer there", goneHint: "Somebody may have thrown it away.",
  live: "Live, last one {ago} ago", quiet: "Live, no vote yet", overTime: "Votes over time", votesLine: "Votes", result: "Votes by answer", answer: "Answer",
  noVotes: "No votes yet.", summary: "Votes grew from 0 to {n}.", plotLabel: "Votes since the opening",
  csv: "CSV", csvLabel: "Save all votes as CSV", close: "Close now", archive: "Archive", start: "Open now", edit: "Change", changeEnd: "Change the end",
  recount: "Count again from the log", agrees: { one: "The log says the same: {n} vote.", other: "The log says the same: {n} votes." } as Forms,
  differs: "The log has {n} votes. Rebuild the lists, as the handbook says.", recountFailed: "The log could not be counted. Try again.",
  closeSure: "Close this poll?", closeHint: "Nobody can vote any more, and it can’t be opened again. The votes stay.", closeYes: "Close the poll", keepOpen: "Leave it open",
  discard: "Throw away", discardSure: "Throw this poll away?", discardHint: "It can’t be brought back.", discardYes: "Throw it away", discardNo: "Keep it",
  notDone: "That was not done. Try again.", refused: "A colleague was first: the poll stands otherwise by now.",
  onPages: "On the shop’s pages", afterVoting: "After voting", afterExample: "After voting, an example", vote: "Vote", untilShort: "Until {day}", yours: "your vote", thanks: "Thank you for voting",
  newTitle: "New poll", editTitle: "Poll", question: "Question", answersLabel: "Answers", answerN: "Answer {n}", addAnswer: "Add an answer", up: "Move up: {answer}", down: "Move down: {answer}", remove: "Remove: {answer}",
  language: "Shown on", anyLanguage: "Pages in all languages", groups: "Only in these groups of pages", groupsHint: "As the pages’ tag names them (data-page-group), with commas between. Empty: in all.", opening: "Opens by itself", closing: "Closes by itself", date: "Day", time: "Time", byShop: "By the shop’s clock ({zone}).",
  results: "After voting", resultsShown: "Results", resultsHidden: "Thanks only", save: "Save", saveDraft: "Save as a draft", startNow: "Open the poll", plan: "Plan the poll", saved: "Saved.", unsaved: "Not saved yet", fixed: "Question, answers and pages stay while it is open.",
  flaws: { noQuestion: "Write the question.", fewAnswers: "It takes two answers at least.", alikeAnswers: "Two answers say the same.", noGroup: "A group has letters from a to z, or digits.", manyGroups: "Twenty groups at most.", noTime: "Choose day and time.", past: "This time has passed.", beforeOpening: "It would close before it opens." } as Record<Flaw, string>,
};

export type PollsTexts = typeof en;

const fr: PollsTexts = {
  filter: "Quels sondages", all: "Tous", filters: { open: "Ouverts", planned: "Prévus", closed: "Clos", archived: "Archives" },
  new: "Nouveau sondage", list: "Sondages", showMore: "Afficher plus", back: "Retour à tous les sondages",
  states: { draft: "Brouillon", planned: "Prévu", open: "Ouvert", closed: "Clos", archived: "Archivé" },
  opens: "Ouvre {when}", until: "jusqu’au {day}", pages: "Pages en {language}", anyPages: "Pages dans toutes les langues", onlyGroups: "seulement {groups}",
  votes: { one: "{n} vote", many: "{n} votes", other: "{n} votes" }, answers: { one: "{n} réponse pour l’instant", many: "{n} réponses pour l’instant", other: "{n} réponses pour l’instant" },
  span: "du {from} au {to}", since: "depuis le {from}", shownAfter: "Les résultats s’affichent après le vote.", shownNever: "Les résultats ne sont pas montrés aux visiteurs.",
  none: "Pas encore de sondage", noneHint: "Posez une question sur vos pages\u00a0; chaque visiteur répond une fois.", noneHere: "Aucun sondage ici", noneHereHint: "Voyez-les tous.", showAll: "Tout afficher",
  failed: "Les sondages n’ont pas pu être lus", failedHint: "Les chats continuent. Réessayez dans un instant.", failedShort: "La liste n’est pas à jour.", stale: "Ces chiffres ne sont pas à jour.",
  gone: "Ce sondage n’existe plus", goneHint: "Quelqu’un l’a peut-être jeté.",
  live: "En direct, dernier vote il y a {ago}", quiet: "En direct, pas encore de vote", overTime: "Votes dans le temps", votesLine: "Votes", result: "Votes par réponse", answer: "Réponse",
  noVotes: "Pas encore de vote.", summary: "Les votes sont passés de 0 à {n}.", plotLabel: "Votes depuis l’ouverture",
  csv: "CSV", csvLabel: "Enregistrer tous les votes en CSV", close: "Clore maintenant", archive: "Archiver", start: "Ouvrir maintenant", edit: "Modifier", changeEnd: "Modifier la fin",
  recount: "Recompter depuis le journal", agrees: { one: "Le journal dit la même chose\u00a0: {n} vote.", many: "Le journal dit la même chose\u00a0: {n} votes.", other: "Le journal dit la même chose\u00a0: {n} votes." },
  differs: "Le journal contient {n} votes. Reconstruisez les listes, comme le dit le manuel.", recountFailed: "Le journal n’a pas pu être compté. Réessayez.",
  closeSure: "Clore ce sondage\u00a0?", closeHint: "Plus personne ne pourra voter, et il ne pourra pas être rouvert. Les votes restent.", closeYes: "Clore le sondage", keepOpen: "Le laisser ouvert",
  discard: "Jeter", discardSure: "Jeter ce sondage\u00a0?", discardHint: "Il ne pourra pas être récupéré.", discardYes: "Le jeter", discardNo: "Le garder",
  notDone: "Cela n’a pas été fait. Réessayez.", refused: "Une autre personne a été plus rapide\u00a0: le sondage a changé d’état.",
  onPages: "Sur les pages de la boutique", afterVoting: "Après le vote", afterExample: "Après le vote, un exemple", vote: "Voter", untilShort: "Jusqu’au {day}", yours: "votre choix", thanks: "Merci pour votre vote",
  newTitle: "Nouveau sondage", editTitle: "Sondage", question: "Question", answersLabel: "Réponses", answerN: "Réponse {n}", addAnswer: "Ajouter une réponse", up: "Monter\u00a0: {answer}", down: "Descendre\u00a0: {answer}", remove: "Retirer\u00a0: {answer}",
  language: "Affiché sur", anyLanguage: "Les pages dans toutes les langues", groups: "Seulement dans ces groupes de pages", groupsHint: "Comme la balise des pages les nomme (data-page-group), séparés par des virgules. Vide\u00a0: dans tous.", opening: "Ouvre de lui-même", closing: "Se clôt de lui-même", date: "Jour", time: "Heure", byShop: "À l’heure de la boutique ({zone}).",
  results: "Après le vote", resultsShown: "Résultats", resultsHidden: "Merci seulement", save: "Enregistrer", saveDraft: "Enregistrer le brouillon", startNow: "Ouvrir le sondage", plan: "Planifier le sondage", saved: "Enregistré.", unsaved: "Pas encore enregistré", fixed: "Question, réponses et pages restent tant qu’il est ouvert.",
  flaws: { noQuestion: "Écrivez la question.", fewAnswers: "Il faut au moins deux réponses.", alikeAnswers: "Deux réponses disent la même chose.", noGroup: "Un groupe a des lettres de a à z, ou des chiffres.", manyGroups: "Vingt groupes au plus.", noTime: "Choisissez le jour et l’heure.", past: "Ce moment est passé.", beforeOpening: "Il serait clos avant d’ouvrir." },
};

const pl: PollsTexts = {
  filter: "Które ankiety", all: "Wszystkie", filters: { open: "Otwarte", planned: "Zaplanowane", closed: "Zamknięte", archived: "Archiwum" },
  new: "Nowa ankieta", list: "Ankiety", showMore: "Pokaż więcej", back: "Wróć do ankiet",
  states: { draft: "Szkic", planned: "Zaplanowana", open: "Otwarta", closed: "Zamknięta", archived: "W archiwum" },
  opens: "Otwarcie: {when}", until: "do {day}", pages: "Strony: {language}", anyPages: "Strony we wszystkich językach", onlyGroups: "tylko {groups}",
  votes: { one: "{n} głos", few: "{n} głosy", many: "{n} głosów", other: "{n} głosu" }, answers: { one: "na razie {n} odpowiedź", few: "na razie {n} odpowiedzi", many: "na razie {n} odpowiedzi", other: "na razie {n} odpowiedzi" },
  span: "od {from} do {to}", since: "od {from}", shownAfter: "Wyniki widać po głosowaniu.", shownNever: "Goście nie widzą wyników.",
  none: "Nie ma jeszcze ankiet", noneHint: "Zadaj jedno pytanie na stronach sklepu; każdy gość odpowiada raz.", noneHere: "Tu nie ma ankiet", noneHereHint: "Zobacz wszystkie.", showAll: "Pokaż wszystkie",
  failed: "Ankiety się nie wczytały", failedHint: "Czaty działają dalej. Spróbuj ponownie za chwilę.", failedShort: "Lista nie jest aktualna.", stale: "Te liczby nie są aktualne.",
  gone: "Tej ankiety już nie ma", goneHint: "Mogła zostać wyrzucona.",
  live: "Na żywo, ostatni głos {ago} temu", quiet: "Na żywo, jeszcze bez głosów", overTime: "Głosy w czasie", votesLine: "Głosy", result: "Głosy według odpowiedzi", answer: "Odpowiedź",
  noVotes: "Jeszcze bez głosów.", summary: "Liczba głosów wzrosła od 0 do {n}.", plotLabel: "Głosy od otwarcia",
  csv: "CSV", csvLabel: "Zapisz wszystkie głosy jako CSV", close: "Zamknij teraz", archive: "Do archiwum", start: "Otwórz teraz", edit: "Zmień", changeEnd: "Zmień koniec",
  recount: "Policz ponownie z dziennika", agrees: { one: "Dziennik mówi to samo: {n} głos.", few: "Dziennik mówi to samo: {n} głosy.", many: "Dziennik mówi to samo: {n} głosów.", other: "Dziennik mówi to samo: {n} głosu." },
  differs: "W dzienniku głosów jest {n}. Odbuduj listy, jak mówi podręcznik.", recountFailed: "Nie udało się policzyć dziennika. Spróbuj ponownie.",
  closeSure: "Zamknąć tę ankietę?", closeHint: "Nikt już nie zagłosuje i nie da się jej otworzyć ponownie. Głosy zostają.", closeYes: "Zamknij ankietę", keepOpen: "Zostaw otwartą",
  discard: "Wyrzuć", discardSure: "Wyrzucić tę ankietę?", discardHint: "Nie da się jej przywrócić.", discardYes: "Wyrzuć", discardNo: "Zostaw",
  notDone: "To się nie udało. Spróbuj ponownie.", refused: "Stan ankiety jest już inny: ktoś z zespołu ją zmienia.",
  onPages: "Na stronach sklepu", afterVoting: "Po głosowaniu", afterExample: "Po głosowaniu, przykład", vote: "Zagłosuj", untilShort: "Do {day}", yours: "Twój głos", thanks: "Dziękujemy za głos",
  newTitle: "Nowa ankieta", editTitle: "Ankieta", question: "Pytanie", answersLabel: "Odpowiedzi", answerN: "Odpowiedź {n}", addAnswer: "Dodaj odpowiedź", up: "W górę: {answer}", down: "W dół: {answer}", remove: "Usuń: {answer}",
  language: "Gdzie ją widać", anyLanguage: "Strony we wszystkich językach", groups: "Tylko w tych grupach stron", groupsHint: "Tak jak je nazywa znacznik strony (data-page-group), po przecinku. Puste: we wszystkich.", opening: "Otwiera się sama", closing: "Zamyka się sama", date: "Dzień", time: "Godzina", byShop: "Według zegara sklepu ({zone}).",
  results: "Po głosowaniu", resultsShown: "Wyniki", resultsHidden: "Samo podziękowanie", save: "Zapisz", saveDraft: "Zapisz szkic", startNow: "Otwórz ankietę", plan: "Zaplanuj ankietę", saved: "Zapisano.", unsaved: "Jeszcze nie zapisano", fixed: "Pytanie, odpowiedzi i strony zostają, póki jest otwarta.",
  flaws: { noQuestion: "Napisz pytanie.", fewAnswers: "Potrzeba co najmniej dwóch odpowiedzi.", alikeAnswers: "Dwie odpowiedzi są takie same.", noGroup: "Nazwa grupy ma litery od a do z lub cyfry.", manyGroups: "Najwyżej dwadzieścia grup.", noTime: "Wybierz dzień i godzinę.", past: "Ten czas już minął.", beforeOpening: "Zamknęłaby się przed otwarciem." },
};

export const POLLS: Record<Language, PollsTexts> = { en, fr, pl };
