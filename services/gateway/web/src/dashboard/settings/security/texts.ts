/** What the page of one's own security says. Forms by number are objects for `plural`. */

import type { Forms, Language } from "../../../shared/language.ts";

const en = {
  title: "Security", about: "Yours alone. Nobody else in the shop sees this page.",
  unread: "This page could not be read", unreadHint: "Nothing has changed. Try again.",
  secondFactor: "Second factor", on: "On", off: "Off",
  offHint: "The password alone opens the door. With an authenticator app on your phone, a stolen password opens nothing.",
  turnOn: "Turn it on", step1: "Step 1 of 2", step2: "Step 2 of 2", appHint: "An authenticator app gives six new digits every 30 seconds.",
  qr: "A square for the camera of the app; the key beside it says the same", scan: "Scan the square with your app, or type this key:", copyKey: "Copy the key", openApp: "Open the app on this device",
  digits: "Six digits from the app", digitsWrong: "These digits are wrong or have expired. Enter the newest ones.", confirm: "Confirm", back: "Back",
  codes: "Recovery codes", codesHint: "Each opens the door once if the phone is lost. They are shown only now.",
  codesReplaced: "Each opens the door once if the phone is lost. They are shown only now, and the former ones are void.",
  codesFile: "Recovery codes of {email} at {host}. Each works once.",
  download: "Download", copy: "Copy", copyCodes: "Copy the codes", copied: "Copied", notCopied: "Not copied: mark the text and copy it", safe: "I keep these somewhere safe", done: "Done",
  onSince: "On since {day}", codesLeft: { one: "{n} of 8 codes left", other: "{n} of 8 codes left" } as Forms,
  newCodes: "New codes", newCodesTitle: "New recovery codes?", newCodesHint: "The ones you have are void then.", newCodesButton: "Make new codes",
  turnOff: "Turn it off", offSure: "Turn the second factor off?", offSureHint: "Then the password alone opens the door, and the recovery codes are void.",
  yourPassword: "Your password", wrongPassword: "That is not your password. Try again.", cancel: "Cancel",
  sessions: "Where you are signed in", everywhere: "Sign out everywhere", everywhereSure: "Sign out everywhere?", everywhereHint: "This browser too. What you have not sent stays here until you sign in again.", staySignedIn: "Stay signed in",
  thisOne: "This one", now: "Now", since: "since {when}", signOut: "Sign out", signOutOf: "Sign out of {what}", unknownDevice: "Unknown device",
  notEnded: "Still signed in there: the gateway does not answer. Try again.", sessionsUnread: "The list could not be read. It is tried again by itself.",
  password: "Password", current: "Current password", newPassword: "New password", changePassword: "Change the password", passwordChanged: "The password is changed. Other sessions have ended.",
  name: "Name", nameLabel: "Your name, as customers see it", saveName: "Save the name", renamed: "Saved.",
};
export type SecurityTexts = typeof en;

const fr: SecurityTexts = {
  title: "Sécurité", about: "À vous seul. Personne d’autre dans la boutique ne voit cette page.",
  unread: "Cette page n’a pas pu être lue", unreadHint: "Rien n’a changé. Réessayez.",
  secondFactor: "Second facteur", on: "Activé", off: "Désactivé",
  offHint: "Le mot de passe seul ouvre la porte. Avec une application d’authentification sur votre téléphone, un mot de passe volé n’ouvre rien.",
  turnOn: "L’activer", step1: "Étape 1 sur 2", step2: "Étape 2 sur 2", appHint: "Une application d’authentification donne six nouveaux chiffres toutes les 30 secondes.",
  qr: "Un carré pour l’appareil photo de l’application\u00a0; la clé à côté dit la même chose", scan: "Scannez le carré avec votre application, ou tapez cette clé\u00a0:", copyKey: "Copier la clé", openApp: "Ouvrir l’application sur cet appareil",
  digits: "Six chiffres de l’application", digitsWrong: "Ces chiffres sont faux ou ont expiré. Entrez les plus récents.", confirm: "Confirmer", back: "Retour",
  codes: "Codes de secours", codesHint: "Chacun ouvre la porte une fois si le téléphone est perdu. Ils ne sont montrés que maintenant.",
  codesReplaced: "Chacun ouvre la porte une fois si le téléphone est perdu. Ils ne sont montrés que maintenant, et les anciens ne valent plus.",
  codesFile: "Codes de secours de {email} sur {host}. Chacun sert une fois.",
  download: "Télécharger", copy: "Copier", copyCodes: "Copier les codes", copied: "Copié", notCopied: "Non copié\u00a0: sélectionnez le texte et copiez-le", safe: "Je les garde en lieu sûr", done: "Terminé",
  onSince: "Activé depuis le {day}", codesLeft: { one: "{n} code sur 8 restant", other: "{n} codes sur 8 restants" },
  newCodes: "Nouveaux codes", newCodesTitle: "De nouveaux codes de secours\u00a0?", newCodesHint: "Ceux que vous avez ne vaudront plus.", newCodesButton: "Créer de nouveaux codes",
  turnOff: "Le désactiver", offSure: "Désactiver le second facteur\u00a0?", offSureHint: "Le mot de passe seul ouvrira la porte, et les codes de secours ne vaudront plus.",
  yourPassword: "Votre mot de passe", wrongPassword: "Ce n’est pas votre mot de passe. Réessayez.", cancel: "Annuler",
  sessions: "Où vous êtes connecté", everywhere: "Se déconnecter partout", everywhereSure: "Se déconnecter partout\u00a0?", everywhereHint: "De ce navigateur aussi. Ce qui n’est pas envoyé reste ici jusqu’à votre retour.", staySignedIn: "Rester connecté",
  thisOne: "Celui-ci", now: "Maintenant", since: "depuis\u00a0: {when}", signOut: "Déconnecter", signOutOf: "Déconnecter {what}", unknownDevice: "Appareil inconnu",
  notEnded: "Toujours connecté là-bas\u00a0: la passerelle ne répond pas. Réessayez.", sessionsUnread: "La liste n’a pas pu être lue. Un nouvel essai suit.",
  password: "Mot de passe", current: "Mot de passe actuel", newPassword: "Nouveau mot de passe", changePassword: "Changer le mot de passe", passwordChanged: "Le mot de passe est changé. Les autres sessions sont terminées.",
  name: "Nom", nameLabel: "Votre nom, tel que les clients le voient", saveName: "Enregistrer le nom", renamed: "Enregistré.",
};

