/** What the part about privacy says. */

import type { Language } from "../../../shared/language.ts";

const en = {
  notice: "Privacy notice", noticeHint: "Visitors read it before the first message, in the offline form, and in the widget’s menu.",
  text: "Notice", textHint: "What is kept, why, and for how long", noText: "Say what visitors are asked to agree to.",
  link: "Privacy page", linkHint: "Your own page about it; it stands behind the notice", badLink: "An address such as https://shop.example/privacy.",
  consent: "Ask for consent", consentHint: "A box beside the notice, never ticked beforehand; without it nothing is sent",
  retention: "How long things are kept", retentionHint: "What is older is deleted once a day, for good. Nothing that is still going on is deleted.",
  conversations: "Delete old conversations", conversationsHint: "Archived ones, by their last message. Off: they are kept for ever",
  messages: "Delete old offline messages", messagesHint: "By the day they were left. Off: they are kept for ever",
  after: "After", afterHint: "Fewer days delete more, at the next turn", days: "days",
  blocked: "Blocked visitors", blockedHint: "They find nobody in the widget. Staff block them in a conversation’s menu.", nobody: "Nobody is blocked.", guest: "Guest", by: "Blocked by {name}",
  letIn: "Let in again", letInLabel: "Let {name} in again", notLetIn: "Not let in, the server did not answer. Try again.", unread: "The list could not be read.", more: "Show more",
};
export type PrivacyTexts = typeof en;

const fr: PrivacyTexts = {
  notice: "Mention de confidentialité", noticeHint: "Les visiteurs la lisent avant le premier message, dans le formulaire hors ligne et dans le menu du widget.",
  text: "Mention", textHint: "Ce qui est conservé, pourquoi et combien de temps", noText: "Dites à quoi les visiteurs doivent consentir.",
  link: "Page de confidentialité", linkHint: "Votre propre page\u00a0; elle suit la mention", badLink: "Une adresse comme https://shop.example/privacy.",
  consent: "Demander le consentement", consentHint: "Une case à côté de la mention, jamais cochée d’avance\u00a0; sans elle rien n’est envoyé",
  retention: "Durée de conservation", retentionHint: "Ce qui est plus ancien est supprimé une fois par jour, définitivement. Rien de ce qui est en cours n’est supprimé.",
  conversations: "Supprimer les vieilles conversations", conversationsHint: "Archivées, selon leur dernier message. Désactivé\u00a0: gardées sans limite",
  messages: "Supprimer les vieux messages hors ligne", messagesHint: "Selon le jour de leur dépôt. Désactivé\u00a0: gardés sans limite",
  after: "Après", afterHint: "Moins de jours suppriment davantage, au prochain passage", days: "jours",
  blocked: "Visiteurs bloqués", blockedHint: "Ils ne trouvent personne dans le widget. L’équipe les bloque dans le menu d’une conversation.", nobody: "Personne n’est bloqué.", guest: "Visiteur", by: "Bloqué par {name}",
  letIn: "Laisser revenir", letInLabel: "Laisser revenir {name}", notLetIn: "Toujours bloqué, le serveur n’a pas répondu. Réessayez.", unread: "La liste n’a pas pu être lue.", more: "Afficher plus",
};

const pl: PrivacyTexts = {
  notice: "Informacja o prywatności", noticeHint: "Goście czytają ją przed pierwszą wiadomością, w formularzu offline i w menu widgetu.",
  text: "Informacja", textHint: "Co przechowujesz, po co i jak długo", noText: "Napisz, na co goście mają się zgodzić.",
  link: "Strona o prywatności", linkHint: "Twoja własna strona; stoi za informacją", badLink: "Adres, na przykład https://shop.example/privacy.",
  consent: "Pytaj o zgodę", consentHint: "Pole obok informacji, nigdy nie zaznaczone z góry; bez niego nic nie zostanie wysłane",
  retention: "Jak długo przechowujemy", retentionHint: "Co starsze, jest raz dziennie usuwane na dobre. Nic, co jeszcze trwa, nie jest usuwane.",
  conversations: "Usuwaj stare rozmowy", conversationsHint: "Zarchiwizowane, według ostatniej wiadomości. Wyłączone: zostają bezterminowo",
  messages: "Usuwaj stare wiadomości offline", messagesHint: "Według dnia zostawienia. Wyłączone: zostają bezterminowo",
  after: "Po", afterHint: "Mniej dni usuwa więcej, przy najbliższym przebiegu", days: "dni",
  blocked: "Zablokowani goście", blockedHint: "W widgecie nikogo nie zastają. Zespół blokuje ich w menu rozmowy.", nobody: "Nikt nie jest zablokowany.", guest: "Gość", by: "Blokada: {name}",
  letIn: "Wpuść ponownie", letInLabel: "Wpuść ponownie: {name}", notLetIn: "Nie wpuszczono, serwer nie odpowiedział. Spróbuj ponownie.", unread: "Nie udało się wczytać listy.", more: "Pokaż więcej",
};

export const PRIVACY: Record<Language, PrivacyTexts> = { en, fr, pl };
