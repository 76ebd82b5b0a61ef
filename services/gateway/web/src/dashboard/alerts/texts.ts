/** What alerts say. Forms by number are objects for `plural`. */

import type { Forms, Language } from "../../shared/language.ts";

const en = {
  withYou: "{name} is with you", withYouNow: "Is with you now",
  withYouCount: { one: "{n} new conversation is with you", other: "{n} new conversations are with you" } as Forms,
  waits: "{name} waits for an answer", waitsLong: "Waits for an answer",
  waitsCount: { one: "{n} visitor waits for an answer", other: "{n} visitors wait for an answer" } as Forms,
  heldBy: "With {name}, who is away", longest: "{name} longest", since: "for {time}", inLine: "Waits in line",
  open: "Open", aside: "Put aside",
};
export type AlertTexts = typeof en;

const fr: AlertTexts = {
  withYou: "{name} est avec vous", withYouNow: "Est avec vous",
  withYouCount: { one: "{n} nouvelle conversation avec vous", other: "{n} nouvelles conversations avec vous" },
  waits: "{name} attend une réponse", waitsLong: "Attend une réponse",
  waitsCount: { one: "{n} visiteur attend une réponse", other: "{n} visiteurs attendent une réponse" },
  heldBy: "Avec {name}, absent du bureau", longest: "{name} attend le plus", since: "depuis {time}", inLine: "Attend dans la file",
  open: "Ouvrir", aside: "Mettre de côté",
};

const pl: AlertTexts = {
  withYou: "Nowa rozmowa: {name}", withYouNow: "Nowa rozmowa",
  withYouCount: { one: "{n} nowa rozmowa", few: "{n} nowe rozmowy", many: "{n} nowych rozmów", other: "{n} nowej rozmowy" },
  waits: "Czeka na odpowiedź: {name}", waitsLong: "Czeka na odpowiedź",
  waitsCount: { one: "{n} osoba czeka na odpowiedź", few: "{n} osoby czekają na odpowiedź", many: "{n} osób czeka na odpowiedź", other: "{n} osoby czeka na odpowiedź" },
  heldBy: "Prowadzi {name}, teraz poza panelem", longest: "najdłużej {name}", since: "od {time}", inLine: "Czeka w kolejce",
  open: "Otwórz", aside: "Odłóż",
};

export const ALERTS: Record<Language, AlertTexts> = { en, fr, pl };
