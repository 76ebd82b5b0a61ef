/** What is said while a campaign is composed. */

import type { Forms, Language } from "../../shared/language.ts";
import type { Flaw } from "./form.ts";

const en = {
  title: "New campaign", edit: "Draft", language: "Language of the text", written: "written", subject: "Subject", text: "Text", count: "{n} of {most}", plain: "{n} of {most}, plain text",
  instead: "Who reads {language} gets it in {first} while this is empty.", url: "Opens this page when clicked", checking: "Looking", found: "Found", notFound: "Not found", answered: "Answers {status}", elsewhere: "Not one of your pages", unchecked: "Could not look",
  audience: "Audience", of: "{n} of {all} subscribers", everyone: "Everyone", some: "Some", someHint: "By the rules below", me: "Only me", meHint: "A test, to your own browsers", meIn: { one: "A test, {n} browser", other: "A test, {n} browsers" } as Forms,
  rules: "Rules", add: "Add a rule: {rule}", remove: "Remove the rule: {rule}", languages: "Language", groups: "Pages", since: "Subscribed", pick: "Choose", noGroups: "No subscriber has been seen on a named group of pages yet.",
  olderThan: "more than", newerThan: "less than", daysAgo: "days ago", over: { one: "over {n} day ago", other: "over {n} days ago" } as Forms, within: { one: "in the last {n} day", other: "in the last {n} days" } as Forms, close: "Done",
  when: "When", now: "Now", nowHint: "As soon as you confirm", at: "At a time", later: "When I say so", laterHint: "It stays a draft", date: "Day", time: "Time", local: "At that time in each subscriber’s time zone", byShop: "By the shop’s clock, {zone}",
  delivery: "Delivery", ttl: "Keep trying for", ttlNow: "Only right now", hours: { one: "{n} hour", other: "{n} hours" } as Forms, days: { one: "{n} day", other: "{n} days" } as Forms, weeks: { one: "{n} week", other: "{n} weeks" } as Forms,
  urgency: "Urgency", topic: "Topic", topicHint: "replaces an older one", quiet: "Respect quiet hours", from: "From", to: "To", cap: "At most {most} in {days} for each subscriber", capOn: "Limit how many each subscriber gets", capMost: "Campaigns at most", capDays: "In how long",
  preview: "Preview", windows: "Windows, Edge and Chrome", android: "Android, locked", moment: "now", seen: "Phones show about {most} characters of the text until it is opened. Yours is", fits: "Fits everywhere", cut: "Cut on phones until it is opened", ownIcon: "The icon is the shop’s own, from Settings.", noIcon: "Without an icon of the shop the browser shows its own.", toIcon: "Add one in Settings", iphone: "On an iPhone the shop must be on the home screen first.",
  subjectHere: "The subject stands here", textHere: "The text stands here.",
  fresh: "Nothing to keep yet", here: "Kept in this browser", saving: "Keeping the draft", kept: "Draft kept {ago} ago", keptNow: "Draft kept", unreachable: "Kept in this browser: the server does not answer", refused: "Not kept: {why}",
  schedule: "Schedule for {n}", send: "Send to {n}", keep: "Keep the draft", test: "Send me a test", discard: "Discard draft",
  sendSure: { one: "Send to {n} browser now?", other: "Send to {n} browsers now?" } as Forms, sendHint: "“{subject}” goes out at once.", sendStop: "Sending can be stopped; what has arrived stays.",
  quietFor: "Quiet hours hold for {n} of them: there it goes out at {end}, by each subscriber’s clock.", quietForAll: "“{subject}” waits until {end}, by each subscriber’s clock: quiet hours hold for all of them.", quietForSome: "Where quiet hours hold, it goes out at {end}, by each subscriber’s clock.",
  sendYes: "Send now", sendNo: "Not yet",
  discardSure: "Discard this draft?", discardHint: "Its texts and rules go. No subscriber has seen it.", discardYes: "Discard draft", discardNo: "Keep it",
  tested: { one: "A test is on its way to {n} browser of yours.", other: "A test is on its way to {n} browsers of yours." } as Forms, noBrowser: "None of your browsers takes notifications. Turn on “{switch}” in the menu under your initials, then test again.",
  nobody: "Nobody is left by these rules. Remove one.", notSent: "That did not work. Try again.", often: "Too many at once. Try again in a minute.",
  flaws: {
    noSubject: "A subject is needed.", textAlone: "One language has a text and no subject.", noUrl: "A page to open is needed.", badUrl: "This is no web address. It begins with https://", past: "This time has passed.", noTime: "A day and a time are needed.",
  } as Record<Flaw, string>,
};
export type ComposeTexts = typeof en;

