/** What the part about push says. */

import type { Language } from "../../../shared/language.ts";

const en = {
  title: "Push", hint: "Visitors who ring the bell on your pages hear from you later, through their browser. No name, no address.",
  on: "Show the bell on the shop’s pages", onHint: "One tap asks the browser, which asks the visitor. Off: nobody new can subscribe, and no new campaign goes out",
  replies: "Replies to visitors who have left", repliesHint: "Where an answer finds nobody on the page any more",
  byPush: "By push", byPushHint: "To the browser in which they chatted, if they rang the bell",
  byMail: "By mail", byMailHint: "If the reply stays unread for a while and they gave an address",
  icon: "The icon", iconHint: "Beside every notification: campaigns, tests and replies. A square PNG of 192 × 192 pixels or more looks sharp everywhere.",
  iconAddress: "Its address", iconAddressHint: "Of a picture on one of your origins; empty: the browser’s own", sample: "How notifications begin", noIcon: "No icon: the browser shows its own.", noPicture: "No picture came from this address.", size: "{width} × {height} pixels.", notSquare: "What is not square is cut or gets bars.", small: "That is small: it is blurred on phones.",
  iconFlaws: { address: "An address such as https://shop.example/icon.png, without spaces or accents.", origin: "The picture must lie on one of the shop’s allowed origins." },
  file: "The service worker file", fileHint: "Browsers take push for your pages only through a file on your own server. It has one line and needs no change later.",
  content: "Its only line", copyLine: "Copy the line", path: "Where it is", pathHint: "The path on each of your origins; deeper down works, too", badPath: "A path such as /shopbell-sw.js: letters, digits and . _ - / only.",
  standing: "Is it there?", found: "In its place", unread: "Whether the file is there can’t be said now. Try again.", checking: "Looking for it",
  noOrigins: "No origins are allowed yet.", toOrigins: "Add one under Developers", unsaved: "Saved changes are looked for. Save first.",
  reasons: {
    unreachable: "Not reached: the server did not answer.", not_found: "There is no file at this path.", wrong_type: "The file is there, but not served as JavaScript (text/javascript).",
    wrong_content: "There is a file, but without our line.",
  } as Record<string, string>,
  policy: "A page’s Content-Security-Policy must allow worker-src 'self'; one sent with the file itself script-src and connect-src {origin}.",
};
export type PushTexts = typeof en;

const fr: PushTexts = {
  title: "Push", hint: "Les visiteurs qui touchent la cloche de vos pages ont de vos nouvelles plus tard, par leur navigateur. Ni nom, ni adresse.",
  on: "Afficher la cloche sur les pages de la boutique", onHint: "Un geste demande au navigateur, qui demande au visiteur. Désactivé\u00a0: plus d’abonnement, et aucune nouvelle campagne ne part",
  replies: "Réponses aux visiteurs partis", repliesHint: "Quand une réponse ne trouve plus personne sur la page",
  byPush: "Par push", byPushHint: "Dans le navigateur de la conversation, si la cloche y est activée",
  byMail: "Par e-mail", byMailHint: "Si la réponse reste non lue un moment et qu’une adresse a été donnée",
  icon: "L’icône", iconHint: "À côté de chaque notification\u00a0: campagnes, essais et réponses. Un PNG carré de 192 × 192 pixels ou plus reste net partout.",
  iconAddress: "Son adresse", iconAddressHint: "D’une image sur l’une de vos origines\u00a0; vide\u00a0: celle du navigateur", sample: "Le début des notifications", noIcon: "Pas d’icône\u00a0: le navigateur montre la sienne.", noPicture: "Aucune image n’est venue de cette adresse.", size: "{width} × {height} pixels.", notSquare: "Ce qui n’est pas carré est coupé ou bordé.", small: "C’est petit\u00a0: elle sera floue sur téléphone.",
  iconFlaws: { address: "Une adresse comme https://shop.example/icon.png, sans espaces ni accents.", origin: "L’image doit se trouver sur l’une des origines autorisées de la boutique." },
  file: "Le fichier du service worker", fileHint: "Les navigateurs n’acceptent le push pour vos pages que par un fichier sur votre propre serveur. Il tient en une ligne et ne changera plus.",
  content: "Sa seule ligne", copyLine: "Copier la ligne", path: "Son emplacement", pathHint: "Le chemin sur chacune de vos origines\u00a0; plus profond convient aussi", badPath: "Un chemin comme /shopbell-sw.js\u00a0: lettres, chiffres et . _ - / seulement.",
  standing: "Est-il en place\u00a0?", found: "En place", unread: "Impossible de dire pour l’instant si le fichier est là. Réessayez.", checking: "Nous le cherchons",
  noOrigins: "Aucune origine n’est encore autorisée.", toOrigins: "En ajouter une sous Développeurs", unsaved: "Seul ce qui est enregistré est cherché. Enregistrez d’abord.",
  reasons: {
    unreachable: "Hors d’atteinte\u00a0: le serveur n’a pas répondu.", not_found: "Aucun fichier à ce chemin.", wrong_type: "Le fichier est là, mais n’est pas servi comme JavaScript (text/javascript).",
    wrong_content: "Il y a un fichier, mais sans notre ligne.",
  },
  policy: "La Content-Security-Policy d’une page doit permettre worker-src 'self'\u00a0; celle du fichier lui-même, script-src et connect-src {origin}.",
};

