/** What the invitations say. */

import type { Language } from "../../../shared/language.ts";

const en = {
  title: "Invitations", hint: "The widget asks of its own accord whether somebody wants to talk: once a visit, while somebody is online, never during a conversation. The first rule that fits is shown.",
  add: "New invitation", unnamed: "New invitation", none: "No invitations", noneHint: "Nobody is asked by itself. One for a full cart is a good beginning.",
  afterSeconds: "After {n} s", onPage: "on {page}", onAnyPage: "on any page", withCart: "with a cart worth {n} or more",
  earlier: "Move {name} up", later: "Move {name} down", inUse: "{name} in use", remove: "Delete",
  name: "Name", nameHint: "For the staff: it stands in history with who took the invitation up", noName: "An invitation needs a name.",
  on: "In use", onHint: "Off: it is kept, and shown to nobody", after: "Time on the page", afterHint: "So long somebody is on the page before they are asked", seconds: "s",
  page: "Page", pageHint: "The path, in which * stands for anything, such as /glazes/*. Empty: any page", badPage: "A path begins with / and has no spaces, such as /glazes/*.",
  cart: "Cart worth at least", cartHint: "In the shop’s currency, as the page tells it. Empty: with any cart, or none", badCart: "An amount such as 50 or 49.90.",
  text: "What it says", textHint: "A short question, in each language of the shop", noText: "An invitation needs words, in one language at least.",
};
export type InvitationTexts = typeof en;

const fr: InvitationTexts = {
  title: "Invitations", hint: "Le widget demande de lui-même si quelqu’un veut parler\u00a0: une fois par visite, tant que quelqu’un est en ligne, jamais pendant une conversation. La première règle qui convient est montrée.",
  add: "Nouvelle invitation", unnamed: "Nouvelle invitation", none: "Aucune invitation", noneHint: "Personne n’est sollicité. Une invitation pour un panier plein est un bon début.",
  afterSeconds: "Après {n} s", onPage: "sur {page}", onAnyPage: "sur toute page", withCart: "avec un panier de {n} ou plus",
  earlier: "Monter {name}", later: "Descendre {name}", inUse: "{name} en service", remove: "Supprimer",
  name: "Nom", nameHint: "Pour l’équipe\u00a0: il figure dans l’historique avec qui a accepté l’invitation", noName: "Une invitation a besoin d’un nom.",
  on: "En service", onHint: "Désactivée\u00a0: elle est gardée, et montrée à personne", after: "Temps sur la page", afterHint: "Durée passée sur la page avant la question", seconds: "s",
  page: "Page", pageHint: "Le chemin, où * remplace n’importe quoi, comme /emaux/*. Vide\u00a0: toute page", badPage: "Un chemin commence par / et n’a pas d’espaces, comme /emaux/*.",
  cart: "Panier d’au moins", cartHint: "Dans la monnaie de la boutique, comme la page l’indique. Vide\u00a0: tout panier, ou aucun", badCart: "Un montant comme 50 ou 49,90.",
  text: "Ce qu’elle dit", textHint: "Une courte question, dans chaque langue de la boutique", noText: "Une invitation a besoin d’un texte, dans une langue au moins.",
};

const pl: InvitationTexts = {
  title: "Zaproszenia", hint: "Widget sam pyta, czy ktoś chce porozmawiać: raz na wizytę, gdy ktoś jest online, nigdy w trakcie rozmowy. Pokazuje się pierwsza pasująca reguła.",
  add: "Nowe zaproszenie", unnamed: "Nowe zaproszenie", none: "Nie ma zaproszeń", noneHint: "Nikt nie jest pytany sam z siebie. Na początek dobre jest zaproszenie przy pełnym koszyku.",
  afterSeconds: "Po {n} s", onPage: "na {page}", onAnyPage: "na dowolnej stronie", withCart: "z koszykiem od {n}",
  earlier: "Przesuń wyżej: {name}", later: "Przesuń niżej: {name}", inUse: "W użyciu: {name}", remove: "Usuń",
  name: "Nazwa", nameHint: "Dla zespołu: stoi w historii przy tym, kto przyjął zaproszenie", noName: "Zaproszenie potrzebuje nazwy.",
  on: "W użyciu", onHint: "Wyłączone: zostaje, ale nikt go nie widzi", after: "Czas na stronie", afterHint: "Tyle ktoś jest na stronie, zanim padnie pytanie", seconds: "s",
  page: "Strona", pageHint: "Ścieżka, w której * oznacza cokolwiek, na przykład /szkliwa/*. Puste: dowolna strona", badPage: "Ścieżka zaczyna się od / i nie ma spacji, na przykład /szkliwa/*.",
  cart: "Koszyk co najmniej", cartHint: "W walucie sklepu, jak podaje strona. Puste: dowolny koszyk albo żaden", badCart: "Kwota, na przykład 50 albo 49,90.",
  text: "Co mówi", textHint: "Krótkie pytanie, w każdym języku sklepu", noText: "Zaproszenie potrzebuje tekstu, choć w jednym języku.",
};

export const INVITATIONS: Record<Language, InvitationTexts> = { en, fr, pl };
