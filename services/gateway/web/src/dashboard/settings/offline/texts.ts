/** What the part about the offline form says. */

import type { Language } from "../../../shared/language.ts";

const en = {
  fields: "Offline form", fieldsHint: "What visitors fill in while nobody can answer. What is not asked for cannot be required.", nothing: "The form asks for nothing. Tick at least one field.",
  off: "Offline mode is off: visitors never see this form.", turnOn: "Turn it on",
  texts: "Texts of the form", textsHint: "Without a text the form says what the widget says.", header: "Header", welcome: "Text above the fields",
  colours: "Colours of the form", coloursHint: "Of its header. Without them those of the chat.", pair: "Header",
  mail: "Where messages go", mailHint: "Each message is also kept in the offline inbox.",
  notify: "Send messages to", notifyHint: "Empty: the inbox alone", replyTo: "Replies go to", replyToHint: "If the visitor gave no email", noAddress: "An address looks like counter@shop.example",
};
export type OfflineTexts = typeof en;

const fr: OfflineTexts = {
  fields: "Formulaire hors ligne", fieldsHint: "Ce qu’on remplit quand personne ne peut répondre. Ce qui n’est pas demandé ne peut être obligatoire.", nothing: "Le formulaire ne demande rien. Cochez au moins un champ.",
  off: "Le mode hors ligne est désactivé\u00a0: personne ne voit ce formulaire.", turnOn: "L’activer",
  texts: "Textes du formulaire", textsHint: "Sans texte, le formulaire dit ce que dit le widget.", header: "En-tête", welcome: "Texte au-dessus des champs",
  colours: "Couleurs du formulaire", coloursHint: "De son en-tête. Sans elles, celles du chat.", pair: "En-tête",
  mail: "Où vont les messages", mailHint: "Chaque message est aussi gardé dans la boîte des messages.",
  notify: "Envoyer les messages à", notifyHint: "Vide\u00a0: seulement la boîte", replyTo: "Les réponses vont à", replyToHint: "Si le visiteur n’a pas donné d’e-mail", noAddress: "Une adresse ressemble à comptoir@boutique.example",
};

const pl: OfflineTexts = {
  fields: "Formularz offline", fieldsHint: "Co goście wypełniają, gdy nikt nie może odpowiedzieć. Pole, o które nie pytamy, nie może być wymagane.", nothing: "Formularz o nic nie pyta. Zaznacz co najmniej jedno pole.",
  off: "Tryb offline jest wyłączony: nikt nie widzi tego formularza.", turnOn: "Włącz",
  texts: "Teksty formularza", textsHint: "Bez tekstu formularz mówi to, co widget.", header: "Nagłówek", welcome: "Tekst nad polami",
  colours: "Kolory formularza", coloursHint: "Jego nagłówka. Bez nich te z czatu.", pair: "Nagłówek",
  mail: "Dokąd trafiają wiadomości", mailHint: "Każda wiadomość zostaje też w skrzynce wiadomości.",
  notify: "Wysyłaj wiadomości na", notifyHint: "Puste: tylko skrzynka", replyTo: "Odpowiedzi trafiają na", replyToHint: "Jeśli gość nie podał adresu e-mail", noAddress: "Adres wygląda tak: lada@sklep.example",
};

export const OFFLINE: Record<Language, OfflineTexts> = { en, fr, pl };
