/** What the change log says. */

import type { Language } from "../../../shared/language.ts";

const en = {
  title: "Change log", hint: "Who changed what, and when. Nothing here can be edited; an undo is a new entry.",
  search: "Search the changes", who: "Who", anybody: "Anybody", part: "Part", allParts: "All settings",
  period: "Time", allTime: "All time", week: "Last 7 days", month: "Last 30 days", table: "CSV", tableLabel: "Download as a CSV table",
  failed: "The changes could not be read", failedShort: "The changes could not be read anew.", failedHint: "Everything else works. Try again in a moment.",
  none: "No changes yet", noneHint: "Whatever somebody saves in the settings is written down here.",
  noMatch: "No change matches", noMatchHint: "Search for another word, or show all changes.", clear: "Show all",
  more: "Show older changes", entries: "Changes",
  changed: "{name} changed: {what}", undid: "{name} undid {other}’s change: {what}", to: "to", added: "{name} added: {what}", removed: "{name} removed: {what}", did: "{name}: {did}",
  undo: "Undo", undoing: "Undoing", undoLabel: "Undo: {what}", undoneBy: "Undone by {name}", elsewhere: "Change it in {part}",
  sure: "Undo: {what}?", sureHint: "Visitors see it at once. Now: {now}. Then: {then}.", yes: "Put it back", no: "Leave it",
  since: "{what} was changed again", sinceHint: "Undoing gives back {former}. Now it is {current}.", keep: "Keep {value}", put: "Put {value} back",
  undone: "Undone. The change log has a new entry.", refused: "It can’t be put back: {why}", notUndone: "Not undone, the server did not answer. Try again.", unsavedHint: "Save or discard your own changes first.",
  nothing: "nothing", on: "on", off: "off", line: "line", form: "form", closed: "closed", nobody: "nobody", alwaysOpen: "always open", asInTheWeek: "as in the week", weekly: "hours by week",
  forEver: "for ever", days: "{n} days", span: "{opens} to {closes}", member: "{name}: {value}", required: "required", asked: "asked for", notAsked: "not asked for",
  cannedReply: "canned reply /{shortcut}", department: "department {name}", invitation: "invitation {name}",
  words: { slots: "by themselves", manual: "by hand", keep: "stay with the person", end: "end" } as Record<string, string>,
  members: {
    first_name: "first name", last_name: "last name", email: "email", phone: "phone", message: "message", background: "background", text: "text",
    name: "name", operators: "people", on: "in use", after: "seconds on the page", page: "page", cart: "cart worth at least", shortcut: "shortcut", texts: "texts", subject: "subject", html: "HTML",
  } as Record<string, string>,
  templates: { offline_message: "offline message", answer: "answer", transcript: "transcript", receipt: "receipt", review_request: "request for reviews", review_reminder: "reminder of reviews", unread: "unread reply" } as Record<string, string>,
  roles: { owner: "Owner", manager: "Manager", operator: "Operator" } as Record<string, string>,
  deeds: {
    "staff.admitted": "{whom} admitted", "staff.invited": "{whom} invited", "staff.invitation_resent": "invitation to {whom} sent again", "staff.invitation_withdrawn": "invitation to {whom} withdrawn", "staff.joined": "invitation taken up",
    "staff.role_changed": "role of {whom} changed", "staff.renamed": "name of {whom} changed", "staff.access_closed": "access of {whom} closed", "staff.let_back": "{whom} let back in", "staff.second_factor_off": "second factor of {whom} turned off",
    "key.made": "key “{whom}” made", "key.rotated": "key “{whom}” replaced", "key.revoked": "key “{whom}” revoked", "secret.made": "signing secret {whom} made", "secret.shown": "signing secret {whom} looked at", "secret.ended": "signing secret {whom} ended",
    "second_factor.on": "second factor turned on", "second_factor.off": "second factor turned off", "recovery_codes.renewed": "new recovery codes made", "recovery_code.used": "signed in with a recovery code",
    "password.changed": "password changed", "password.reset": "password reset by mail", "session.ended_all": "signed out everywhere",
  } as Record<string, string>,
};
export type ChangeTexts = typeof en;