const fr: ComposeTexts = {
  title: "Nouvelle campagne", edit: "Brouillon", language: "Langue du texte", written: "rédigé", subject: "Objet", text: "Texte", count: "{n} sur {most}", plain: "{n} sur {most}, texte simple",
  instead: "Qui lit en {language} le reçoit en {first} tant que c’est vide.", url: "Page ouverte au clic", checking: "Vérification", found: "Trouvée", notFound: "Introuvable", answered: "Répond {status}", elsewhere: "Pas une de vos pages", unchecked: "Non vérifiée",
  audience: "Public", of: "{n} sur {all} abonnés", everyone: "Tout le monde", some: "Une partie", someHint: "Selon les règles ci-dessous", me: "Moi seul", meHint: "Un essai, vers vos navigateurs", meIn: { one: "Un essai, {n} navigateur", other: "Un essai, {n} navigateurs" },
  rules: "Règles", add: "Ajouter une règle : {rule}", remove: "Retirer la règle : {rule}", languages: "Langue", groups: "Pages", since: "Abonnés", pick: "Choisir", noGroups: "Aucun abonné n’a encore été vu sur un groupe de pages.",
  olderThan: "depuis plus de", newerThan: "depuis moins de", daysAgo: "jours", over: { one: "depuis plus de {n} jour", other: "depuis plus de {n} jours" }, within: { one: "depuis moins de {n} jour", other: "depuis moins de {n} jours" }, close: "Terminé",
  when: "Quand", now: "Maintenant", nowHint: "Dès que vous confirmez", at: "À une heure", later: "Quand je le dis", laterHint: "Reste un brouillon", date: "Jour", time: "Heure", local: "À cette heure dans le fuseau de chaque abonné", byShop: "À l’horloge de la boutique, {zone}",
  delivery: "Remise", ttl: "Essayer pendant", ttlNow: "Tout de suite seulement", hours: { one: "{n} heure", other: "{n} heures" }, days: { one: "{n} jour", other: "{n} jours" }, weeks: { one: "{n} semaine", other: "{n} semaines" },
  urgency: "Urgence", topic: "Sujet", topicHint: "remplace un plus ancien", quiet: "Respecter les heures calmes", from: "De", to: "À", cap: "Au plus {most} en {days} par abonné", capOn: "Limiter le nombre par abonné", capMost: "Campagnes au plus", capDays: "Sur quelle durée",
  preview: "Aperçu", windows: "Windows, Edge et Chrome", android: "Android, verrouillé", moment: "maintenant", seen: "Les téléphones montrent environ {most} caractères du texte avant l’ouverture. Le vôtre en a", fits: "Tient partout", cut: "Coupé sur téléphone avant l’ouverture", ownIcon: "L’icône est celle de la boutique, dans les réglages.", noIcon: "Sans icône de la boutique, le navigateur montre la sienne.", toIcon: "En ajouter une dans les réglages", iphone: "Sur iPhone, la boutique doit d’abord être sur l’écran d’accueil.",
  subjectHere: "L’objet se trouve ici", textHere: "Le texte se trouve ici.",
  fresh: "Rien à garder pour l’instant", here: "Gardé dans ce navigateur", saving: "Enregistrement du brouillon", kept: "Brouillon gardé il y a {ago}", keptNow: "Brouillon gardé", unreachable: "Gardé dans ce navigateur : le serveur ne répond pas", refused: "Non gardé : {why}",
  schedule: "Planifier pour {n}", send: "Envoyer à {n}", keep: "Garder le brouillon", test: "M’envoyer un essai", discard: "Supprimer le brouillon",
  sendSure: { one: "Envoyer à {n} navigateur maintenant ?", other: "Envoyer à {n} navigateurs maintenant ?" }, sendHint: "« {subject} » part aussitôt.", sendStop: "L’envoi peut être arrêté ; ce qui est arrivé reste.",
  quietFor: "Les heures calmes sont en cours pour {n} d’entre eux : là, l’envoi part à {end}, à l’horloge de chaque abonné.", quietForAll: "« {subject} » attend jusqu’à {end}, à l’horloge de chaque abonné : les heures calmes sont en cours pour tous.", quietForSome: "Là où les heures calmes sont en cours, l’envoi part à {end}, à l’horloge de chaque abonné.",
  sendYes: "Envoyer maintenant", sendNo: "Pas encore",
  discardSure: "Supprimer ce brouillon ?", discardHint: "Ses textes et ses règles disparaissent. Aucun abonné ne l’a vu.", discardYes: "Supprimer le brouillon", discardNo: "Le garder",
  tested: { one: "Un essai part vers {n} de vos navigateurs.", other: "Un essai part vers {n} de vos navigateurs." }, noBrowser: "Aucun de vos navigateurs ne prend les notifications. Activez « {switch} » dans le menu sous vos initiales, puis réessayez.",
  nobody: "Il ne reste personne avec ces règles. Retirez-en une.", notSent: "Cela n’a pas marché. Réessayez.", often: "Trop à la fois. Réessayez dans une minute.",
  flaws: {
    noSubject: "Il faut un objet.", textAlone: "Une langue a un texte sans objet.", noUrl: "Il faut une page à ouvrir.", badUrl: "Ce n’est pas une adresse web. Elle commence par https://", past: "Cette heure est passée.", noTime: "Il faut un jour et une heure.",
  },
};

