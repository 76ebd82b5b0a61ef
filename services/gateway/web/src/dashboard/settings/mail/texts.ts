/** What the part about mail says. */

import type { Language } from "../../../shared/language.ts";

const en = {
  where: "Messages and answers", whereHint: "Messages that visitors leave are mailed as well as kept in the inbox.",
  notify: "Address for messages", notifyHint: "What visitors leave while you are away goes there", replyTo: "Address for replies", replyToHint: "Where answers to your mails go; empty: the address for messages",
  sender: "Sender", senderHint: "Who the shop’s mails are from.", fromAddress: "Sender’s address", fromAddressHint: "Of a domain that lets this installation’s mail server send", fromName: "Sender’s name", fromNameHint: "Empty: the shop’s name",
  postal: "Postal address", postalHint: "Stands at the foot of each mail",
  test: "Test mail", testHint: "Goes to the address for messages, the way all mails go.", send: "Send a test mail", again: "Send another", saveFirst: "Save first: the test uses what is saved.", noAddress: "Enter an address for messages and save it; the test goes there.",
  keys: "Signature (DKIM)", keysHint: "A record in your domain’s DNS, by which receivers know that the mails are yours.", noKeys: "None. Who runs this installation makes a key with: shopbell shop dkim", signs: "Mails are signed with it", waits: "Waits for its record", recordName: "Name of the TXT record", record: "Its text", copy: "Copy",
  templates: "Words of the mails", templatesHint: "Each mail as shipped, or in your own words.", kind: "Mail", inLanguage: "Language",
  kinds: { offline_message: "Message, to you", answer: "Answer, to the visitor", transcript: "Transcript, to the visitor", receipt: "Receipt of an erasure, to you", review_request: "Request for reviews, to the customer", review_reminder: "Reminder of it, to the customer", unread: "Unread reply, to the visitor" } as Record<Kind, string>,
  subject: "Subject", text: "Plain text", html: "HTML", asShipped: "As shipped", ownWords: "own words", takeBack: "As shipped again", names: "You may use: {names}",
};
export type MailTexts = typeof en;
export type Kind = "offline_message" | "answer" | "transcript" | "receipt" | "review_request" | "review_reminder" | "unread";

const fr: MailTexts = {
  where: "Messages et réponses", whereHint: "Les messages des visiteurs sont envoyés par e-mail et gardés dans la boîte.",
  notify: "Adresse des messages", notifyHint: "Ce que les visiteurs laissent en votre absence y arrive", replyTo: "Adresse de réponse", replyToHint: "Où vont les réponses à vos e-mails ; vide : l’adresse des messages",
  sender: "Expéditeur", senderHint: "De qui viennent les e-mails de la boutique.", fromAddress: "Adresse de l’expéditeur", fromAddressHint: "D’un domaine qui permet l’envoi par le serveur de cette installation", fromName: "Nom de l’expéditeur", fromNameHint: "Vide : le nom de la boutique",
  postal: "Adresse postale", postalHint: "Figure au pied de chaque e-mail",
  test: "E-mail d’essai", testHint: "Part à l’adresse des messages, comme tous les e-mails.", send: "Envoyer un e-mail d’essai", again: "En envoyer un autre", saveFirst: "Enregistrez d’abord : l’essai emploie ce qui est enregistré.", noAddress: "Entrez une adresse des messages et enregistrez ; l’essai y part.",
  keys: "Signature (DKIM)", keysHint: "Un enregistrement dans le DNS de votre domaine, par lequel les destinataires savent que les e-mails sont de vous.", noKeys: "Aucune. Qui gère cette installation crée une clé avec : shopbell shop dkim", signs: "Les e-mails sont signés avec", waits: "Attend son enregistrement", recordName: "Nom de l’enregistrement TXT", record: "Son texte", copy: "Copier",
  templates: "Texte des e-mails", templatesHint: "Chaque e-mail tel que livré, ou dans vos mots.", kind: "E-mail", inLanguage: "Langue",
  kinds: { offline_message: "Message, pour vous", answer: "Réponse, pour le visiteur", transcript: "Transcription, pour le visiteur", receipt: "Reçu d’un effacement, pour vous", review_request: "Demande d’avis, pour le client", review_reminder: "Son rappel, pour le client", unread: "Réponse non lue, pour le visiteur" },
  subject: "Objet", text: "Texte simple", html: "HTML", asShipped: "Tel que livré", ownWords: "vos mots", takeBack: "Revenir au texte livré", names: "Vous pouvez employer : {names}",
};

const pl: MailTexts = {
  where: "Wiadomości i odpowiedzi", whereHint: "Zostawione wiadomości idą e-mailem i zostają w skrzynce.",
  notify: "Adres na wiadomości", notifyHint: "Tam trafia to, co zostawiono pod Twoją nieobecność", replyTo: "Adres odpowiedzi", replyToHint: "Dokąd idą odpowiedzi na Twoje e-maile; pusty: adres na wiadomości",
  sender: "Nadawca", senderHint: "Od kogo są e-maile sklepu.", fromAddress: "Adres nadawcy", fromAddressHint: "Z domeny, która pozwala wysyłać serwerowi tej instalacji", fromName: "Nazwa nadawcy", fromNameHint: "Pusta: nazwa sklepu",
  postal: "Adres pocztowy", postalHint: "Stoi w stopce każdego e-maila",
  test: "Wiadomość próbna", testHint: "Idzie na adres na wiadomości, tak jak wszystkie e-maile.", send: "Wyślij wiadomość próbną", again: "Wyślij jeszcze jedną", saveFirst: "Najpierw zapisz: próba używa tego, co zapisane.", noAddress: "Wpisz adres na wiadomości i zapisz; próba tam pójdzie.",
  keys: "Podpis (DKIM)", keysHint: "Rekord w DNS Twojej domeny, po którym odbiorcy poznają, że e-maile są Twoje.", noKeys: "Brak. Klucz tworzy osoba prowadząca tę instalację: shopbell shop dkim", signs: "E-maile są nim podpisane", waits: "Czeka na rekord", recordName: "Nazwa rekordu TXT", record: "Jego treść", copy: "Kopiuj",
  templates: "Słowa e-maili", templatesHint: "Każdy e-mail w wersji gotowej albo Twoimi słowami.", kind: "E-mail", inLanguage: "Język",
  kinds: { offline_message: "Wiadomość, do Ciebie", answer: "Odpowiedź, do odwiedzającego", transcript: "Zapis rozmowy, do odwiedzającego", receipt: "Potwierdzenie usunięcia, do Ciebie", review_request: "Prośba o opinie, do klienta", review_reminder: "Przypomnienie o niej, do klienta", unread: "Nieprzeczytana odpowiedź, do odwiedzającego" },
  subject: "Temat", text: "Zwykły tekst", html: "HTML", asShipped: "Wersja gotowa", ownWords: "własne słowa", takeBack: "Wróć do gotowej", names: "Możesz użyć: {names}",
};

export const MAIL: Record<Language, MailTexts> = { en, fr, pl };
