/** What the opening hours say. */

import type { Language } from "../../../shared/language.ts";

const en = {
  title: "Opening hours", hint: "Outside them the shop behaves as if nobody were online, whoever sits at the desk.",
  keep: "The shop has opening hours", keepHint: "Off: visitors can write whenever somebody is online.", alwaysHint: "Off now: visitors can write whenever somebody is online.",
  zone: "Time zone of the shop", there: "{clock} there", openNow: "Open now, until {clock}", closedNow: "Closed now, opens {clock}", closedLong: "Closed for the next two weeks", dayAndTime: "{day}, {clock}",
  week: "Hours of the week", hours: "{n} h", minutes: "{n} min", inAll: "Open in all", closed: "Closed", closedAdd: "Closed. Add a span", today: "today", how: "Choose a span to change it, or drag it by 15 minutes.",
  opens: "opens", closes: "closes", to: "to", span: "{opens} to {closes}", copy: "Copy to other days", another: "Another span", remove: "Remove", join: "Join them",
  keys: "move by 15 min, with", keysEnd: "the end only", copyOf: "Hours of {day} also for", copyYes: "Copy", cancel: "Cancel",
  overlap: "Spans may not overlap or touch: {day} {one} and {other}. Join them, or shorten one.", overlapShort: "Spans may not overlap or touch.",
  clocks: "Clocks change on {day}. 9:00 stays 9:00 in the shop’s time zone.",
  exceptions: "Exceptions", exceptionsHint: "They win over the week. A new day is closed until it gets hours.", newDay: "Another day", addDay: "Add the day", takenDay: "This day is in the list already.",
  open: "Open that day", past: "Over", removeSpan: "Remove {what}",
};
export type HoursTexts = typeof en;

const fr: HoursTexts = {
  title: "Horaires", hint: "En dehors, la boutique se comporte comme si personne n’était en ligne, même si quelqu’un est au poste.",
  keep: "La boutique a des horaires", keepHint: "Désactivé\u00a0: les visiteurs écrivent dès que quelqu’un est en ligne.", alwaysHint: "Désactivé pour l’instant\u00a0: les visiteurs écrivent dès que quelqu’un est en ligne.",
  zone: "Fuseau horaire de la boutique", there: "{clock} là-bas", openNow: "Ouvert, jusqu’à {clock}", closedNow: "Fermé, ouvre {clock}", closedLong: "Fermé pour les deux semaines à venir", dayAndTime: "{day}, {clock}",
  week: "Horaires de la semaine", hours: "{n} h", minutes: "{n} min", inAll: "En tout", closed: "Fermé", closedAdd: "Fermé. Ajouter une plage", today: "aujourd’hui", how: "Choisissez une plage pour la modifier, ou faites-la glisser par 15 minutes.",
  opens: "ouverture", closes: "fermeture", to: "à", span: "{opens} à {closes}", copy: "Copier à d’autres jours", another: "Autre plage", remove: "Retirer", join: "Les réunir",
  keys: "déplacent de 15 min, avec", keysEnd: "la fin seule", copyOf: "Horaires du {day} aussi pour", copyYes: "Copier", cancel: "Annuler",
  overlap: "Les plages ne peuvent ni se chevaucher ni se toucher\u00a0: {day} {one} et {other}. Réunissez-les ou raccourcissez-en une.", overlapShort: "Les plages ne peuvent ni se chevaucher ni se toucher.",
  clocks: "L’heure change le {day}. 9:00 reste 9:00 dans le fuseau de la boutique.",
  exceptions: "Exceptions", exceptionsHint: "Elles l’emportent sur la semaine. Un nouveau jour est fermé tant qu’il n’a pas d’horaires.", newDay: "Autre jour", addDay: "Ajouter le jour", takenDay: "Ce jour est déjà dans la liste.",
  open: "Ouvrir ce jour", past: "Passé", removeSpan: "Retirer {what}",
};

const pl: HoursTexts = {
  title: "Godziny otwarcia", hint: "Poza nimi sklep działa tak, jakby nikogo nie było online, nawet gdy ktoś siedzi przy biurku.",
  keep: "Sklep ma godziny otwarcia", keepHint: "Wyłączone: goście piszą, gdy tylko ktoś jest online.", alwaysHint: "Teraz wyłączone: goście piszą, gdy tylko ktoś jest online.",
  zone: "Strefa czasowa sklepu", there: "tam {clock}", openNow: "Otwarte do {clock}", closedNow: "Zamknięte, otwarcie {clock}", closedLong: "Zamknięte przez najbliższe dwa tygodnie", dayAndTime: "{day}, {clock}",
  week: "Godziny tygodnia", hours: "{n} godz.", minutes: "{n} min", inAll: "Razem", closed: "Zamknięte", closedAdd: "Zamknięte. Dodaj przedział", today: "dzisiaj", how: "Wybierz przedział, aby go zmienić, albo przeciągnij go co 15 minut.",
  opens: "otwarcie", closes: "zamknięcie", to: "do", span: "{opens}–{closes}", copy: "Kopiuj na inne dni", another: "Kolejny przedział", remove: "Usuń", join: "Połącz je",
  keys: "przesuwają o 15 min, z", keysEnd: "tylko koniec", copyOf: "Godziny ({day}) także na", copyYes: "Kopiuj", cancel: "Anuluj",
  overlap: "Przedziały nie mogą się nakładać ani stykać: {day} {one} oraz {other}. Połącz je albo skróć jeden.", overlapShort: "Przedziały nie mogą się nakładać ani stykać.",
  clocks: "Zmiana czasu: {day}. 9:00 pozostaje 9:00 w strefie sklepu.",
  exceptions: "Wyjątki", exceptionsHint: "Są ważniejsze niż tydzień. Nowy dzień jest zamknięty, dopóki nie ma godzin.", newDay: "Kolejny dzień", addDay: "Dodaj dzień", takenDay: "Ten dzień jest już na liście.",
  open: "Otwórz tego dnia", past: "Minęło", removeSpan: "Usuń: {what}",
};

export const HOURS: Record<Language, HoursTexts> = { en, fr, pl };
