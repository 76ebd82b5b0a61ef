/** What became of a test mail. */

import type { Language } from "../../shared/language.ts";

const en = {
  sending: "On its way to {to}", sent: "The mail server has taken it for {to}. Look into the mailbox; if it is not there, look among the spam.", pending: "Not taken yet. {why} Tried again for two minutes.", failed: "Not sent. {why}", tooMany: "Enough tests for now; try in ten minutes.", notSent: "The test could not be sent. Try again.", unknownWhy: "The mail server gave no reason.",
};
export type TestTexts = typeof en;

const fr: TestTexts = {
  sending: "En route vers {to}", sent: "Le serveur d’e-mail l’a pris pour {to}. Regardez la boîte ; s’il n’y est pas, regardez les indésirables.", pending: "Pas encore pris. {why} Nouveaux essais pendant deux minutes.", failed: "Non envoyé. {why}", tooMany: "Assez d’essais pour l’instant ; réessayez dans dix minutes.", notSent: "L’essai n’a pas pu partir. Réessayez.", unknownWhy: "Le serveur d’e-mail n’a pas dit pourquoi.",
};

const pl: TestTexts = {
  sending: "W drodze do: {to}", sent: "Serwer poczty przyjął ją dla: {to}. Zajrzyj do skrzynki; jeśli jej nie ma, zajrzyj do spamu.", pending: "Jeszcze nieprzyjęta. {why} Ponawiamy przez dwie minuty.", failed: "Nie wysłano. {why}", tooMany: "Dość prób na teraz; spróbuj za dziesięć minut.", notSent: "Nie udało się wysłać próby. Spróbuj ponownie.", unknownWhy: "Serwer poczty nie podał powodu.",
};

export const TESTS: Record<Language, TestTexts> = { en, fr, pl };
