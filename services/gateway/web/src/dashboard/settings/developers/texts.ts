/** What the part for developers says. Forms by number are objects for `plural`. */

import type { Forms, Language } from "../../../shared/language.ts";
import type { Flawed } from "./origin.ts";
import type { Scope } from "./rest.ts";

const en = {
  title: "Developers", hint: "For the people who build the shop. Only owners see keys and secrets.", reference: "API reference",
  tag: "The tag", tagHint: "Once, before the end of the body, on every page.", copyTag: "Copy the tag", copied: "Copied", copy: "Copy", again: "Check again",
  seen: "We see it on your page", looking: "Looking for it", tagFailed: "Whether we see it can’t be said now. Try again.",
  seenOn: { one: "{origin}, {n} page, last {when}", other: "{origin}, {n} pages, last {when}" } as Forms,
  refused: "{origin} asked and was refused, {when}: it is not among the allowed origins.", allow: "Allow", notSeen: "{origin}: not seen yet",
  policy: "Lines for a Content-Security-Policy", policyHint: "Where your pages have one, it must allow these.",
  origins: "Allowed origins", originsHint: "The widget answers on these alone.", newOrigin: "Another origin", add: "Add", remove: "Remove {origin}", insecure: "not safe: http",
  wrongOrigin: { none: "This is no web address, such as https://www.shop.example.", twice: "It is there already.", http: "Begin with https; http would let others listen." } as Record<Flawed["why"], string>,
  secrets: "Signing secrets", secretsHint: "Your server signs with them to vouch for customers who are signed in. Two at a time, so that you can change without a gap.", newSecret: "New secret", noSecrets: "None yet. Without one every visitor is a guest.",
  made: "Made {when}", signs: "signs from now on", stillAccepted: "Still accepted", usedAt: "last used {when}", neverUsed: "not used yet", current: "Current", until: "Until {when}", show: "Show", hide: "Hide", endNow: "End now",
  stillOld: "The shop still signs with the old one. End it when “last used” stands still.",
  thirdTitle: "Make a third secret?", thirdHint: "Two are accepted at a time: the older of them ends now.", thirdYes: "Make it",
  endSecretTitle: "End this secret now?", endSecretHint: "What your server signs with it is refused within half a minute; those customers become guests.", endSecretYes: "End the secret", keep: "Keep it",
  keys: "API keys", keysHint: "A key is shown once, when it is made. We keep only its print.", newKey: "New key", noKeys: "None yet. Your own programs need one to ask Shopbell.",
  yourKey: "Your new key, shown this once", haveIt: "I have it", columns: { name: "Name", key: "Key", may: "May", made: "Made", used: "Last used" }, never: "Never", madeBy: "{when}, by {name}", deeds: "What to do",
  rotate: "Renew", revoke: "Revoke", rotateTitle: "Renew the key “{name}”?", rotateHint: "A new key is made and shown once. The old one stays good for 24 hours.", rotateYes: "Renew the key",
  revokeTitle: "Revoke the key “{name}”?", revokeHint: "Programs that use it are refused at once. This can’t be taken back.", revokeYes: "Revoke the key",
  makeTitle: "A new API key", keyName: "Name", keyNameHint: "What it is for: “Order sync”, say.", scopes: "What it may do", make: "Make the key", cancel: "Cancel", nameMissing: "Give it a name.", scopeMissing: "Choose one at least.",
  scope: {
    "orders:write": "Report orders", "order-status:write": "Report states of orders", "reviews:read": "Read reviews", "customers:export": "Export all about a customer", "customers:erase": "Erase a customer for good",
    "history:read": "Read conversations", "settings:read": "Read the settings", "webhooks:write": "Set up webhooks", "events:read": "Read events, no personal data",
  } as Record<Scope, string>,
  failed: "That did not work. Try again.", unread: "This could not be read.", tryAgain: "Try again",
};
export type DevelopersTexts = typeof en;

