/** What the sheet of keys says, and what the keys that ask first ask. Forms by number are objects for `plural`. */

import type { Forms, Language } from "../../shared/language.ts";

const en = {
  title: "Keyboard", close: "Close", to: "to", or: "or",
  anywhere: "Anywhere, also while writing", writing: "In a reply", conversation: "On the chosen conversation", desk: "On the desk", reviews: "On the chosen review",
  lettersOff: "Single keys are off.", lettersOn: "Turn them on", lettersHint: "Single keys act outside fields.", lettersTurnOff: "Turn them off",
  window: "Go to window 1 to 4", part: "Next part of the page", palette: "Search everywhere", save: "Save",
  send: "Send", reply: "Reply", canned: "Canned replies, in an empty reply", newLine: "New line", escape: "Close what is open, then leave the reply; the text is kept",
  next: "Next, previous conversation or row", longest: "Reply to the one waiting longest", transfer: "Transfer", note: "Internal note",
  minimise: "Minimise", hide: "Hide", end: "End, asks first", publish: "Publish", reject: "Reject, or take down", replyReview: "Reply",
  search: "Search", channel: "Open a new channel", online: "Online or offline, asks first", sheet: "This list",
  goOnline: "Go online?", goOnlineHint: "The shop shows that you are there, and new conversations come to you.", goOnlineYes: "Go online",
  goOffline: "Go offline?", goOfflineHint: "No new conversations come to you. Finished ones move to history.", goOfflineYes: "Go offline", stay: "Stay as you are",
  kept: { one: "{n} ongoing conversation is kept for a colleague.", other: "{n} ongoing conversations are kept for a colleague." } as Forms,
  ended: { one: "{n} ongoing conversation ends.", other: "{n} ongoing conversations end." } as Forms,
};
export type KeyboardTexts = typeof en;

const fr: KeyboardTexts = {
  title: "Clavier", close: "Fermer", to: "à", or: "ou",
  anywhere: "Partout, même en écrivant", writing: "Dans une réponse", conversation: "Sur la conversation choisie", desk: "Sur le bureau", reviews: "Sur l’avis choisi",
  lettersOff: "Les touches seules sont désactivées.", lettersOn: "Les activer", lettersHint: "Les touches seules agissent hors des champs.", lettersTurnOff: "Les désactiver",
  window: "Aller à la fenêtre 1 à 4", part: "Partie suivante de la page", palette: "Chercher partout", save: "Enregistrer",
  send: "Envoyer", reply: "Répondre", canned: "Réponses prêtes, dans une réponse vide", newLine: "Nouvelle ligne", escape: "Fermer ce qui est ouvert, puis quitter la réponse ; le texte reste",
  next: "Conversation ou ligne suivante, précédente", longest: "Répondre à qui attend le plus", transfer: "Transférer", note: "Note interne",
  minimise: "Réduire", hide: "Masquer", end: "Terminer, demande d’abord", publish: "Publier", reject: "Refuser, ou retirer", replyReview: "Répondre",
  search: "Chercher", channel: "Ouvrir un canal", online: "En ligne ou hors ligne, demande d’abord", sheet: "Cette liste",
  goOnline: "Passer en ligne ?", goOnlineHint: "La boutique montre que vous êtes là et les nouvelles conversations viennent à vous.", goOnlineYes: "Passer en ligne",
  goOffline: "Passer hors ligne ?", goOfflineHint: "Aucune nouvelle conversation ne vient à vous. Celles qui sont terminées passent dans l’historique.", goOfflineYes: "Passer hors ligne", stay: "Ne rien changer",
  kept: { one: "{n} conversation en cours est gardée pour un collègue.", other: "{n} conversations en cours sont gardées pour un collègue." },
  ended: { one: "{n} conversation en cours se termine.", other: "{n} conversations en cours se terminent." },
};

const pl: KeyboardTexts = {
  title: "Klawiatura", close: "Zamknij", to: "do", or: "lub",
  anywhere: "Wszędzie, także podczas pisania", writing: "W odpowiedzi", conversation: "W wybranej rozmowie", desk: "W panelu", reviews: "W wybranej opinii",
  lettersOff: "Pojedyncze klawisze są wyłączone.", lettersOn: "Włącz je", lettersHint: "Pojedyncze klawisze działają poza polami.", lettersTurnOff: "Wyłącz je",
  window: "Przejdź do okna od 1 do 4", part: "Następna część strony", palette: "Szukaj wszędzie", save: "Zapisz",
  send: "Wyślij", reply: "Odpowiedz", canned: "Gotowe odpowiedzi, w pustej odpowiedzi", newLine: "Nowy wiersz", escape: "Zamknij to, co otwarte, potem opuść odpowiedź; tekst zostaje",
  next: "Następna, poprzednia rozmowa lub wiersz", longest: "Odpowiedz najdłużej czekającej osobie", transfer: "Przekaż", note: "Notatka wewnętrzna",
  minimise: "Zwiń", hide: "Schowaj", end: "Zakończ, najpierw pyta", publish: "Opublikuj", reject: "Odrzuć lub zdejmij", replyReview: "Odpowiedz",
  search: "Szukaj", channel: "Otwórz nowy kanał", online: "Online lub offline, najpierw pyta", sheet: "Ta lista",
  goOnline: "Przejść w tryb online?", goOnlineHint: "Sklep pokaże, że jesteś, a nowe rozmowy trafią do Ciebie.", goOnlineYes: "Przejdź w tryb online",
  goOffline: "Przejść w tryb offline?", goOfflineHint: "Nowe rozmowy nie trafią do Ciebie. Zakończone przejdą do historii.", goOfflineYes: "Przejdź w tryb offline", stay: "Bez zmian",
  kept: { one: "{n} trwająca rozmowa zostanie dla innej osoby z zespołu.", few: "{n} trwające rozmowy zostaną dla innej osoby z zespołu.", many: "{n} trwających rozmów zostanie dla innej osoby z zespołu.", other: "{n} trwającej rozmowy zostanie dla innej osoby z zespołu." },
  ended: { one: "{n} trwająca rozmowa się skończy.", few: "{n} trwające rozmowy się skończą.", many: "{n} trwających rozmów się skończy.", other: "{n} trwającej rozmowy się skończy." },
};

export const KEYBOARD: Record<Language, KeyboardTexts> = { en, fr, pl };