const pl: ComposeTexts = {
  title: "Nowa kampania", edit: "Szkic", language: "Język tekstu", written: "napisane", subject: "Temat", text: "Tekst", count: "{n} z {most}", plain: "{n} z {most}, zwykły tekst",
  instead: "Dopóki tu pusto, kto czyta w tym języku ({language}), dostaje inny: {first}.", url: "Strona otwierana po kliknięciu", checking: "Sprawdzanie", found: "Znaleziono", notFound: "Nie znaleziono", answered: "Odpowiada {status}", elsewhere: "Nie Twoja strona", unchecked: "Nie sprawdzono",
  audience: "Odbiorcy", of: "{n} z {all} subskrypcji", everyone: "Wszyscy", some: "Część", someHint: "Według reguł poniżej", me: "Tylko ja", meHint: "Próba, na własne przeglądarki", meIn: { one: "Próba, {n} przeglądarka", few: "Próba, {n} przeglądarki", many: "Próba, {n} przeglądarek", other: "Próba, {n} przeglądarki" },
  rules: "Reguły", add: "Dodaj regułę: {rule}", remove: "Usuń regułę: {rule}", languages: "Język", groups: "Strony", since: "Subskrypcja", pick: "Wybierz", noGroups: "Nikogo jeszcze nie było na nazwanej grupie stron.",
  olderThan: "starsza niż", newerThan: "młodsza niż", daysAgo: "dni", over: { one: "od ponad {n} dnia", other: "od ponad {n} dni" }, within: { one: "od mniej niż {n} dnia", other: "od mniej niż {n} dni" }, close: "Gotowe",
  when: "Kiedy", now: "Teraz", nowHint: "Zaraz po potwierdzeniu", at: "O godzinie", later: "Gdy powiem", laterHint: "Zostaje szkicem", date: "Dzień", time: "Godzina", local: "O tej godzinie w strefie każdego odbiorcy", byShop: "Według zegara sklepu, {zone}",
  delivery: "Dostarczanie", ttl: "Próbuj przez", ttlNow: "Tylko od razu", hours: { one: "{n} godzinę", few: "{n} godziny", many: "{n} godzin", other: "{n} godziny" }, days: { one: "{n} dzień", few: "{n} dni", many: "{n} dni", other: "{n} dnia" }, weeks: { one: "{n} tydzień", few: "{n} tygodnie", many: "{n} tygodni", other: "{n} tygodnia" },
  urgency: "Pilność", topic: "Wątek", topicHint: "zastępuje starszy", quiet: "Szanuj ciche godziny", from: "Od", to: "Do", cap: "Najwyżej {most} na {days} dla każdego", capOn: "Ogranicz liczbę dla każdego", capMost: "Kampanii najwyżej", capDays: "W jakim czasie",
  preview: "Podgląd", windows: "Windows, Edge i Chrome", android: "Android, ekran blokady", moment: "teraz", seen: "Telefony pokazują około {most} znaków tekstu przed otwarciem. Ten ma", fits: "Mieści się wszędzie", cut: "Na telefonie ucięty do otwarcia", ownIcon: "Ikona należy do sklepu i pochodzi z ustawień.", noIcon: "Bez ikony sklepu przeglądarka pokazuje własną.", toIcon: "Dodaj ikonę w ustawieniach", iphone: "Na iPhonie sklep musi najpierw trafić na ekran początkowy.",
  subjectHere: "Tu stoi temat", textHere: "Tu stoi tekst.",
  fresh: "Nie ma jeszcze czego zachować", here: "Zachowano w tej przeglądarce", saving: "Zachowywanie szkicu", kept: "Szkic zachowano {ago} temu", keptNow: "Szkic zachowano", unreachable: "Zachowano w tej przeglądarce: serwer nie odpowiada", refused: "Nie zachowano: {why}",
  schedule: "Zaplanuj: {n}", send: "Wyślij: {n}", keep: "Zachowaj szkic", test: "Wyślij mi próbę", discard: "Odrzuć szkic",
  sendSure: { one: "Wysłać teraz do {n} przeglądarki?", other: "Wysłać teraz do {n} przeglądarek?" }, sendHint: "„{subject}” wychodzi od razu.", sendStop: "Wysyłkę można zatrzymać; co dotarło, zostaje.",
  quietFor: "U {n} z nich trwają ciche godziny: tam wyjdzie o {end} według zegara odbiorcy.", quietForAll: "„{subject}” czeka do {end} według zegara odbiorcy: u wszystkich trwają ciche godziny.", quietForSome: "Tam, gdzie trwają ciche godziny, wyjdzie o {end} według zegara odbiorcy.",
  sendYes: "Wyślij teraz", sendNo: "Jeszcze nie",
  discardSure: "Odrzucić ten szkic?", discardHint: "Znikną jego teksty i reguły. Nikt z odbiorców go nie widział.", discardYes: "Odrzuć szkic", discardNo: "Zachowaj",
  tested: { one: "Próba idzie do {n} Twojej przeglądarki.", other: "Próba idzie do {n} Twoich przeglądarek." }, noBrowser: "Żadna z Twoich przeglądarek nie przyjmuje powiadomień. Włącz „{switch}” w menu pod inicjałami i spróbuj ponownie.",
  nobody: "Z tymi regułami nikt nie zostaje. Usuń którąś.", notSent: "Nie udało się. Spróbuj ponownie.", often: "Za dużo naraz. Spróbuj za minutę.",
  flaws: {
    noSubject: "Potrzebny jest temat.", textAlone: "W jednym języku jest tekst bez tematu.", noUrl: "Potrzebna jest strona do otwarcia.", badUrl: "To nie jest adres strony. Zaczyna się od https://", past: "Ta godzina minęła.", noTime: "Potrzebny jest dzień i godzina.",
  },
};

export const COMPOSE: Record<Language, ComposeTexts> = { en, fr, pl };
