/** What is said about a campaign on its way, and after. */

import type { Forms, Language } from "../../shared/language.ts";
import type { OutcomeKind } from "./rest.ts";

const en = {
  startedBy: "Started {when} by {name}", waitsUntil: "Goes out {when}, planned by {name}", finished: "Sent {when} by {name}",
  pause: "Pause", resume: "Go on", stop: "Stop sending", unschedule: "Back to draft",
  stopSure: "Stop sending this campaign?", stopHint: { one: "{n} subscriber has not had it yet and will not get it. What has arrived stays.", other: "{n} subscribers have not had it yet and will not get it. What has arrived stays." } as Forms, stopYes: "Stop sending", stopNo: "Go on sending",
  done: "{done} of {all} done, {percent}", counting: "Counting the audience", left: { one: "About {n} minute left, {rate} a minute.", other: "About {n} minutes left, {rate} a minute." } as Forms, survives: "Survives a restart; each browser gets it once.", resting: "Sending rests. What is under way still arrives.", quiet: { one: "{n} waits for the end of quiet hours.", other: "{n} wait for the end of quiet hours." } as Forms,
  delivered: "Delivered", ofTried: "{percent} of those tried", clicked: "Clicked", ofDelivered: "{percent} of those delivered", failed: "Failed", goneHint: { other: "{n} gone" } as Forms, retryingHint: { other: "{n} to be retried" } as Forms, unsubscribed: "Unsubscribed", heldBack: "Held back", heldBackHint: "By the cap for each subscriber",
  uncertain: { one: "{n} browser may have got it twice: a sender stopped between the push service’s yes and its own note.", other: "{n} browsers may have got it twice: a sender stopped between the push service’s yes and its own note." } as Forms,
  quietHours: "Quiet hours", fromTo: "{from} to {to}, by each subscriber’s clock", noQuiet: "None", cap: "Frequency", noCap: "No limit",
  since: "Since the start", plotLabel: "Delivered, clicked and failed", summary: "Delivered {sent} of {all}, clicked {clicked}, failed {failed}.", inAll: "{n} in all", noPlot: "Nothing has gone out yet.",
  byService: "By push service", service: "Service", sent: "Sent", goneHead: "Gone", state: "State", steady: "Steady", slowed: "Slowed", slowedUntil: "{name} asked for a pause until {time}; it is kept.", removed: { one: "{n} browser is gone and was removed.", other: "{n} browsers are gone and were removed." } as Forms,
  byLanguage: "By language", language: "Language", none: "Nothing yet.",
  ledger: "Every subscription", outcome: "Outcome", all: "All", subscription: "Subscription", tries: "Tries", at: "When", why: "Why", twice: "maybe twice", notBefore: "not before {when}", noneSuch: "No subscription has this outcome.", noneYet: "Nobody has been written down yet.", csv: "CSV", csvLabel: "Save as CSV", showMore: "Show more", ledgerFailed: "The ledger could not be read.",
  stale: "These figures may be old: the server does not answer.", refused: "It stands otherwise already: look again.", notDone: "That did not work. Try again.",
  outcomes: { waiting: "Waiting", sending: "Sending", retrying: "To be retried", sent: "Delivered", clicked: "Clicked", failed: "Failed", gone: "Gone", held_back: "Held back", expired: "Too late", too_large: "Too large", cancelled: "Stopped", unsubscribed: "Unsubscribed" } as Record<OutcomeKind, string>,
};
export type LiveTexts = typeof en;