const fr: DevelopersTexts = {
  title: "Développeurs", hint: "Pour les personnes qui construisent la boutique. Seuls les propriétaires voient clés et secrets.", reference: "Référence de l’API",
  tag: "La balise", tagHint: "Une fois, avant la fin du body, sur chaque page.", copyTag: "Copier la balise", copied: "Copié", copy: "Copier", again: "Vérifier à nouveau",
  seen: "Nous la voyons sur votre page", looking: "Nous la cherchons", tagFailed: "Impossible de dire pour l’instant si nous la voyons. Réessayez.",
  seenOn: { one: "{origin}, {n} page, vue {when}", other: "{origin}, {n} pages, vue {when}" },
  refused: "{origin} a demandé et a été refusée, {when} : elle n’est pas parmi les origines autorisées.", allow: "Autoriser", notSeen: "{origin} : pas encore vue",
  policy: "Lignes pour une Content-Security-Policy", policyHint: "Si vos pages en ont une, elle doit permettre ceci.",
  origins: "Origines autorisées", originsHint: "Le widget ne répond que là.", newOrigin: "Autre origine", add: "Ajouter", remove: "Retirer {origin}", insecure: "peu sûr : http",
  wrongOrigin: { none: "Ce n’est pas une adresse web, comme https://www.boutique.example.", twice: "Elle y est déjà.", http: "Commencez par https ; avec http, d’autres pourraient écouter." },
  secrets: "Secrets de signature", secretsHint: "Votre serveur signe avec eux pour se porter garant des clients connectés. Deux à la fois, pour en changer sans interruption.", newSecret: "Nouveau secret", noSecrets: "Aucun. Sans secret, chaque visiteur est un invité.",
  made: "Créé {when}", signs: "signe dès maintenant", stillAccepted: "Encore accepté", usedAt: "dernier emploi {when}", neverUsed: "pas encore employé", current: "Actuel", until: "Jusqu’à {when}", show: "Montrer", hide: "Masquer", endNow: "Terminer",
  stillOld: "La boutique signe encore avec l’ancien. Terminez-le quand « dernier emploi » ne bouge plus.",
  thirdTitle: "Créer un troisième secret ?", thirdHint: "Deux sont acceptés à la fois : le plus ancien se termine maintenant.", thirdYes: "Le créer",
  endSecretTitle: "Terminer ce secret maintenant ?", endSecretHint: "Ce que votre serveur signe avec lui est refusé en une demi-minute ; ces clients deviennent des invités.", endSecretYes: "Terminer le secret", keep: "Le garder",
  keys: "Clés d’API", keysHint: "Une clé est montrée une fois, à sa création. Nous n’en gardons que l’empreinte.", newKey: "Nouvelle clé", noKeys: "Aucune. Vos programmes en ont besoin pour interroger Shopbell.",
  yourKey: "Votre nouvelle clé, montrée cette seule fois", haveIt: "Je l’ai", columns: { name: "Nom", key: "Clé", may: "Droits", made: "Créée", used: "Dernier emploi" }, never: "Jamais", madeBy: "{when}, par {name}", deeds: "Actions",
  rotate: "Renouveler", revoke: "Révoquer", rotateTitle: "Renouveler la clé « {name} » ?", rotateHint: "Une nouvelle clé est créée et montrée une fois. L’ancienne vaut encore 24 heures.", rotateYes: "Renouveler la clé",
  revokeTitle: "Révoquer la clé « {name} » ?", revokeHint: "Les programmes qui l’emploient sont refusés aussitôt. C’est définitif.", revokeYes: "Révoquer la clé",
  makeTitle: "Nouvelle clé d’API", keyName: "Nom", keyNameHint: "À quoi elle sert : « Commandes », par exemple.", scopes: "Ce qu’elle peut faire", make: "Créer la clé", cancel: "Annuler", nameMissing: "Donnez-lui un nom.", scopeMissing: "Choisissez au moins un droit.",
  scope: {
    "orders:write": "Signaler des commandes", "order-status:write": "Signaler l’état des commandes", "reviews:read": "Lire les avis", "customers:export": "Exporter tout sur un client", "customers:erase": "Effacer un client pour de bon",
    "history:read": "Lire les conversations", "settings:read": "Lire les réglages", "webhooks:write": "Régler les webhooks", "events:read": "Lire les événements, sans données personnelles",
  },
  failed: "Cela n’a pas marché. Réessayez.", unread: "Ceci n’a pas pu être lu.", tryAgain: "Réessayer",
};

