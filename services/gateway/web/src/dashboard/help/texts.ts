/** What the help says besides its answers. Forms by number are objects for `plural`. */

import type { Forms, Language } from "../../shared/language.ts";
import type { Topic } from "./questions.ts";

const en = {
  tabs: "Parts of the help", start: "Getting started", faq: "FAQ", contact: "Contact",
  // Getting started
  title: "From an empty shop to your first chat", progress: "{done} of {all}", progressLabel: "Steps done", optional: "Optional", done: "Done", next: "Next step",
  guide: "Take up the guide", change: "Change", goOn: "Go on", failed: "How far you are could not be read", failedHint: "Try again in a moment.",
  steps: {
    tag: ["Put the tag on your pages", "One line, once on every page. We show when we see it."],
    texts: ["Write the header and the welcome", "In every language of the shop."],
    colours: ["Choose your colours", "Header and bubbles, readable in any case."],
    hours: ["Set your opening hours", "Outside them visitors see the message form. Without them you are open whenever somebody is online."],
    mail: ["Say where messages go", "An address for what visitors leave while you are away, and a test mail to it."],
    staff: ["Invite a colleague", "Each has a name, a role and their own channels. You may stay alone."],
    chat: ["Go online and ring the bell", "Open the shop as a visitor, write to yourself, answer here. That is the first chat."],
  } as Record<StepName, readonly [string, string]>,
  seenOn: { one: "Seen on {origin}, {n} page.", other: "Seen on {origin}, {n} pages." } as Forms,
  how: "How it works",
  cards: {
    limit: ["Channels and the limit", "How many at once, and who gets the next"],
    "at-limit": ["The line", "What visitors see when all are busy"],
    where: ["Messages while you are away", "Form, mail, answer from here"],
    transfer: ["Working together", "Transfer, notes, departments"],
    erase: ["A person’s data", "Export, and erasing for good"],
  } as Record<Card, readonly [string, string]>,
  keyboard: "At the keyboard", keyWindow: "Go to a window", keyLongest: "Who waits longest", keySearch: "Search, or a canned reply", keyAll: "All of them",
  // Questions
  topics: { chat: "Live chat", offline: "Offline messages", site: "Your pages", reach: "Push, reviews, polls", staff: "Staff and security", privacy: "Privacy" } as Record<Topic, string>,
  topicList: "Topics", results: "Results", search: "Search the answers", clear: "Clear the search",
  found: { one: "{n} answer holds “{q}”", other: "{n} answers hold “{q}”, best first" } as Forms,
  nothing: "No answer holds “{q}”", nothingHint: "Try another word, or write to the people who run this installation.",
  notAmong: "Not among them? Write to the people who run this installation.",
  // Contact
  write: "Write to us", writeTo: "It goes to {who}, by your own mail program.", nobody: "Who runs this installation has left no address. Your owners know whom to ask.",
  about: "About", aboutOptions: { fault: "Something does not work", question: "A question", wish: "A wish", account: "My account" } as Record<About, string>,
  happened: "What did you do, and what happened?", required: "required", missing: "Write a few words first.",
  facts: "Add what helps to find the fault", factsHint: "Browser, version and page. No names, no messages.", seeFacts: "See what is sent",
  send: "Open in my mail program", copy: "Copy the text", copied: "Copied", subject: "Shopbell: {about}",
  runs: "Everything runs", almost: "Almost everything runs", chatWorks: "Live chat", mailWorks: "Mail", works: "works", reconnecting: "reconnecting", retrying: "retrying since {when}", unknown: "not known",
  version: "Version", apiReference: "API reference", who: "Who runs this", shopOwners: "Owners of this shop",
};
export type HelpTexts = typeof en;
export type StepName = "tag" | "texts" | "colours" | "hours" | "mail" | "staff" | "chat";
export type Card = "limit" | "at-limit" | "where" | "transfer" | "erase";
export type About = "fault" | "question" | "wish" | "account";

