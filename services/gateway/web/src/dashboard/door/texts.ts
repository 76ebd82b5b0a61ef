/** What stands at the door. */

import type { Language } from "../../shared/language.ts";

const en = {
  title: "Sign in to Shopbell", email: "Email", password: "Password", show: "Show", hide: "Hide",
  stay: "Stay signed in here for {n} days", signIn: "Sign in", signingIn: "Signing in", capsLock: "Caps Lock is on.",
  wrong: "Email and password do not belong together. Check both and try again.",
  tooMany: "Too many tries. Try again in {time}.", again: "You can try again now.",
  unreachable: "The gateway does not answer. Check the connection and try again.",
  refused: "This address may not use the dashboard. Ask the owner to allow it.",
  ended: "You were signed out. Sign in again to go on; what you wrote is kept.",
};
export type DoorTexts = typeof en;

const fr: DoorTexts = {
  title: "Connexion à Shopbell", email: "E-mail", password: "Mot de passe", show: "Afficher", hide: "Masquer",
  stay: "Rester connecté ici pendant {n} jours", signIn: "Se connecter", signingIn: "Connexion", capsLock: "Verr. Maj est activé.",
  wrong: "E-mail et mot de passe ne vont pas ensemble. Vérifiez les deux et réessayez.",
  tooMany: "Trop d’essais. Réessayez dans {time}.", again: "Vous pouvez réessayer.",
  unreachable: "La passerelle ne répond pas. Vérifiez la connexion et réessayez.",
  refused: "Cette adresse ne peut pas ouvrir le tableau de bord. Le propriétaire peut l’autoriser.",
  ended: "Votre session est finie. Reconnectez-vous pour continuer\u00a0; ce que vous avez écrit est gardé.",
};

const pl: DoorTexts = {
  title: "Logowanie do Shopbell", email: "E-mail", password: "Hasło", show: "Pokaż", hide: "Ukryj",
  stay: "Nie wylogowuj tu przez {n} dni", signIn: "Zaloguj się", signingIn: "Logowanie", capsLock: "Caps Lock jest włączony.",
  wrong: "E-mail i hasło nie pasują do siebie. Sprawdź oba i spróbuj ponownie.",
  tooMany: "Za dużo prób. Spróbuj za {time}.", again: "Możesz spróbować ponownie.",
  unreachable: "Bramka nie odpowiada. Sprawdź połączenie i spróbuj ponownie.",
  refused: "Ten adres nie ma dostępu do panelu. Dostęp daje osoba zarządzająca.",
  ended: "Sesja wygasła. Zaloguj się, by pisać dalej; to, co jest napisane, zostaje.",
};

export const DOOR: Record<Language, DoorTexts> = { en, fr, pl };