const pl: DevelopersTexts = {
  title: "Dla programistów", hint: "Dla tych, którzy budują sklep. Klucze i sekrety widzą tylko właściciele.", reference: "Dokumentacja API",
  tag: "Znacznik", tagHint: "Raz, przed końcem body, na każdej stronie.", copyTag: "Kopiuj znacznik", copied: "Skopiowano", copy: "Kopiuj", again: "Sprawdź ponownie",
  seen: "Widzimy go na Twojej stronie", looking: "Szukamy go", tagFailed: "Nie wiadomo teraz, czy go widzimy. Spróbuj ponownie.",
  seenOn: { one: "{origin}, {n} strona, ostatnio {when}", few: "{origin}, {n} strony, ostatnio {when}", many: "{origin}, {n} stron, ostatnio {when}", other: "{origin}, {n} strony, ostatnio {when}" },
  refused: "{origin}: odmowa, {when}. Tego adresu nie ma wśród dozwolonych.", allow: "Zezwól", notSeen: "{origin}: jeszcze go nie widać",
  policy: "Wiersze dla Content-Security-Policy", policyHint: "Jeśli Twoje strony ją mają, musi na to pozwalać.",
  origins: "Dozwolone adresy", originsHint: "Widżet odpowiada tylko na nich.", newOrigin: "Kolejny adres", add: "Dodaj", remove: "Usuń {origin}", insecure: "niebezpieczne: http",
  wrongOrigin: { none: "To nie jest adres WWW, taki jak https://www.sklep.example.", twice: "Już tu jest.", http: "Zacznij od https; przy http ktoś mógłby podsłuchać." },
  secrets: "Sekrety do podpisu", secretsHint: "Twój serwer podpisuje nimi, że ręczy za zalogowanych klientów. Dwa naraz, żeby zmienić je bez przerwy.", newSecret: "Nowy sekret", noSecrets: "Jeszcze żadnego. Bez sekretu każdy odwiedzający jest gościem.",
  made: "Powstał: {when}", signs: "podpisuje od teraz", stillAccepted: "Nadal przyjmowany", usedAt: "ostatnio użyty: {when}", neverUsed: "jeszcze nieużyty", current: "Aktualny", until: "Do: {when}", show: "Pokaż", hide: "Ukryj", endNow: "Zakończ",
  stillOld: "Sklep podpisuje jeszcze starym. Zakończ go, gdy „ostatnio użyty” przestanie się zmieniać.",
  thirdTitle: "Utworzyć trzeci sekret?", thirdHint: "Naraz przyjmowane są dwa: starszy z nich kończy się teraz.", thirdYes: "Utwórz",
  endSecretTitle: "Zakończyć ten sekret teraz?", endSecretHint: "To, co Twój serwer nim podpisuje, w pół minuty przestanie być przyjmowane; ci klienci staną się gośćmi.", endSecretYes: "Zakończ sekret", keep: "Zostaw",
  keys: "Klucze API", keysHint: "Klucz widać raz, przy tworzeniu. Przechowujemy tylko jego odcisk.", newKey: "Nowy klucz", noKeys: "Jeszcze żadnego. Twoje programy potrzebują klucza, by pytać Shopbell.",
  yourKey: "Twój nowy klucz, pokazany ten jeden raz", haveIt: "Mam go", columns: { name: "Nazwa", key: "Klucz", may: "Może", made: "Powstał", used: "Ostatnie użycie" }, never: "Nigdy", madeBy: "{when}, {name}", deeds: "Działania",
  rotate: "Odnów", revoke: "Unieważnij", rotateTitle: "Odnowić klucz „{name}”?", rotateHint: "Powstanie nowy klucz, pokazany raz. Stary działa jeszcze 24 godziny.", rotateYes: "Odnów klucz",
  revokeTitle: "Unieważnić klucz „{name}”?", revokeHint: "Programy, które go używają, od razu dostaną odmowę. Tego nie da się cofnąć.", revokeYes: "Unieważnij klucz",
  makeTitle: "Nowy klucz API", keyName: "Nazwa", keyNameHint: "Do czego służy, na przykład „Zamówienia”.", scopes: "Co może", make: "Utwórz klucz", cancel: "Anuluj", nameMissing: "Nadaj mu nazwę.", scopeMissing: "Wybierz przynajmniej jedno.",
  scope: {
    "orders:write": "Zgłaszać zamówienia", "order-status:write": "Zgłaszać stany zamówień", "reviews:read": "Czytać opinie", "customers:export": "Eksportować wszystko o kliencie", "customers:erase": "Usunąć klienta na dobre",
    "history:read": "Czytać rozmowy", "settings:read": "Czytać ustawienia", "webhooks:write": "Ustawiać webhooki", "events:read": "Czytać zdarzenia, bez danych osobowych",
  },
  failed: "To się nie udało. Spróbuj ponownie.", unread: "Nie udało się tego odczytać.", tryAgain: "Spróbuj ponownie",
};

export const DEVELOPERS: Record<Language, DevelopersTexts> = { en, fr, pl };
