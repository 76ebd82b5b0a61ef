/** What the search over everything says. */

import type { Language } from "../../shared/language.ts";

const en = {
  title: "Search", close: "Close", field: "Search conversations, people and history", results: "Results",
  open: "Open conversations", people: "People", history: "History",
  allOf: "All of history for “{q}”", none: "Nothing for “{q}”", noneHint: "Check the spelling, or search for one word of it.",
  failed: "History did not answer. Open conversations are shown.", tryAgain: "Try again", nothingOpen: "No conversation is open.",
  keys: "to choose", keyOpens: "to open", keyCloses: "to close", looking: "Searching history",
};
export type SearchTexts = typeof en;

const fr: SearchTexts = {
  title: "Recherche", close: "Fermer", field: "Chercher conversations, personnes et historique", results: "Résultats",
  open: "Conversations ouvertes", people: "Personnes", history: "Historique",
  allOf: "Tout l’historique pour « {q} »", none: "Rien pour « {q} »", noneHint: "Vérifiez l’orthographe ou cherchez un seul mot.",
  failed: "L’historique n’a pas répondu. Les conversations ouvertes sont affichées.", tryAgain: "Réessayer", nothingOpen: "Aucune conversation n’est ouverte.",
  keys: "pour choisir", keyOpens: "pour ouvrir", keyCloses: "pour fermer", looking: "Recherche dans l’historique",
};

const pl: SearchTexts = {
  title: "Wyszukiwanie", close: "Zamknij", field: "Szukaj rozmów, osób i historii", results: "Wyniki",
  open: "Otwarte rozmowy", people: "Osoby", history: "Historia",
  allOf: "Cała historia: „{q}”", none: "Nic nie pasuje do „{q}”", noneHint: "Sprawdź pisownię albo poszukaj jednego słowa.",
  failed: "Historia nie odpowiada. Widać otwarte rozmowy.", tryAgain: "Spróbuj ponownie", nothingOpen: "Nie ma otwartych rozmów.",
  keys: "wybór", keyOpens: "otwiera", keyCloses: "zamyka", looking: "Szukamy w historii",
};

export const SEARCH: Record<Language, SearchTexts> = { en, fr, pl };