const fr: ChangeTexts = {
  title: "Journal des modifications", hint: "Qui a changé quoi, et quand. Rien ne se modifie ici\u00a0; une annulation est une nouvelle entrée.",
  search: "Chercher dans les modifications", who: "Qui", anybody: "Tout le monde", part: "Partie", allParts: "Tous les réglages",
  period: "Période", allTime: "Tout", week: "7 derniers jours", month: "30 derniers jours", table: "CSV", tableLabel: "Télécharger en tableau CSV",
  failed: "Les modifications n’ont pas pu être lues", failedShort: "Les modifications n’ont pas pu être relues.", failedHint: "Tout le reste fonctionne. Réessayez dans un instant.",
  none: "Aucune modification", noneHint: "Tout ce qui est enregistré dans les réglages est noté ici.",
  noMatch: "Aucune modification ne correspond", noMatchHint: "Cherchez un autre mot, ou affichez tout.", clear: "Tout afficher",
  more: "Afficher les plus anciennes", entries: "Modifications",
  changed: "{name} a modifié\u00a0: {what}", undid: "{name} a annulé la modification de {other}\u00a0: {what}", to: "devient", added: "{name} a ajouté\u00a0: {what}", removed: "{name} a retiré\u00a0: {what}", did: "{name}\u00a0: {did}",
  undo: "Annuler", undoing: "Annulation", undoLabel: "Annuler\u00a0: {what}", undoneBy: "Annulé par {name}", elsewhere: "Se change dans {part}",
  sure: "Annuler\u00a0: {what}\u00a0?", sureHint: "Les visiteurs le voient aussitôt. Maintenant\u00a0: {now}. Ensuite\u00a0: {then}.", yes: "Rétablir", no: "Laisser ainsi",
  since: "Modifié depuis\u00a0: {what}", sinceHint: "L’annulation rétablit {former}. La valeur actuelle est {current}.", keep: "Garder {value}", put: "Rétablir {value}",
  undone: "Annulé. Le journal a une nouvelle entrée.", refused: "Impossible à rétablir\u00a0: {why}", notUndone: "Non annulé, le serveur n’a pas répondu. Réessayez.", unsavedHint: "Enregistrez ou abandonnez d’abord vos propres modifications.",
  nothing: "rien", on: "activé", off: "désactivé", line: "file", form: "formulaire", closed: "fermé", nobody: "personne", alwaysOpen: "toujours ouvert", asInTheWeek: "comme la semaine", weekly: "horaires par semaine",
  forEver: "sans limite", days: "{n} jours", span: "{opens} à {closes}", member: "{name}\u00a0: {value}", required: "obligatoire", asked: "demandé", notAsked: "non demandé",
  cannedReply: "réponse prête /{shortcut}", department: "service {name}", invitation: "invitation {name}",
  words: { slots: "d’eux-mêmes", manual: "à la main", keep: "restent avec la personne", end: "se terminent" },
  members: {
    first_name: "prénom", last_name: "nom", email: "e-mail", phone: "téléphone", message: "message", background: "fond", text: "texte",
    name: "nom", operators: "personnes", on: "en service", after: "secondes sur la page", page: "page", cart: "panier d’au moins", shortcut: "raccourci", texts: "textes", subject: "objet", html: "HTML",
  },
  templates: { offline_message: "message hors ligne", answer: "réponse", transcript: "transcription", receipt: "accusé", review_request: "demande d’avis", review_reminder: "rappel d’avis", unread: "réponse non lue" },
  roles: { owner: "Propriétaire", manager: "Responsable", operator: "Opérateur" },
  deeds: {
    "staff.admitted": "accès donné à {whom}", "staff.invited": "invitation de {whom}", "staff.invitation_resent": "invitation de {whom} renvoyée", "staff.invitation_withdrawn": "invitation de {whom} retirée", "staff.joined": "invitation acceptée",
    "staff.role_changed": "rôle de {whom} modifié", "staff.renamed": "nom de {whom} modifié", "staff.access_closed": "accès de {whom} fermé", "staff.let_back": "accès de {whom} rouvert", "staff.second_factor_off": "second facteur de {whom} désactivé",
    "key.made": "clé «\u00a0{whom}\u00a0» créée", "key.rotated": "clé «\u00a0{whom}\u00a0» remplacée", "key.revoked": "clé «\u00a0{whom}\u00a0» révoquée", "secret.made": "secret de signature {whom} créé", "secret.shown": "secret de signature {whom} consulté", "secret.ended": "secret de signature {whom} terminé",
    "second_factor.on": "second facteur activé", "second_factor.off": "second facteur désactivé", "recovery_codes.renewed": "nouveaux codes de secours", "recovery_code.used": "connexion par un code de secours",
    "password.changed": "mot de passe changé", "password.reset": "mot de passe réinitialisé par e-mail", "session.ended_all": "déconnexion partout",
  },
};

