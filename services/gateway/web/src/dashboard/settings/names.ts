/** What the members of the settings are called, for the save bar and the change log. `{language}` is a language's name. */

import { fill, type Language } from "../../shared/language.ts";
import type { Path } from "./changes.ts";

type Named = Record<Language, string>;

const name = (en: string, fr: string, pl: string): Named => ({ en, fr, pl });

/** By path; the longest that a path begins with counts. */
const NAMES: Record<Path, Named> = {
  name: name("shop’s name", "nom de la boutique", "nazwa sklepu"),
  operator_name: name("display name", "nom affiché", "wyświetlana nazwa"),
  languages: name("languages", "langues", "języki"),
  time_zone: name("time zone", "fuseau horaire", "strefa czasowa"),
  limit: name("limit", "limite", "limit"),
  line: name("what happens at the limit", "comportement à la limite", "zachowanie przy limicie"),
  offline_mode: name("offline mode", "mode hors ligne", "tryb offline"),
  mode: name("how channels open", "ouverture des canaux", "sposób otwierania kanałów"),
  channels_per_operator: name("channels per person", "canaux par personne", "kanały na osobę"),
  reopen_channels: name("new channel after each conversation", "nouveau canal après chaque conversation", "nowy kanał po każdej rozmowie"),
  on_leave: name("what leaving does", "effet d’un départ", "skutek wyjścia"),
  visitor_away_after: name("when a visitor is away", "délai d’absence du visiteur", "kiedy gość jest nieobecny"),
  forgotten_after: name("when a conversation ends by itself", "fin automatique", "automatyczny koniec rozmowy"),
  operator_grace: name("when a person goes offline", "délai hors ligne de l’équipe", "kiedy osoba przechodzi w offline"),
  line_grace: name("how long a place is kept", "conservation de la place", "jak długo czeka miejsce"),
  unanswered_after: name("waiting alert", "alerte d’attente", "alarm oczekiwania"),
  "retention.conversations_days": name("how long conversations are kept", "conservation des conversations", "jak długo trzymamy rozmowy"),
  "retention.offline_messages_days": name("how long messages are kept", "conservation des messages", "jak długo trzymamy wiadomości"),
  hours: name("opening hours", "horaires", "godziny otwarcia"),
  departments: name("departments", "services", "działy"),
  header: name("{language} header", "en-tête ({language})", "nagłówek ({language})"),
  welcome: name("{language} welcome text", "accueil ({language})", "powitanie ({language})"),
  origins: name("allowed origins", "origines autorisées", "dozwolone adresy"),
  chat_fields: name("questions before a chat", "questions avant le chat", "pytania przed czatem"),
  "offline_form.fields": name("fields of the form", "champs du formulaire", "pola formularza"),
  "offline_form.header": name("{language} header of the form", "en-tête du formulaire ({language})", "nagłówek formularza ({language})"),
  "offline_form.welcome": name("{language} text of the form", "texte du formulaire ({language})", "tekst formularza ({language})"),
  "offline_form.background": name("colours of the form", "couleurs du formulaire", "kolory formularza"),
  "offline_form.text": name("colours of the form", "couleurs du formulaire", "kolory formularza"),
  "mail.notify": name("address for messages", "adresse des messages", "adres na wiadomości"),
  "mail.reply_to": name("address for replies", "adresse de réponse", "adres odpowiedzi"),
  "mail.from_address": name("sender’s address", "adresse de l’expéditeur", "adres nadawcy"),
  "mail.from_name": name("sender’s name", "nom de l’expéditeur", "nazwa nadawcy"),
  "mail.postal_address": name("postal address", "adresse postale", "adres pocztowy"),
  "mail.templates": name("mail templates", "modèles d’e-mails", "szablony e-maili"),
  "colours.header": name("header’s colours", "couleurs de l’en-tête", "kolory nagłówka"),
  "colours.operator": name("operator’s colours", "couleurs de l’équipe", "kolory zespołu"),
  "colours.visitor": name("visitor’s colours", "couleurs du visiteur", "kolory gościa"),
  "privacy.notice": name("{language} privacy notice", "mention de confidentialité ({language})", "informacja o prywatności ({language})"),
  "privacy.link": name("link to the privacy page", "lien de confidentialité", "link do strony o prywatności"),
  "privacy.consent": name("consent box", "case de consentement", "pole zgody"),
  invitations: name("invitations", "invitations", "zaproszenia"),
  "push.on": name("push", "push", "push"),
  "push.worker": name("the service worker file", "fichier du service worker", "plik service workera"),
  "push.replies": name("replies by push", "réponses par push", "odpowiedzi przez push"),
  "push.icon": name("the notifications’ icon", "icône des notifications", "ikona powiadomień"),
  unread_mails: name("mails of unread replies", "e-mails des réponses non lues", "e-maile z nieprzeczytanymi odpowiedziami"),
  attachments: name("files in chats", "fichiers dans les chats", "pliki w czacie"),
  sounds: name("sounds", "sons", "dźwięki"),
};

/** Every member that has a name. */
export const NAMED: readonly Path[] = Object.keys(NAMES);

export function nameOfPath(language: Language, path: Path): string {
  const known = NAMED.filter((each) => path === each || path.startsWith(`${each}.`)).sort((a, b) => b.length - a.length)[0];
  if (known === undefined) return path;
  return fill(NAMES[known]![language], { language: languageName(language, path.slice(known.length + 1)) });
}

/** Each name once, in the order of the paths. */
export const namesOfPaths = (language: Language, paths: readonly Path[]) => [...new Set(paths.map((path) => nameOfPath(language, path)))];

/** `Polish`, in the reader's language. */
export function languageName(language: Language, tag: string): string {
  try {
    return new Intl.DisplayNames(language, { type: "language" }).of(tag) ?? tag;
  } catch {
    return tag;
  }
}

/** `Polski`, in its own language. */
export function ownName(tag: string): string {
  try {
    const found = new Intl.DisplayNames(tag, { type: "language" }).of(tag) ?? tag;
    return found.slice(0, 1).toLocaleUpperCase(tag) + found.slice(1);
  } catch {
    return tag;
  }
}
