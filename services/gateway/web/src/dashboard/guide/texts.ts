/** What the guide says. Forms by number are objects for `plural`. */

import type { Forms, Language } from "../../shared/language.ts";

const en = {
  step: "Step {n} of {all}", next: "Next", back: "Back", toDesk: "To the desk",
  unread: "The settings could not be read", unreadHint: "Try again in a moment.", notSaved: "Not saved, the server does not answer. What you typed is kept; try again.",
  steps: [
    ["Who stands at the counter?", "You can change all of this later in Settings."],
    ["Put the tag on your shop", "One line, before the end of the body, on every page."],
    ["Make it yours", "Every colour offered here passes AA."],
    ["Ring the bell", "The first chat is with yourself."],
  ] as readonly (readonly [string, string])[],
  operatorName: "Your name, as customers see it", shopName: "Name of the shop", languages: "Languages of the shop", removeLanguage: "Remove {language}", addLanguage: "Add a language", zone: "Time zone", zoneNow: "There it is {time} now.", ownZone: "Use {zone}, your own",
  address: "Address of your shop", copy: "Copy", mailIt: "Mail it to your developer", letterSubject: "A line for our shop’s pages", letter: "Put this line once into every page of the shop, before the end of the body:",
  looking: "Looking for it. Open a page of the shop; it takes a few seconds.", seen: "We see it on your page: {origin}.",
  colour: "Colour", colours: ["Blue", "Dark grey", "Green", "Red brown", "Violet"], header: "We are at the counter", welcome: "Hello, and welcome. Ask us anything.", noHeader: "Online consultant", headerText: "Header", welcomeText: "Welcome text",
  ring: ["Turn the switch on. The bell appears on your shop.", "Open the shop as a visitor and write “hello”.", "Come back here and answer yourself."],
  channels: { one: "{n} channel", other: "{n} channels" } as Forms, visit: "Open my shop as a visitor",
  rings: "Somebody rings.", answerIt: "Answer", done: "That was the first chat. Your shop is open.",
};
export type GuideTexts = typeof en;

const fr: GuideTexts = {
  step: "Étape {n} sur {all}", next: "Suivant", back: "Retour", toDesk: "Vers le bureau",
  unread: "Les réglages n’ont pas pu être lus", unreadHint: "Réessayez dans un instant.", notSaved: "Non enregistré, le serveur ne répond pas. Votre saisie est gardée ; réessayez.",
  steps: [
    ["Qui est au comptoir ?", "Tout se change plus tard dans les réglages."],
    ["Mettez la balise sur votre boutique", "Une ligne, avant la fin du body, sur chaque page."],
    ["À votre image", "Chaque couleur proposée ici satisfait AA."],
    ["Sonnez", "Le premier chat est avec vous-même."],
  ],
  operatorName: "Votre nom, tel que les clients le voient", shopName: "Nom de la boutique", languages: "Langues de la boutique", removeLanguage: "Retirer {language}", addLanguage: "Ajouter une langue", zone: "Fuseau horaire", zoneNow: "Il y est {time}.", ownZone: "Prendre {zone}, le vôtre",
  address: "Adresse de votre boutique", copy: "Copier", mailIt: "L’envoyer à votre développeur", letterSubject: "Une ligne pour les pages de notre boutique", letter: "Mettez cette ligne une fois dans chaque page de la boutique, avant la fin du body :",
  looking: "Nous la cherchons. Ouvrez une page de la boutique ; cela prend quelques secondes.", seen: "Nous la voyons sur votre page : {origin}.",
  colour: "Couleur", colours: ["Bleu", "Gris foncé", "Vert", "Brun rouge", "Violet"], header: "Nous sommes au comptoir", welcome: "Bonjour et bienvenue. Posez-nous vos questions.", noHeader: "Conseiller en ligne", headerText: "En-tête", welcomeText: "Texte d’accueil",
  ring: ["Passez en ligne. La cloche apparaît sur votre boutique.", "Ouvrez la boutique en visiteur et écrivez « bonjour ».", "Revenez ici et répondez-vous."],
  channels: { one: "{n} canal", other: "{n} canaux" }, visit: "Ouvrir ma boutique en visiteur",
  rings: "Quelqu’un sonne.", answerIt: "Répondre", done: "C’était le premier chat. Votre boutique est ouverte.",
};

const pl: GuideTexts = {
  step: "Krok {n} z {all}", next: "Dalej", back: "Wstecz", toDesk: "Do panelu",
  unread: "Nie udało się wczytać ustawień", unreadHint: "Spróbuj ponownie za chwilę.", notSaved: "Nie zapisano, serwer nie odpowiada. To, co wpisane, zostaje; spróbuj ponownie.",
  steps: [
    ["Kto stoi za ladą?", "Wszystko można później zmienić w ustawieniach."],
    ["Wstaw znacznik do sklepu", "Jeden wiersz, przed końcem body, na każdej stronie."],
    ["Po swojemu", "Każdy z tych kolorów spełnia AA."],
    ["Zadzwoń", "Pierwszy czat jest z samym sobą."],
  ],
  operatorName: "Twoja nazwa, jaką widzą klienci", shopName: "Nazwa sklepu", languages: "Języki sklepu", removeLanguage: "Usuń: {language}", addLanguage: "Dodaj język", zone: "Strefa czasowa", zoneNow: "Jest tam teraz {time}.", ownZone: "Użyj własnej: {zone}",
  address: "Adres Twojego sklepu", copy: "Kopiuj", mailIt: "Wyślij programistom", letterSubject: "Wiersz na strony naszego sklepu", letter: "Wstaw ten wiersz raz na każdej stronie sklepu, przed końcem body:",
  looking: "Szukamy go. Otwórz stronę sklepu; to potrwa kilka sekund.", seen: "Widzimy go na Twojej stronie: {origin}.",
  colour: "Kolor", colours: ["Niebieski", "Ciemnoszary", "Zielony", "Czerwonobrązowy", "Fioletowy"], header: "Jesteśmy przy ladzie", welcome: "Dzień dobry. Zapytaj nas, o co chcesz.", noHeader: "Konsultant online", headerText: "Nagłówek", welcomeText: "Powitanie",
  ring: ["Włącz przełącznik. Dzwonek pojawi się w sklepie.", "Otwórz sklep jako odwiedzający i napisz „dzień dobry”.", "Wróć tutaj i odpowiedz."],
  channels: { one: "{n} kanał", few: "{n} kanały", many: "{n} kanałów", other: "{n} kanału" }, visit: "Otwórz mój sklep jako odwiedzający",
  rings: "Ktoś dzwoni.", answerIt: "Odpowiedz", done: "To był pierwszy czat. Twój sklep jest otwarty.",
};

export const GUIDE: Record<Language, GuideTexts> = { en, fr, pl };
