/** What the list of visitors says. Forms by number are objects for `plural`. */

import type { Forms, Language } from "../../shared/language.ts";

const en = {
  here: "On the site now", count: { one: "{n} visitor", other: "{n} visitors" } as Forms, visitors: "Visitors",
  filter: "Which visitors", all: "All", waiting: "Waiting", cart: "With a cart", chat: "In a chat", order: "Waiting first, then the longest on the site",
  visitor: "Visitor", lookingAt: "Looking at", cartHead: "Cart", onSite: "On the site", state: "State", action: "Action",
  pieces: { one: "{n} piece", other: "{n} pieces" } as Forms, emptyCart: "Empty", cartEmpty: "Cart empty", leftSite: "Left the site",
  waits: "Waiting {time}, {place}", waitsAway: "Waiting {time}, away", places: ["first in line", "second", "third"] as string[], place: "place {n}",
  withYou: "With you", withName: "With {name}", handover: "With {name}, to {department}", myHandover: "With you, to {department}", browsing: "Browsing",
  openChannel: "Open a channel", openChannelFor: "Open a channel for {name}", after: "After {name}", show: "Show", takeOver: "Take over",
  showWho: "Show {name} {id}", takeOverWho: "Take over {name} {id}", invite: "Invite", inviteWho: "Invite {name} {id}", invited: "Invited",
  more: { one: "and {n} more on the site", other: "and {n} more on the site" } as Forms,
  quiet: "A quiet moment", quietHint: "Nobody is on the site. The bell rings when someone comes in.", seeShop: "See the shop as a visitor",
  quietOffline: "Nobody is on the site. Go online and the shop shows that you are there.", goOnline: "Go online",
  noneWaiting: "Nobody waits in line.", noneCart: "Nobody has anything in the cart.", noneChat: "Nobody is in a chat.", showAll: "Show all visitors",
};
export type VisitorsTexts = typeof en;

const fr: VisitorsTexts = {
  here: "Sur le site", count: { one: "{n} visiteur", other: "{n} visiteurs" }, visitors: "Visiteurs",
  filter: "Quels visiteurs", all: "Tous", waiting: "En attente", cart: "Avec un panier", chat: "En conversation", order: "D’abord l’attente, puis le temps passé sur le site",
  visitor: "Visiteur", lookingAt: "Page regardée", cartHead: "Panier", onSite: "Sur le site", state: "État", action: "Action",
  pieces: { one: "{n} article", other: "{n} articles" }, emptyCart: "Vide", cartEmpty: "Panier vide", leftSite: "A quitté le site",
  waits: "Attend {time}, {place}", waitsAway: "Attend {time}, absence", places: [], place: "rang {n}",
  withYou: "Avec vous", withName: "Avec {name}", handover: "Avec {name}, vers {department}", myHandover: "Avec vous, vers {department}", browsing: "Navigue",
  openChannel: "Ouvrir un canal", openChannelFor: "Ouvrir un canal pour {name}", after: "Après {name}", show: "Afficher", takeOver: "Reprendre",
  showWho: "Afficher {name} {id}", takeOverWho: "Reprendre {name} {id}", invite: "Inviter", inviteWho: "Inviter {name} {id}", invited: "Invitation envoyée",
  more: { one: "et {n} autre sur le site", other: "et {n} autres sur le site" },
  quiet: "Un moment calme", quietHint: "Personne sur le site. La cloche sonne quand quelqu’un arrive.", seeShop: "Voir la boutique en visiteur",
  quietOffline: "Personne sur le site. Passez en ligne et la boutique montre que vous êtes là.", goOnline: "Passer en ligne",
  noneWaiting: "Personne dans la file.", noneCart: "Personne n’a de panier.", noneChat: "Personne n’est en conversation.", showAll: "Afficher tous les visiteurs",
};

const pl: VisitorsTexts = {
  here: "Teraz na stronie", count: { one: "{n} osoba", few: "{n} osoby", many: "{n} osób", other: "{n} osoby" }, visitors: "Goście",
  filter: "Którzy goście", all: "Wszyscy", waiting: "W kolejce", cart: "Z koszykiem", chat: "W rozmowie", order: "Najpierw kolejka, potem najdłużej na stronie",
  visitor: "Gość", lookingAt: "Ogląda", cartHead: "Koszyk", onSite: "Na stronie", state: "Stan", action: "Działanie",
  pieces: { one: "{n} sztuka", few: "{n} sztuki", many: "{n} sztuk", other: "{n} sztuki" }, emptyCart: "Pusty", cartEmpty: "Koszyk pusty", leftSite: "Poza stroną",
  waits: "Czeka {time}, {place}", waitsAway: "Czeka {time}, nieobecność", places: [], place: "miejsce {n}",
  withYou: "Twoja rozmowa", withName: "Prowadzi: {name}", handover: "Prowadzi: {name}, do: {department}", myHandover: "Twoja rozmowa, do: {department}", browsing: "Ogląda",
  openChannel: "Otwórz kanał", openChannelFor: "Otwórz kanał: {name}", after: "Po: {name}", show: "Pokaż", takeOver: "Przejmij",
  showWho: "Pokaż: {name} {id}", takeOverWho: "Przejmij: {name} {id}", invite: "Zaproś", inviteWho: "Zaproś: {name} {id}", invited: "Zaproszenie wysłane",
  more: { one: "i jeszcze {n} osoba na stronie", few: "i jeszcze {n} osoby na stronie", many: "i jeszcze {n} osób na stronie", other: "i jeszcze {n} osoby na stronie" },
  quiet: "Spokojna chwila", quietHint: "Nikogo nie ma na stronie. Dzwonek zadzwoni, gdy ktoś wejdzie.", seeShop: "Zobacz sklep jako gość",
  quietOffline: "Nikogo nie ma na stronie. Przejdź w tryb online, a sklep to pokaże.", goOnline: "Przejdź w tryb online",
  noneWaiting: "Nikt nie czeka w kolejce.", noneCart: "Nikt nie ma nic w koszyku.", noneChat: "Nikt nie rozmawia.", showAll: "Pokaż wszystkich",
};

export const VISITORS_TEXTS: Record<Language, VisitorsTexts> = { en, fr, pl };