const fr: HelpTexts = {
  tabs: "Parties de l’aide", start: "Premiers pas", faq: "Questions", contact: "Contact",
  title: "D’une boutique vide à votre premier chat", progress: "{done} sur {all}", progressLabel: "Étapes faites", optional: "Facultatif", done: "Fait", next: "Prochaine étape",
  guide: "Reprendre le guide", change: "Modifier", goOn: "Continuer", failed: "Votre avancée n’a pas pu être lue", failedHint: "Réessayez dans un instant.",
  steps: {
    tag: ["Mettre la balise sur vos pages", "Une ligne, une fois par page. Nous montrons quand nous la voyons."],
    texts: ["Écrire l’en-tête et l’accueil", "Dans chaque langue de la boutique."],
    colours: ["Choisir vos couleurs", "En-tête et bulles, toujours lisibles."],
    hours: ["Fixer vos horaires", "En dehors, les visiteurs voient le formulaire. Sans horaires, c’est ouvert dès que quelqu’un est en ligne."],
    mail: ["Dire où vont les messages", "Une adresse pour ce que laissent les visiteurs en votre absence, et un e-mail d’essai."],
    staff: ["Inviter un collègue", "Chacun a un nom, un rôle et ses canaux. Vous pouvez rester seul."],
    chat: ["Passer en ligne et sonner", "Ouvrez la boutique en visiteur, écrivez-vous, répondez ici. C’est le premier chat."],
  },
  seenOn: { one: "Vue sur {origin}, {n} page.", other: "Vue sur {origin}, {n} pages." },
  how: "Comment ça marche",
  cards: {
    limit: ["Canaux et limite", "Combien à la fois, et à qui la suivante"],
    "at-limit": ["La file", "Ce que voient les visiteurs quand tout est pris"],
    where: ["Messages en votre absence", "Formulaire, e-mail, réponse d’ici"],
    transfer: ["Travailler ensemble", "Transfert, notes, services"],
    erase: ["Les données d’une personne", "Exporter, et effacer pour de bon"],
  },
  keyboard: "Au clavier", keyWindow: "Aller à une fenêtre", keyLongest: "Qui attend le plus", keySearch: "Chercher, ou une réponse prête", keyAll: "Toutes",
  topics: { chat: "Chat", offline: "Messages hors ligne", site: "Vos pages", reach: "Push, avis, sondages", staff: "Équipe et sécurité", privacy: "Confidentialité" },
  topicList: "Sujets", results: "Résultats", search: "Chercher dans les réponses", clear: "Effacer la recherche",
  found: { one: "{n} réponse contient « {q} »", other: "{n} réponses contiennent « {q} », les meilleures d’abord" },
  nothing: "Aucune réponse ne contient « {q} »", nothingHint: "Essayez un autre mot, ou écrivez aux gens qui gèrent cette installation.",
  notAmong: "Pas dans la liste ? Écrivez aux gens qui gèrent cette installation.",
  write: "Nous écrire", writeTo: "Cela part à {who}, par votre propre messagerie.", nobody: "Qui gère cette installation n’a pas laissé d’adresse. Vos propriétaires savent à qui s’adresser.",
  about: "Sujet", aboutOptions: { fault: "Quelque chose ne marche pas", question: "Une question", wish: "Un souhait", account: "Mon compte" },
  happened: "Qu’avez-vous fait, et que s’est-il passé ?", required: "obligatoire", missing: "Écrivez d’abord quelques mots.",
  facts: "Ajouter ce qui aide à trouver la panne", factsHint: "Navigateur, version et page. Ni noms, ni messages.", seeFacts: "Voir ce qui est envoyé",
  send: "Ouvrir dans ma messagerie", copy: "Copier le texte", copied: "Copié", subject: "Shopbell : {about}",
  runs: "Tout marche", almost: "Presque tout marche", chatWorks: "Chat", mailWorks: "E-mail", works: "marche", reconnecting: "reconnexion", retrying: "nouveaux essais depuis {when}", unknown: "inconnu",
  version: "Version", apiReference: "Référence de l’API", who: "Qui gère tout cela", shopOwners: "Propriétaires de cette boutique",
};