const fr: LiveTexts = {
  startedBy: "Commencée {when} par {name}", waitsUntil: "Part {when}, planifiée par {name}", finished: "Envoyée {when} par {name}",
  pause: "Pause", resume: "Reprendre", stop: "Arrêter l’envoi", unschedule: "Revenir au brouillon",
  stopSure: "Arrêter l’envoi de cette campagne ?", stopHint: { one: "{n} abonné ne l’a pas encore reçue et ne la recevra pas. Ce qui est arrivé reste.", other: "{n} abonnés ne l’ont pas encore reçue et ne la recevront pas. Ce qui est arrivé reste." }, stopYes: "Arrêter l’envoi", stopNo: "Continuer l’envoi",
  done: "{done} sur {all} traités, {percent}", counting: "Décompte du public", left: { one: "Encore {n} minute environ, {rate} par minute.", other: "Encore {n} minutes environ, {rate} par minute." }, survives: "Survit à un redémarrage ; chaque navigateur la reçoit une fois.", resting: "L’envoi est en pause. Ce qui est en route arrive encore.", quiet: { one: "{n} attend la fin des heures calmes.", other: "{n} attendent la fin des heures calmes." },
  delivered: "Remises", ofTried: "{percent} des essais", clicked: "Clics", ofDelivered: "{percent} des remises", failed: "Échecs", goneHint: { one: "{n} disparu", other: "{n} disparus" }, retryingHint: { other: "{n} à réessayer" }, unsubscribed: "Désabonnements", heldBack: "Retenues", heldBackHint: "Par la limite de chaque abonné",
  uncertain: { one: "{n} navigateur l’a peut-être reçue deux fois : un expéditeur s’est arrêté entre le oui du service et sa propre note.", other: "{n} navigateurs l’ont peut-être reçue deux fois : un expéditeur s’est arrêté entre le oui du service et sa propre note." },
  quietHours: "Heures calmes", fromTo: "De {from} à {to}, à l’horloge de chaque abonné", noQuiet: "Aucune", cap: "Fréquence", noCap: "Sans limite",
  since: "Depuis le début", plotLabel: "Remises, clics et échecs", summary: "Remises : {sent} sur {all}, clics : {clicked}, échecs : {failed}.", inAll: "{n} en tout", noPlot: "Rien n’est encore parti.",
  byService: "Par service de push", service: "Service", sent: "Envoyées", goneHead: "Disparus", state: "État", steady: "Régulier", slowed: "Ralenti", slowedUntil: "{name} a demandé une pause jusqu’à {time} ; elle est respectée.", removed: { one: "{n} navigateur a disparu et a été retiré.", other: "{n} navigateurs ont disparu et ont été retirés." },
  byLanguage: "Par langue", language: "Langue", none: "Rien encore.",
  ledger: "Chaque abonnement", outcome: "Résultat", all: "Tous", subscription: "Abonnement", tries: "Essais", at: "Quand", why: "Pourquoi", twice: "peut-être deux fois", notBefore: "pas avant {when}", noneSuch: "Aucun abonnement n’a ce résultat.", noneYet: "Personne n’est encore inscrit.", csv: "CSV", csvLabel: "Enregistrer en CSV", showMore: "Afficher plus", ledgerFailed: "Le registre n’a pas pu être lu.",
  stale: "Ces chiffres peuvent dater : le serveur ne répond pas.", refused: "La situation a déjà changé : regardez de nouveau.", notDone: "Cela n’a pas marché. Réessayez.",
  outcomes: { waiting: "En attente", sending: "En cours", retrying: "À réessayer", sent: "Remise", clicked: "Clic", failed: "Échec", gone: "Disparu", held_back: "Retenue", expired: "Trop tard", too_large: "Trop grande", cancelled: "Arrêtée", unsubscribed: "Désabonné" },
};

