/** Why a push did not arrive, as the notifier writes it down, in the reader's language. */

import type { Language } from "../../shared/language.ts";
import { language } from "../ui.tsx";

type Translated = Record<Exclude<Language, "en">, string>;

/** By the notifier's sentence (services/notifier/push). */
const REASONS: Record<string, Translated> = {
  "The subscription has ended.": { fr: "L’abonnement a pris fin.", pl: "Subskrypcja się skończyła." },
  "It is too late for it.": { fr: "Il est trop tard.", pl: "Jest już za późno." },
  "It may have gone out twice already.": { fr: "Elle est peut-être déjà partie deux fois.", pl: "Mogło już wyjść dwa razy." },
  "The push could not be made.": { fr: "La notification n’a pas pu être préparée.", pl: "Nie udało się przygotować powiadomienia." },
  "The campaign is not there any more.": { fr: "La campagne n’existe plus.", pl: "Tej kampanii już nie ma." },
  "It is larger than push services take.": { fr: "Trop grande pour les services de push.", pl: "Za duże dla usług push." },
  "The push service did not understand.": { fr: "Le service de push n’a pas compris.", pl: "Usługa push nie zrozumiała." },
  "The push service does not take our word.": { fr: "Le service de push ne nous reconnaît pas.", pl: "Usługa push nas nie rozpoznaje." },
  "The subscription belongs to another key.": { fr: "L’abonnement appartient à une autre clé.", pl: "Subskrypcja należy do innego klucza." },
  "The push is too large.": { fr: "La notification est trop grande.", pl: "Powiadomienie jest za duże." },
  "The push service asks to slow down.": { fr: "Le service de push demande de ralentir.", pl: "Usługa push prosi o zwolnienie." },
  "The push service can't take it now.": { fr: "Le service de push ne peut pas la prendre maintenant.", pl: "Usługa push nie może go teraz przyjąć." },
  "The push service refused it.": { fr: "Le service de push l’a refusée.", pl: "Usługa push go odrzuciła." },
  "The push service did not answer in time.": { fr: "Le service de push n’a pas répondu à temps.", pl: "Usługa push nie odpowiedziała na czas." },
  "The push service's certificate can't be trusted.": { fr: "Le certificat du service de push n’est pas fiable.", pl: "Certyfikat usługi push nie budzi zaufania." },
  "The push service closed the connection.": { fr: "Le service de push a coupé la connexion.", pl: "Usługa push zerwała połączenie." },
  "The push service can't be reached.": { fr: "Le service de push est injoignable.", pl: "Usługa push jest nieosiągalna." },
};

/** The status with which a push service answered stays before it; what nobody has translated stays as it is. */
export function reasonWords(said: string): string {
  const [, status = "", sentence = said] = /^(\d{3} )?(.*)$/s.exec(said) ?? [];
  return language.value === "en" ? said : `${status}${REASONS[sentence]?.[language.value] ?? sentence}`;
}