const pl: SecurityTexts = {
  title: "Bezpieczeństwo", about: "Tylko dla Ciebie. Nikt inny w sklepie nie widzi tej strony.",
  unread: "Nie udało się wczytać strony", unreadHint: "Nic się nie zmieniło. Spróbuj ponownie.",
  secondFactor: "Drugi składnik", on: "Włączony", off: "Wyłączony",
  offHint: "Samo hasło otwiera drzwi. Z aplikacją uwierzytelniającą w telefonie skradzione hasło nie otworzy niczego.",
  turnOn: "Włącz", step1: "Krok 1 z 2", step2: "Krok 2 z 2", appHint: "Aplikacja uwierzytelniająca podaje sześć nowych cyfr co 30 sekund.",
  qr: "Kwadrat dla aparatu w aplikacji; klucz obok mówi to samo", scan: "Zeskanuj kwadrat aplikacją lub przepisz ten klucz:", copyKey: "Skopiuj klucz", openApp: "Otwórz aplikację na tym urządzeniu",
  digits: "Sześć cyfr z aplikacji", digitsWrong: "Te cyfry są błędne lub wygasły. Podaj najnowsze.", confirm: "Potwierdź", back: "Wróć",
  codes: "Kody zapasowe", codesHint: "Każdy otwiera drzwi raz, gdy zginie telefon. Widać je tylko teraz.",
  codesReplaced: "Każdy otwiera drzwi raz, gdy zginie telefon. Widać je tylko teraz, a poprzednie są nieważne.",
  codesFile: "Kody zapasowe konta {email} w {host}. Każdy działa raz.",
  download: "Pobierz", copy: "Skopiuj", copyCodes: "Skopiuj kody", copied: "Skopiowano", notCopied: "Nie skopiowano: zaznacz tekst i skopiuj go", safe: "Trzymam je w bezpiecznym miejscu", done: "Gotowe",
  onSince: "Włączony od {day}", codesLeft: { one: "został {n} kod z 8", few: "zostały {n} kody z 8", many: "zostało {n} kodów z 8", other: "zostało {n} kodu z 8" },
  newCodes: "Nowe kody", newCodesTitle: "Nowe kody zapasowe?", newCodesHint: "Dotychczasowe będą nieważne.", newCodesButton: "Utwórz nowe kody",
  turnOff: "Wyłącz", offSure: "Wyłączyć drugi składnik?", offSureHint: "Drzwi otworzy samo hasło, a kody zapasowe będą nieważne.",
  yourPassword: "Twoje hasło", wrongPassword: "To nie jest Twoje hasło. Spróbuj ponownie.", cancel: "Anuluj",
  sessions: "Gdzie trwa Twoja sesja", everywhere: "Wyloguj wszędzie", everywhereSure: "Wylogować wszędzie?", everywhereHint: "Także w tej przeglądarce. To, co niewysłane, zostaje tu do ponownego zalogowania.", staySignedIn: "Zostań",
  thisOne: "Ta tutaj", now: "Teraz", since: "od: {when}", signOut: "Wyloguj", signOutOf: "Wyloguj: {what}", unknownDevice: "Nieznane urządzenie",
  notEnded: "Sesja tam trwa nadal: bramka nie odpowiada. Spróbuj ponownie.", sessionsUnread: "Nie udało się wczytać listy. Ponowimy próbę.",
  password: "Hasło", current: "Obecne hasło", newPassword: "Nowe hasło", changePassword: "Zmień hasło", passwordChanged: "Hasło jest zmienione. Inne sesje się skończyły.",
  name: "Imię", nameLabel: "Twoje imię, jakie widzą klienci", saveName: "Zapisz imię", renamed: "Zapisano.",
};

export const SECURITY: Record<Language, SecurityTexts> = { en, fr, pl };
