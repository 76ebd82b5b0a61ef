/** What the departments say. */

import type { Forms, Language } from "../../../shared/language.ts";

const en = {
  title: "Departments", hint: "A conversation goes to whoever of its department has been free longest. Conversations can be passed to a department.",
  add: "New department", unnamed: "New department", none: "No departments", noneHint: "Everybody takes every conversation. Departments part them, so that returns reach who knows about returns.",
  name: "Department", nameHint: "Staff see it when they pass a conversation on", people: "People", channels: "Channels busy", busy: "{n} of {all}", nobody: "Nobody", nobodyOnline: "Nobody online",
  belongs: "Who belongs to it", belongsHint: "One person may be in several", count: { one: "{n} person", other: "{n} people" } as Forms, left: "Somebody who has left",
  noName: "A department needs a name.", twice: "There is another department of this name.", nobodyHint: "Choose somebody, or nobody takes its conversations.",
  onePerson: "{department} has one person. While {name} is away nobody takes its conversations.", limit: "All departments together still keep to the shop’s limit of {n}.",
  remove: "Delete", removeSure: "Delete {name}?", removeHint: "It goes when you save. Conversations stay with whoever has them; who waits for it is served by anybody.", removeYes: "Delete the department", removeNo: "Keep it",
};
export type DepartmentTexts = typeof en;

const fr: DepartmentTexts = {
  title: "Services", hint: "Une conversation va à la personne de son service libre depuis le plus longtemps. On peut passer une conversation à un service.",
  add: "Nouveau service", unnamed: "Nouveau service", none: "Aucun service", noneHint: "Chacun prend toutes les conversations. Les services les répartissent\u00a0: les retours vont à qui s’y connaît.",
  name: "Service", nameHint: "L’équipe le voit en passant une conversation", people: "Personnes", channels: "Canaux occupés", busy: "{n} sur {all}", nobody: "Personne", nobodyOnline: "Personne en ligne",
  belongs: "Qui en fait partie", belongsHint: "Une personne peut être dans plusieurs services", count: { one: "{n} personne", other: "{n} personnes" }, left: "Quelqu’un qui est parti",
  noName: "Un service a besoin d’un nom.", twice: "Un autre service porte ce nom.", nobodyHint: "Choisissez quelqu’un, sinon personne ne prend ses conversations.",
  onePerson: "{department} n’a qu’une personne. En l’absence de {name}, personne ne prend ses conversations.", limit: "Tous les services ensemble restent dans la limite de la boutique\u00a0: {n}.",
  remove: "Supprimer", removeSure: "Supprimer {name}\u00a0?", removeHint: "Il disparaît à l’enregistrement. Les conversations restent à qui les a\u00a0; qui l’attend est servi par n’importe qui.", removeYes: "Supprimer le service", removeNo: "Le garder",
};

const pl: DepartmentTexts = {
  title: "Działy", hint: "Rozmowa trafia do tej osoby z działu, która jest wolna najdłużej. Rozmowę można przekazać działowi.",
  add: "Nowy dział", unnamed: "Nowy dział", none: "Nie ma działów", noneHint: "Wszyscy biorą wszystkie rozmowy. Działy je dzielą: zwroty trafiają do tych, którzy się na nich znają.",
  name: "Dział", nameHint: "Zespół widzi go przy przekazywaniu rozmowy", people: "Osoby", channels: "Zajęte kanały", busy: "{n} z {all}", nobody: "Nikt", nobodyOnline: "Nikogo online",
  belongs: "Kto do niego należy", belongsHint: "Jedna osoba może być w kilku działach", count: { one: "{n} osoba", few: "{n} osoby", many: "{n} osób", other: "{n} osoby" }, left: "Ktoś, kogo już nie ma",
  noName: "Dział potrzebuje nazwy.", twice: "Jest już dział o tej nazwie.", nobodyHint: "Wybierz kogoś, inaczej nikt nie weźmie jego rozmów.",
  onePerson: "{department}: tylko jedna osoba. Bez niej ({name}) nikt nie bierze rozmów tego działu.", limit: "Wszystkie działy razem mieszczą się w limicie sklepu: {n}.",
  remove: "Usuń", removeSure: "Usunąć: {name}?", removeHint: "Zniknie po zapisaniu. Rozmowy zostają przy tych, którzy je prowadzą; oczekujących obsłuży ktokolwiek.", removeYes: "Usuń dział", removeNo: "Zostaw",
};

export const DEPARTMENTS: Record<Language, DepartmentTexts> = { en, fr, pl };