const pl: LiveTexts = {
  startedBy: "Początek: {when}, {name}", waitsUntil: "Wychodzi: {when}, plan: {name}", finished: "Wysłano: {when}, {name}",
  pause: "Wstrzymaj", resume: "Wznów", stop: "Zatrzymaj wysyłkę", unschedule: "Wróć do szkicu",
  stopSure: "Zatrzymać wysyłkę tej kampanii?", stopHint: { one: "{n} odbiorca jeszcze jej nie ma i nie dostanie. Co dotarło, zostaje.", few: "{n} odbiorców jeszcze jej nie ma i nie dostanie. Co dotarło, zostaje.", many: "{n} odbiorców jeszcze jej nie ma i nie dostanie. Co dotarło, zostaje.", other: "{n} odbiorcy jeszcze jej nie ma i nie dostanie. Co dotarło, zostaje." }, stopYes: "Zatrzymaj wysyłkę", stopNo: "Wysyłaj dalej",
  done: "Gotowe: {done} z {all}, {percent}", counting: "Liczenie odbiorców", left: { one: "Jeszcze około {n} minuty, {rate} na minutę.", other: "Jeszcze około {n} minut, {rate} na minutę." }, survives: "Przetrwa restart; każda przeglądarka dostaje ją raz.", resting: "Wysyłka wstrzymana. Co jest w drodze, jeszcze dotrze.", quiet: { one: "{n} czeka na koniec ciszy.", few: "{n} czekają na koniec ciszy.", many: "{n} czeka na koniec ciszy.", other: "{n} czeka na koniec ciszy." },
  delivered: "Dostarczono", ofTried: "{percent} prób", clicked: "Kliknięcia", ofDelivered: "{percent} dostarczonych", failed: "Nieudane", goneHint: { other: "zniknęło: {n}" }, retryingHint: { other: "do powtórki: {n}" }, unsubscribed: "Rezygnacje", heldBack: "Pominięto", heldBackHint: "Przez limit dla każdego odbiorcy",
  uncertain: { one: "{n} przeglądarka mogła ją dostać dwa razy: wysyłka stanęła między zgodą usługi a własnym zapisem.", few: "{n} przeglądarki mogły ją dostać dwa razy: wysyłka stanęła między zgodą usługi a własnym zapisem.", many: "{n} przeglądarek mogło ją dostać dwa razy: wysyłka stanęła między zgodą usługi a własnym zapisem.", other: "{n} przeglądarki mogło ją dostać dwa razy: wysyłka stanęła między zgodą usługi a własnym zapisem." },
  quietHours: "Ciche godziny", fromTo: "Od {from} do {to}, według zegara odbiorcy", noQuiet: "Brak", cap: "Częstość", noCap: "Bez limitu",
  since: "Od początku", plotLabel: "Dostarczone, kliknięte i nieudane", summary: "Dostarczono {sent} z {all}, kliknięcia: {clicked}, nieudane: {failed}.", inAll: "razem {n}", noPlot: "Nic jeszcze nie wyszło.",
  byService: "Według usługi push", service: "Usługa", sent: "Wysłane", goneHead: "Zniknęły", state: "Stan", steady: "Równo", slowed: "Wolniej", slowedUntil: "{name}: prośba o przerwę do {time}; jest zachowana.", removed: { one: "{n} przeglądarka zniknęła i została usunięta.", few: "{n} przeglądarki zniknęły i zostały usunięte.", many: "{n} przeglądarek zniknęło i zostało usuniętych.", other: "{n} przeglądarki zniknęło i zostało usunięte." },
  byLanguage: "Według języka", language: "Język", none: "Jeszcze nic.",
  ledger: "Każda subskrypcja", outcome: "Wynik", all: "Wszystkie", subscription: "Subskrypcja", tries: "Próby", at: "Kiedy", why: "Dlaczego", twice: "może dwa razy", notBefore: "nie wcześniej niż: {when}", noneSuch: "Żadna subskrypcja nie ma tego wyniku.", noneYet: "Nikogo jeszcze nie spisano.", csv: "CSV", csvLabel: "Zapisz jako CSV", showMore: "Pokaż więcej", ledgerFailed: "Rejestr się nie wczytał.",
  stale: "Liczby mogą być nieświeże: serwer nie odpowiada.", refused: "Stan jest już inny: spójrz jeszcze raz.", notDone: "Nie udało się. Spróbuj ponownie.",
  outcomes: { waiting: "Czeka", sending: "W drodze", retrying: "Do powtórki", sent: "Dostarczono", clicked: "Kliknięto", failed: "Nieudane", gone: "Zniknęła", held_back: "Pominięto", expired: "Za późno", too_large: "Za duże", cancelled: "Zatrzymano", unsubscribed: "Rezygnacja" },
};

export const LIVE: Record<Language, LiveTexts> = { en, fr, pl };