const pl: PushTexts = {
  title: "Push", hint: "Goście, którzy dotkną dzwonka na Twoich stronach, dostaną wieści później, przez przeglądarkę. Bez nazwiska i adresu.",
  on: "Pokazuj dzwonek na stronach sklepu", onHint: "Jedno dotknięcie pyta przeglądarkę, a ta gościa. Wyłączone: nikt nowy się nie zapisze i żadna nowa kampania nie wyjdzie",
  replies: "Odpowiedzi dla gości, którzy wyszli", repliesHint: "Gdy odpowiedź nie zastaje już nikogo na stronie",
  byPush: "Przez push", byPushHint: "Do przeglądarki, w której trwała rozmowa, jeśli dzwonek jest włączony",
  byMail: "E-mailem", byMailHint: "Jeśli odpowiedź przez jakiś czas pozostaje nieprzeczytana, a gość zostawił adres",
  icon: "Ikona", iconHint: "Obok każdego powiadomienia: kampanii, prób i odpowiedzi. Kwadratowy PNG od 192 × 192 pikseli jest wszędzie ostry.",
  iconAddress: "Jej adres", iconAddressHint: "Obrazek na jednym z Twoich adresów; puste: ikona przeglądarki", sample: "Tak zaczynają się powiadomienia", noIcon: "Bez ikony: przeglądarka pokazuje własną.", noPicture: "Pod tym adresem nie ma obrazka.", size: "{width} × {height} pikseli.", notSquare: "Co nie jest kwadratem, zostanie przycięte lub dostanie paski.", small: "To mało: na telefonie będzie nieostra.",
  iconFlaws: { address: "Adres taki jak https://shop.example/icon.png, bez spacji i polskich znaków.", origin: "Obrazek musi leżeć na jednym z dozwolonych adresów sklepu." },
  file: "Plik service workera", fileHint: "Przeglądarki przyjmują push dla Twoich stron tylko przez plik na Twoim serwerze. Ma jeden wiersz i nie trzeba go potem zmieniać.",
  content: "Jego jedyny wiersz", copyLine: "Kopiuj wiersz", path: "Gdzie leży", pathHint: "Ścieżka na każdym z Twoich adresów; może być głębiej", badPath: "Ścieżka, na przykład /shopbell-sw.js: tylko litery, cyfry i . _ - /",
  standing: "Czy jest na miejscu?", found: "Na miejscu", unread: "Nie da się teraz powiedzieć, czy plik jest na miejscu. Spróbuj ponownie.", checking: "Szukamy go",
  noOrigins: "Nie ma jeszcze dozwolonych adresów.", toOrigins: "Dodaj adres w części Dla programistów", unsaved: "Szukamy tego, co zapisane. Najpierw zapisz.",
  reasons: {
    unreachable: "Nie udało się połączyć: serwer nie odpowiedział.", not_found: "Pod tą ścieżką nie ma pliku.", wrong_type: "Plik jest, ale serwer nie podaje go jako JavaScript (text/javascript).",
    wrong_content: "Plik jest, ale bez naszego wiersza.",
  },
  policy: "Content-Security-Policy strony musi pozwalać na worker-src 'self', a wysyłana z samym plikiem na script-src i connect-src {origin}.",
};

export const PUSH_SETTINGS: Record<Language, PushTexts> = { en, fr, pl };
