/** What the bell says. */

import type { Language } from "../../shared/language.ts";

const en = {
  off: "Get word of what is new",
  asking: "Your browser is asking you",
  on: "You will hear from us. Tap to stop.",
  stopping: "One moment",
  blocked: "Your browser blocks these. How to allow them.",
  allow: "Allow notifications for this page in your browser’s settings. The sign beside the address leads there.",
  home: "On an iPhone, add this shop to the home screen first: Share, then Add to Home Screen. Then ring here again.",
  failed: "That did not work. Try again in a moment.",
};

export type PushingTexts = typeof en;

export const TEXTS: Record<Language, PushingTexts> = {
  en,
  fr: {
    off: "Recevoir les nouveautés",
    asking: "Votre navigateur vous le demande",
    on: "Vous aurez de nos nouvelles. Touchez pour arrêter.",
    stopping: "Un instant",
    blocked: "Votre navigateur les bloque. Comment les autoriser.",
    allow: "Autorisez les notifications de cette page dans les réglages du navigateur. Le signe à côté de l’adresse y mène.",
    home: "Sur un iPhone, ajoutez d’abord cette boutique à l’écran d’accueil\u00a0: Partager, puis Sur l’écran d’accueil. Revenez ensuite ici.",
    failed: "Cela n’a pas marché. Réessayez dans un instant.",
  },
  pl: {
    off: "Dostawaj wieści o nowościach",
    asking: "Przeglądarka pyta o zgodę",
    on: "Damy znać. Dotknij, aby wyłączyć.",
    stopping: "Chwileczkę",
    blocked: "Przeglądarka to blokuje. Jak na to pozwolić.",
    allow: "Pozwól na powiadomienia tej strony w ustawieniach przeglądarki. Prowadzi do nich znak obok adresu.",
    home: "Na iPhonie najpierw dodaj ten sklep do ekranu początkowego: Udostępnij, potem Do ekranu początkowego. Potem wróć tutaj.",
    failed: "To się nie udało. Spróbuj ponownie za chwilę.",
  },
};
