/** What the card says beside the shop's own words. */

import type { Forms, Language } from "../../shared/language.ts";

const en = {
  poll: "Poll",
  vote: "Vote",
  until: "Until {date}",
  close: "Close",
  yours: "your vote",
  thanks: "Thank you for voting",
  over: "This poll has closed",
  voted: "You voted before",
  failed: "Not sent. Try again",
  votes: { one: "{n} vote", other: "{n} votes" } as Forms,
};

export type PollingTexts = typeof en;

export const TEXTS: Record<Language, PollingTexts> = {
  en,
  fr: {
    poll: "Sondage",
    vote: "Voter",
    until: "Jusqu’au {date}",
    close: "Fermer",
    yours: "votre choix",
    thanks: "Merci pour votre vote",
    over: "Ce sondage est clos",
    voted: "Vous avez déjà voté",
    failed: "Non envoyé. Réessayer",
    votes: { one: "{n} vote", many: "{n} votes", other: "{n} votes" },
  },
  pl: {
    poll: "Ankieta",
    vote: "Zagłosuj",
    until: "Do {date}",
    close: "Zamknij",
    yours: "Twój głos",
    thanks: "Dziękujemy za głos",
    over: "Ta ankieta jest zamknięta",
    voted: "Ten głos już mamy",
    failed: "Nie wysłano. Spróbuj ponownie",
    votes: { one: "{n} głos", few: "{n} głosy", many: "{n} głosów", other: "{n} głosu" },
  },
};
