/** What the desk bar says. Forms by number are objects for `plural`. */

import type { Forms, Language } from "../../shared/language.ts";

const en = {
  online: "Online", offline: "Offline", of: "{a} of {b}", shop: "Shop",
  channelsBusy: "your channels busy", busy: "channels busy", openBusy: "open channels busy",
  waiting: { one: "{n} waiting", other: "{n} waiting" } as Forms,
  atLimit: "At the limit", atLimitWaiting: { one: "At the limit, {n} waiting in line", other: "At the limit, {n} waiting in line" } as Forms,
  limitReached: "The shop has reached its limit of {n} conversations.",
  openChannel: "Open a new channel", closeChannel: "Close a channel", reopens: "Open a new one after each conversation",
  away: "Away", awayTo: "You are marked away; new conversations go to {name}.", awayToAll: "You are marked away; new conversations go to your colleagues.",
  awayNobody: "You are marked away; nobody takes new conversations.", back: "I am back",
  closed: "Outside opening hours", closedForm: "Outside opening hours the shop shows the message form.",
  closedHidden: "Outside opening hours the shop shows no chat.",
  showsForm: "The shop shows the message form.", showsNothing: "The shop shows no chat.",
  othersOnline: "Colleagues are online; the shop takes conversations.", othersBusy: "Colleagues are online; all their channels are busy.",
  putAway: { one: "{n} finished conversation moved to history.", other: "{n} finished conversations moved to history." } as Forms,
  reconnecting: "Reconnecting", keepWriting: "You may keep writing; replies are sent when we are back.",
};
export type DeskBarTexts = typeof en;

const fr: DeskBarTexts = {
  online: "En ligne", offline: "Hors ligne", of: "{a} sur {b}", shop: "Boutique",
  channelsBusy: "de vos canaux occupés", busy: "canaux occupés", openBusy: "canaux ouverts occupés",
  waiting: { one: "{n} en attente", other: "{n} en attente" },
  atLimit: "Limite atteinte", atLimitWaiting: { one: "Limite atteinte, {n} en attente", other: "Limite atteinte, {n} en attente" },
  limitReached: "La boutique a atteint sa limite de {n} conversations.",
  openChannel: "Ouvrir un canal", closeChannel: "Fermer un canal", reopens: "En rouvrir un après chaque conversation",
  away: "Absence", awayTo: "Vous êtes en absence\u00a0; les nouvelles conversations vont à {name}.", awayToAll: "Vous êtes en absence\u00a0; les nouvelles conversations vont à vos collègues.",
  awayNobody: "Vous êtes en absence\u00a0; personne ne prend de nouvelle conversation.", back: "Je suis là",
  closed: "Hors des heures d’ouverture", closedForm: "Hors des heures d’ouverture, la boutique affiche le formulaire.",
  closedHidden: "Hors des heures d’ouverture, la boutique n’affiche pas de chat.",
  showsForm: "La boutique affiche le formulaire.", showsNothing: "La boutique n’affiche pas de chat.",
  othersOnline: "Des collègues sont en ligne\u00a0; la boutique prend des conversations.", othersBusy: "Des collègues sont en ligne\u00a0; tous leurs canaux sont occupés.",
  putAway: { one: "{n} conversation terminée est passée dans l’historique.", other: "{n} conversations terminées sont passées dans l’historique." },
  reconnecting: "Reconnexion", keepWriting: "Continuez d’écrire\u00a0; les réponses partent au retour.",
};

const pl: DeskBarTexts = {
  online: "Online", offline: "Offline", of: "{a} z {b}", shop: "Sklep",
  channelsBusy: "Twoich kanałów zajętych", busy: "kanałów zajętych", openBusy: "otwartych kanałów zajętych",
  waiting: { one: "{n} czeka", few: "{n} czekają", many: "{n} czeka", other: "{n} czeka" },
  atLimit: "Limit osiągnięty", atLimitWaiting: { one: "Limit osiągnięty, w kolejce: {n}", other: "Limit osiągnięty, w kolejce: {n}" },
  limitReached: "Sklep osiąga limit rozmów: {n}.",
  openChannel: "Otwórz nowy kanał", closeChannel: "Zamknij kanał", reopens: "Nowy kanał po każdej rozmowie",
  away: "Nieobecność", awayTo: "Masz status nieobecności; nowe rozmowy przejmuje {name}.", awayToAll: "Masz status nieobecności; nowe rozmowy przejmuje zespół.",
  awayNobody: "Masz status nieobecności; nikt nie przyjmuje nowych rozmów.", back: "Jestem",
  closed: "Poza godzinami otwarcia", closedForm: "Poza godzinami otwarcia sklep pokazuje formularz.",
  closedHidden: "Poza godzinami otwarcia sklep nie pokazuje czatu.",
  showsForm: "Sklep pokazuje formularz wiadomości.", showsNothing: "Sklep nie pokazuje czatu.",
  othersOnline: "Zespół jest online; sklep przyjmuje rozmowy.", othersBusy: "Zespół jest online; wszystkie kanały są zajęte.",
  putAway: { one: "{n} zakończona rozmowa trafia do historii.", few: "{n} zakończone rozmowy trafiają do historii.", many: "{n} zakończonych rozmów trafia do historii.", other: "Zakończone rozmowy w historii: {n}." },
  reconnecting: "Łączymy ponownie", keepWriting: "Pisz dalej; odpowiedzi wyjdą po powrocie.",
};

export const DESK_BAR_TEXTS: Record<Language, DeskBarTexts> = { en, fr, pl };