const pl: HelpTexts = {
  tabs: "Części pomocy", start: "Pierwsze kroki", faq: "Pytania", contact: "Kontakt",
  title: "Od pustego sklepu do pierwszego czatu", progress: "{done} z {all}", progressLabel: "Gotowe kroki", optional: "Opcjonalnie", done: "Gotowe", next: "Następny krok",
  guide: "Wróć do przewodnika", change: "Zmień", goOn: "Dalej", failed: "Nie udało się odczytać postępu", failedHint: "Spróbuj ponownie za chwilę.",
  steps: {
    tag: ["Wstaw znacznik na strony", "Jeden wiersz, raz na każdej stronie. Pokażemy, gdy go zobaczymy."],
    texts: ["Napisz nagłówek i powitanie", "W każdym języku sklepu."],
    colours: ["Wybierz kolory", "Nagłówek i dymki, zawsze czytelne."],
    hours: ["Ustaw godziny otwarcia", "Poza nimi widać formularz. Bez nich otwarte jest zawsze, gdy ktoś jest online."],
    mail: ["Podaj, dokąd idą wiadomości", "Adres dla wiadomości zostawionych pod Twoją nieobecność i wiadomość próbna."],
    staff: ["Zaproś kogoś do zespołu", "Każdy ma nazwę, rolę i własne kanały. Można też działać w pojedynkę."],
    chat: ["Przejdź online i zadzwoń", "Otwórz sklep jako odwiedzający, napisz do siebie, odpowiedz tutaj. To pierwszy czat."],
  },
  seenOn: { one: "Widzimy go na {origin}, {n} strona.", few: "Widzimy go na {origin}, {n} strony.", many: "Widzimy go na {origin}, {n} stron.", other: "Widzimy go na {origin}, {n} strony." },
  how: "Jak to działa",
  cards: {
    limit: ["Kanały i limit", "Ile naraz i do kogo następna rozmowa"],
    "at-limit": ["Kolejka", "Co widać, gdy wszyscy są zajęci"],
    where: ["Wiadomości pod nieobecność", "Formularz, e-mail, odpowiedź stąd"],
    transfer: ["Praca w zespole", "Przekazywanie, notatki, działy"],
    erase: ["Dane osoby", "Eksport i usunięcie na dobre"],
  },
  keyboard: "Z klawiatury", keyWindow: "Przejdź do okna", keyLongest: "Kto czeka najdłużej", keySearch: "Szukaj lub gotowa odpowiedź", keyAll: "Wszystkie",
  topics: { chat: "Czat", offline: "Wiadomości offline", site: "Twoje strony", reach: "Push, opinie, ankiety", staff: "Zespół i bezpieczeństwo", privacy: "Prywatność" },
  topicList: "Tematy", results: "Wyniki", search: "Szukaj w odpowiedziach", clear: "Wyczyść wyszukiwanie",
  found: { one: "{n} odpowiedź zawiera „{q}”", few: "{n} odpowiedzi zawierają „{q}”, najlepsze najpierw", many: "{n} odpowiedzi zawiera „{q}”, najlepsze najpierw", other: "{n} odpowiedzi zawiera „{q}”, najlepsze najpierw" },
  nothing: "Żadna odpowiedź nie zawiera „{q}”", nothingHint: "Spróbuj innego słowa albo napisz do osób, które prowadzą tę instalację.",
  notAmong: "Nie ma tu odpowiedzi? Napisz do osób, które prowadzą tę instalację.",
  write: "Napisz do nas", writeTo: "Trafi do: {who}, przez Twój program pocztowy.", nobody: "Osoby prowadzące tę instalację nie podały adresu. Właściciele sklepu wiedzą, kogo pytać.",
  about: "Temat", aboutOptions: { fault: "Coś nie działa", question: "Pytanie", wish: "Życzenie", account: "Moje konto" },
  happened: "Co trzeba zrobić, żeby to zobaczyć, i co się dzieje?", required: "wymagane", missing: "Najpierw napisz kilka słów.",
  facts: "Dodaj to, co pomaga znaleźć błąd", factsHint: "Przeglądarka, wersja i strona. Bez nazw i wiadomości.", seeFacts: "Zobacz, co zostanie wysłane",
  send: "Otwórz w programie pocztowym", copy: "Kopiuj tekst", copied: "Skopiowano", subject: "Shopbell: {about}",
  runs: "Wszystko działa", almost: "Prawie wszystko działa", chatWorks: "Czat", mailWorks: "Poczta", works: "działa", reconnecting: "łączenie", retrying: "ponawianie od {when}", unknown: "nieznane",
  version: "Wersja", apiReference: "Dokumentacja API", who: "Kto to prowadzi", shopOwners: "Właściciele tego sklepu",
};

export const HELP: Record<Language, HelpTexts> = { en, fr, pl };
