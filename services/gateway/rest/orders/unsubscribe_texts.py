"""What the page says on which customers end review mails. `{shop}` is filled in."""

from collections.abc import Mapping
from typing import Final

_EN: Final = {
    "title": "Review mails of {shop}",
    "ask": "No more review mails?",
    "about": "{shop} will not ask you for reviews by mail any more. Mails about your orders and answers to your"
    " messages still come.",
    "button": "No more review mails",
    "done": "No more review mails",
    "done_about": "{shop} will not ask you for reviews again.",
    "later": "This did not work",
    "later_about": "Try again in a moment: nothing has changed yet.",
    "gone": "This link is not complete",
    "gone_about": "Open it from the mail once more.",
    "test": "This mail is a test",
    "test_about": "Here customers end the shop’s review mails. This link ends none.",
}
_FR: Final = {
    "title": "E-mails d’avis de {shop}",
    "ask": "Ne plus recevoir de demandes d’avis\u00a0?",
    "about": "{shop} ne vous demandera plus d’avis par e-mail. Les e-mails sur vos commandes et les réponses à vos"
    " messages arrivent toujours.",
    "button": "Ne plus recevoir de demandes d’avis",
    "done": "Vous ne recevrez plus de demandes d’avis",
    "done_about": "{shop} ne vous demandera plus d’avis.",
    "later": "Cela n’a pas fonctionné",
    "later_about": "Réessayez dans un instant\u00a0: rien n’a encore changé.",
    "gone": "Ce lien n’est pas complet",
    "gone_about": "Ouvrez-le encore une fois depuis l’e-mail.",
    "test": "Cet e-mail est un essai",
    "test_about": "Ici les clients mettent fin aux demandes d’avis de la boutique. Ce lien ne met fin à rien.",
}
_PL: Final = {
    "title": "Prośby o opinie: {shop}",
    "ask": "Zrezygnować z próśb o opinie?",
    "about": "{shop} nie będzie już prosić o opinie e-mailem. Wiadomości o zamówieniach i odpowiedzi na pytania"
    " przychodzą nadal.",
    "button": "Zrezygnuj z próśb o opinie",
    "done": "Nie będzie więcej próśb o opinie",
    "done_about": "{shop} nie poprosi już o opinię.",
    "later": "Nie udało się",
    "later_about": "Spróbuj ponownie za chwilę: nic się jeszcze nie zmieniło.",
    "gone": "Ten link jest niepełny",
    "gone_about": "Otwórz go jeszcze raz z wiadomości.",
    "test": "To wiadomość próbna",
    "test_about": "Tutaj klienci rezygnują z próśb sklepu o opinie. Ten link niczego nie zmienia.",
}
_BY_LANGUAGE: Final = {"en": _EN, "fr": _FR, "pl": _PL}


def in_language(language: str) -> tuple[str, Mapping[str, str]]:
    """The language that there is, and its texts."""
    base = language.lower().partition("-")[0]
    return (base, _BY_LANGUAGE[base]) if base in _BY_LANGUAGE else ("en", _EN)
