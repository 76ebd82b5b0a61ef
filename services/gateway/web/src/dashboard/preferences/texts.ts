/** What the desk's tools and a person's own settings say. Forms by number are objects for `plural`. */

import type { Forms, Language } from "../../shared/language.ts";

const en = {
  search: "Search", soundsOn: "Sounds on", soundsOff: "Sounds off", keyboard: "Keyboard shortcuts",
  soundsHeld: "Sounds begin with your first click or key", tools: "Tools",
  sounds: "Sounds", soundsHint: "A bell for new conversations, messages and alerts",
  notifications: "Desktop notifications", notificationsHint: "While this tab is in the background",
  notificationsDenied: "Blocked. Allow them for this site in the browser’s settings.",
  notificationsNone: "This browser has none.",
  push: "Push when closed", pushHint: "On this device, while you are online and the dashboard is closed",
  pushDenied: "Blocked. Allow notifications for this site in the browser’s settings.",
  pushNone: "This browser, or an address without https, has none.", pushFailed: "That did not work. Try again.",
  letters: "Single-key shortcuts", lettersHint: "Keys such as J, K and /; Alt and F6 stay on",
  language: "Language", theme: "Theme", system: "System", light: "Light", dark: "Dark",
  preferences: "Preferences",
  leaveTitle: "Sign out and drop what is not sent?",
  unsent: { one: "{n} message has not been sent", other: "{n} messages have not been sent" } as Forms,
  drafts: { one: "{n} reply is half written", other: "{n} replies are half written" } as Forms,
  leaveOnline: "You go offline too.", leave: "Sign out and drop them", stay: "Stay signed in",
  leaveOnlineTitle: "Sign out and go offline?",
  ongoing: { one: "{n} conversation is with you.", other: "{n} conversations are with you." } as Forms,
  leavePlain: "Sign out", notSignedOut: "You are still signed in: the server did not answer. Try again.",
};
export type PreferenceTexts = typeof en;

const fr: PreferenceTexts = {
  search: "Chercher", soundsOn: "Sons activés", soundsOff: "Sons coupés", keyboard: "Raccourcis clavier",
  soundsHeld: "Les sons commencent à votre premier clic ou à la première touche", tools: "Outils",
  sounds: "Sons", soundsHint: "Une cloche pour conversations, messages et alertes",
  notifications: "Notifications du bureau", notificationsHint: "Quand cet onglet est à l’arrière-plan",
  notificationsDenied: "Bloquées. Autorisez-les pour ce site dans les réglages du navigateur.",
  notificationsNone: "Ce navigateur n’en a pas.",
  push: "Push, page fermée", pushHint: "Sur cet appareil, quand vous êtes en ligne et que le tableau de bord est fermé",
  pushDenied: "Bloqué. Autorisez les notifications pour ce site dans les réglages du navigateur.",
  pushNone: "Ce navigateur, ou une adresse sans https, n’en a pas.", pushFailed: "Cela n’a pas marché. Réessayez.",
  letters: "Raccourcis à une touche", lettersHint: "Les touches comme J, K et / ; Alt et F6 restent",
  language: "Langue", theme: "Thème", system: "Système", light: "Clair", dark: "Sombre",
  preferences: "Préférences",
  leaveTitle: "Se déconnecter et abandonner ce qui n’est pas envoyé ?",
  unsent: { one: "{n} message n’est pas envoyé", other: "{n} messages ne sont pas envoyés" },
  drafts: { one: "{n} réponse est à moitié écrite", other: "{n} réponses sont à moitié écrites" },
  leaveOnline: "Vous passez aussi hors ligne.", leave: "Se déconnecter et abandonner", stay: "Rester connecté",
  leaveOnlineTitle: "Se déconnecter et passer hors ligne ?",
  ongoing: { one: "{n} conversation est avec vous.", other: "{n} conversations sont avec vous." },
  leavePlain: "Se déconnecter", notSignedOut: "Vous êtes toujours connecté : le serveur n’a pas répondu. Réessayez.",
};

const pl: PreferenceTexts = {
  search: "Szukaj", soundsOn: "Dźwięki włączone", soundsOff: "Dźwięki wyłączone", keyboard: "Skróty klawiszowe",
  soundsHeld: "Dźwięki zaczną działać po pierwszym kliknięciu lub klawiszu", tools: "Narzędzia",
  sounds: "Dźwięki", soundsHint: "Dzwonek nowych rozmów, wiadomości i alertów",
  notifications: "Powiadomienia na pulpicie", notificationsHint: "Gdy ta karta jest w tle",
  notificationsDenied: "Zablokowane. Zezwól na nie tej stronie w ustawieniach przeglądarki.",
  notificationsNone: "Ta przeglądarka ich nie ma.",
  push: "Push po zamknięciu", pushHint: "Na tym urządzeniu, gdy jesteś online, a panel jest zamknięty",
  pushDenied: "Zablokowane. Zezwól tej stronie na powiadomienia w ustawieniach przeglądarki.",
  pushNone: "Ta przeglądarka lub adres bez https ich nie ma.", pushFailed: "Nie udało się. Spróbuj ponownie.",
  letters: "Skróty jednoklawiszowe", lettersHint: "Klawisze takie jak J, K i /; Alt i F6 zostają",
  language: "Język", theme: "Motyw", system: "Systemowy", light: "Jasny", dark: "Ciemny",
  preferences: "Ustawienia",
  leaveTitle: "Wylogować się i porzucić to, co niewysłane?",
  unsent: { one: "{n} wiadomość nie wyszła", few: "{n} wiadomości nie wyszły", many: "{n} wiadomości nie wyszło", other: "{n} wiadomości nie wyszło" },
  drafts: { one: "{n} odpowiedź w połowie pisania", few: "{n} odpowiedzi w połowie pisania", many: "{n} odpowiedzi w połowie pisania", other: "{n} odpowiedzi w połowie pisania" },
  leaveOnline: "Przejdziesz też w tryb offline.", leave: "Wyloguj i porzuć", stay: "Zostań",
  leaveOnlineTitle: "Wylogować się i przejść w tryb offline?",
  ongoing: { one: "Prowadzisz {n} rozmowę.", few: "Prowadzisz {n} rozmowy.", many: "Prowadzisz {n} rozmów.", other: "Prowadzisz {n} rozmowy." },
  leavePlain: "Wyloguj się", notSignedOut: "Sesja trwa nadal: serwer nie odpowiada. Spróbuj ponownie.",
};

export const PREFERENCES: Record<Language, PreferenceTexts> = { en, fr, pl };
