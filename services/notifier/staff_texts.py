"""What mails to staff say about their accounts, in three languages; see `texts`."""

from typing import Final

EN: Final = {
    "role.owner": "owner",
    "role.manager": "manager",
    "role.operator": "operator",
    "link": "The link works once, until {until}.",
    "invitation.subject": "{author} invites you to {shop}",
    "invitation.subject.nameless": "An invitation to {shop}",
    "invitation.heading": "Work at {shop}",
    "invitation.text": "{author} invites you to {shop}, where you answer customers with Shopbell. Your role: {role}.",
    "invitation.text.nameless": "You are invited to {shop}, where you answer customers with Shopbell. Your role:"
    " {role}.",
    "invitation.button": "Take up the invitation",
    "invitation.foot": "This means nothing to you? Leave the mail be, and nothing happens.",
    "password_reset.subject": "Set a new password",
    "password_reset.heading": "Set a new password",
    "password_reset.text": "Somebody asked for a new password for {email}.",
    "password_reset.button": "Set a new password",
    "password_reset.foot": "It was not you? Leave the mail be: the password stays as it is.",
    "password_changed.subject": "Your password was changed",
    "password_changed.heading": "Your password was changed",
    "password_changed.text": "The password of {email} was changed: {at}. Other browsers were signed out.",
    "password_changed.foot": "It was not you? Set another password at once, by “Forgot it?” where you sign in, and tell"
    " an owner of your shop.",
    "second_factor_off.subject": "Your second factor is off",
    "second_factor_off.heading": "Your second factor is off",
    "second_factor_off.text": "Since {at} the password alone opens the account {email}.",
    "second_factor_off.foot": "It was not you? Change your password at once, turn the second factor on again, and tell"
    " an owner of your shop.",
}

FR: Final = {
    "role.owner": "propriétaire",
    "role.manager": "responsable",
    "role.operator": "conseiller",
    "link": "Le lien fonctionne une fois, jusqu’au {until}.",
    "invitation.subject": "{author} vous invite chez {shop}",
    "invitation.subject.nameless": "Une invitation chez {shop}",
    "invitation.heading": "Travailler chez {shop}",
    "invitation.text": "{author} vous invite chez {shop}, où vous répondez aux clients avec Shopbell. Votre rôle\u00a0:"
    " {role}.",
    "invitation.text.nameless": "Vous êtes attendu chez {shop}, où l’on répond aux clients avec Shopbell. Votre"
    " rôle\u00a0: {role}.",
    "invitation.button": "Accepter l’invitation",
    "invitation.foot": "Cela ne vous dit rien\u00a0? Laissez cet e-mail, et rien ne se passe.",
    "password_reset.subject": "Choisir un nouveau mot de passe",
    "password_reset.heading": "Choisir un nouveau mot de passe",
    "password_reset.text": "Quelqu’un a demandé un nouveau mot de passe pour {email}.",
    "password_reset.button": "Choisir un mot de passe",
    "password_reset.foot": "Ce n’était pas vous\u00a0? Laissez cet e-mail\u00a0: le mot de passe reste le même.",
    "password_changed.subject": "Votre mot de passe a changé",
    "password_changed.heading": "Votre mot de passe a changé",
    "password_changed.text": "Le mot de passe de {email} a changé\u00a0: {at}. Les autres navigateurs sont"
    " déconnectés.",
    "password_changed.foot": "Ce n’était pas vous\u00a0? Choisissez aussitôt un autre mot de passe, par"
    " «\u00a0Oublié\u00a0?\u00a0» à la connexion, et prévenez un propriétaire de votre boutique.",
    "second_factor_off.subject": "Votre second facteur est désactivé",
    "second_factor_off.heading": "Votre second facteur est désactivé",
    "second_factor_off.text": "Depuis le {at}, le mot de passe seul ouvre le compte {email}.",
    "second_factor_off.foot": "Ce n’était pas vous\u00a0? Changez aussitôt votre mot de passe, réactivez le second"
    " facteur, et prévenez un propriétaire de votre boutique.",
}

PL: Final = {
    "role.owner": "właściciel",
    "role.manager": "kierownik",
    "role.operator": "konsultant",
    "link": "Link działa raz, do: {until}.",
    "invitation.subject": "Zaproszenie: {shop} ({author})",
    "invitation.subject.nameless": "Zaproszenie: {shop}",
    "invitation.heading": "Zaproszenie do zespołu: {shop}",
    "invitation.text": "{author} zaprasza do zespołu sklepu {shop}, który odpowiada klientom przez Shopbell. Twoja"
    " rola: {role}.",
    "invitation.text.nameless": "To zaproszenie do zespołu sklepu {shop}, który odpowiada klientom przez Shopbell."
    " Twoja rola: {role}.",
    "invitation.button": "Przyjmij zaproszenie",
    "invitation.foot": "To nic Ci nie mówi? Zostaw ten e-mail, a nic się nie stanie.",
    "password_reset.subject": "Ustaw nowe hasło",
    "password_reset.heading": "Ustaw nowe hasło",
    "password_reset.text": "Ktoś prosi o nowe hasło dla {email}.",
    "password_reset.button": "Ustaw nowe hasło",
    "password_reset.foot": "To nie Ty? Zostaw ten e-mail: hasło pozostanie takie samo.",
    "password_changed.subject": "Twoje hasło jest inne",
    "password_changed.heading": "Twoje hasło jest inne",
    "password_changed.text": "Hasło konta {email} zmieniono: {at}. Inne przeglądarki zostały wylogowane.",
    "password_changed.foot": "To nie Ty? Od razu ustaw inne hasło, przez „Nie pamiętasz?” przy logowaniu, i daj"
    " znać właścicielowi sklepu.",
    "second_factor_off.subject": "Drugi składnik jest wyłączony",
    "second_factor_off.heading": "Drugi składnik jest wyłączony",
    "second_factor_off.text": "Od {at} konto {email} otwiera samo hasło.",
    "second_factor_off.foot": "To nie Ty? Od razu zmień hasło, włącz drugi składnik i daj znać właścicielowi sklepu.",
}