const pl: ChangeTexts = {
  title: "Dziennik zmian", hint: "Kto, co i kiedy. Nic tu nie można zmienić; cofnięcie to nowy wpis.",
  search: "Szukaj w zmianach", who: "Kto", anybody: "Wszyscy", part: "Część", allParts: "Wszystkie ustawienia",
  period: "Czas", allTime: "Cały czas", week: "Ostatnie 7 dni", month: "Ostatnie 30 dni", table: "CSV", tableLabel: "Pobierz jako tabelę CSV",
  failed: "Nie udało się wczytać zmian", failedShort: "Nie udało się wczytać zmian na nowo.", failedHint: "Wszystko inne działa. Spróbuj ponownie za chwilę.",
  none: "Nie ma jeszcze zmian", noneHint: "Wszystko, co zapisano w ustawieniach, pojawia się tutaj.",
  noMatch: "Żadna zmiana nie pasuje", noMatchHint: "Poszukaj innego słowa albo pokaż wszystko.", clear: "Pokaż wszystko",
  more: "Pokaż starsze zmiany", entries: "Zmiany",
  changed: "{name}, zmiana: {what}", undid: "{name}, cofnięcie zmiany ({other}): {what}", to: "na", added: "{name}, nowe: {what}", removed: "{name}, usunięcie: {what}", did: "{name}: {did}",
  undo: "Cofnij", undoing: "Cofanie", undoLabel: "Cofnij: {what}", undoneBy: "Cofnięto ({name})", elsewhere: "Zmienisz to tutaj: {part}",
  sure: "Cofnąć: {what}?", sureHint: "Goście zobaczą to od razu. Teraz: {now}. Potem: {then}.", yes: "Przywróć", no: "Zostaw",
  since: "Zmienione od tego czasu: {what}", sinceHint: "Cofnięcie przywraca: {former}. Teraz jest: {current}.", keep: "Zostaw: {value}", put: "Przywróć: {value}",
  undone: "Cofnięto. W dzienniku jest nowy wpis.", refused: "Nie można przywrócić: {why}", notUndone: "Nie cofnięto, serwer nie odpowiedział. Spróbuj ponownie.", unsavedHint: "Najpierw zapisz lub odrzuć własne zmiany.",
  nothing: "nic", on: "włączone", off: "wyłączone", line: "kolejka", form: "formularz", closed: "zamknięte", nobody: "nikt", alwaysOpen: "zawsze otwarte", asInTheWeek: "jak w tygodniu", weekly: "godziny tygodnia",
  forEver: "bezterminowo", days: "dni: {n}", span: "{opens}–{closes}", member: "{name}: {value}", required: "wymagane", asked: "pytamy", notAsked: "nie pytamy",
  cannedReply: "gotowa odpowiedź /{shortcut}", department: "dział {name}", invitation: "zaproszenie {name}",
  words: { slots: "same", manual: "ręcznie", keep: "zostają przy osobie", end: "kończą się" },
  members: {
    first_name: "imię", last_name: "nazwisko", email: "e-mail", phone: "telefon", message: "wiadomość", background: "tło", text: "tekst",
    name: "nazwa", operators: "osoby", on: "w użyciu", after: "sekundy na stronie", page: "strona", cart: "koszyk od", shortcut: "skrót", texts: "teksty", subject: "temat", html: "HTML",
  },
  templates: { offline_message: "wiadomość offline", answer: "odpowiedź", transcript: "zapis rozmowy", receipt: "potwierdzenie", review_request: "prośba o opinie", review_reminder: "przypomnienie o opiniach", unread: "nieprzeczytana odpowiedź" },
  roles: { owner: "Właściciel", manager: "Kierownik", operator: "Operator" },
  deeds: {
    "staff.admitted": "dostęp dla: {whom}", "staff.invited": "zaproszenie: {whom}", "staff.invitation_resent": "ponowne zaproszenie: {whom}", "staff.invitation_withdrawn": "wycofane zaproszenie: {whom}", "staff.joined": "zaproszenie przyjęte",
    "staff.role_changed": "zmiana roli: {whom}", "staff.renamed": "zmiana nazwy: {whom}", "staff.access_closed": "dostęp zamknięty: {whom}", "staff.let_back": "dostęp przywrócony: {whom}", "staff.second_factor_off": "drugi składnik wyłączony: {whom}",
    "key.made": "nowy klucz „{whom}”", "key.rotated": "wymiana klucza „{whom}”", "key.revoked": "unieważnienie klucza „{whom}”", "secret.made": "nowy sekret podpisu {whom}", "secret.shown": "wgląd w sekret podpisu {whom}", "secret.ended": "koniec sekretu podpisu {whom}",
    "second_factor.on": "drugi składnik włączony", "second_factor.off": "drugi składnik wyłączony", "recovery_codes.renewed": "nowe kody zapasowe", "recovery_code.used": "wejście kodem zapasowym",
    "password.changed": "zmiana hasła", "password.reset": "nowe hasło przez e-mail", "session.ended_all": "wylogowanie wszędzie",
  },
};

export const CHANGES: Record<Language, ChangeTexts> = { en, fr, pl };
