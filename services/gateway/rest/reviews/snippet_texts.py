"""What the snippet says, in every language that it speaks."""

from collections.abc import Mapping
from typing import Final

LANGUAGES: Final = ("en", "fr", "pl")

_NBSP: Final = "\u00a0"
_THOUSANDS: Final = {"en": ",", "fr": "\u202f", "pl": _NBSP}

TEXTS: Final[Mapping[str, Mapping[str, str]]] = {
    "en": {
        "reviews": "Reviews",
        "rating": "{stars} of 5 stars",
        "count.one": "{n} review",
        "count.other": "{n} reviews",
        "confirmed.one": "{count}, from a confirmed purchase",
        "confirmed.all": "{count}, all from confirmed purchases",
        "confirmed.some": "{count}, {n} from confirmed purchases",
        "stars.one": "{n} star",
        "stars.other": "{n} stars",
        "note.all": "Only people who bought it can review it, by a link in their mail.",
        "note.some": "Confirmed purchase: written by people who bought it here, by a link in their mail.",
        "order": "Order",
        "order.newest": "Newest first",
        "order.best": "Best first",
        "order.worst": "Worst first",
        "in": "Language",
        "in.all": "All languages",
        "variant": "Variant",
        "variant.all": "All variants",
        "show": "Show",
        "range": "{first} to {last} of {total}",
        "filtered": "{n} of {total}",
        "unfilter": "{stars}: show all again",
        "confirmed": "Confirmed purchase",
        "somebody": "A customer",
        "more": "Show {n} more",
        "all": "Show all {n}",
        "none": "No reviews yet",
        "none.why": "The first come some days after the first orders arrive.",
        "none.found": "No review is like that",
        "by": "Reviews by Shopbell",
        "lang.en": "English",
        "lang.fr": "French",
        "lang.pl": "Polish",
        "lang.de": "German",
    },
    "fr": {
        "reviews": "Avis",
        "rating": "{stars} étoiles sur 5",
        "count.one": "{n} avis",
        "count.other": "{n} avis",
        "confirmed.one": "{count}, d’un achat confirmé",
        "confirmed.all": "{count}, tous d’achats confirmés",
        "confirmed.some": "{count}, dont {n} d’achats confirmés",
        "stars.one": "{n} étoile",
        "stars.other": "{n} étoiles",
        "note.all": "Seules les personnes qui l’ont acheté peuvent donner leur avis, par un lien reçu par e-mail.",
        "note.some": f"Achat confirmé{_NBSP}: écrit par qui l’a acheté ici, par un lien reçu par e-mail.",
        "order": "Ordre",
        "order.newest": "Plus récents d’abord",
        "order.best": "Meilleurs d’abord",
        "order.worst": "Moins bons d’abord",
        "in": "Langue",
        "in.all": "Toutes les langues",
        "variant": "Modèle",
        "variant.all": "Tous les modèles",
        "show": "Afficher",
        "range": "{first} à {last} sur {total}",
        "filtered": "{n} sur {total}",
        "unfilter": f"{{stars}}{_NBSP}: tout afficher à nouveau",
        "confirmed": "Achat confirmé",
        "somebody": "Un client",
        "more": "Afficher {n} de plus",
        "all": "Afficher les {n}",
        "none": "Pas encore d’avis",
        "none.why": "Les premiers arrivent quelques jours après les premières commandes.",
        "none.found": "Aucun avis de ce genre",
        "by": "Avis par Shopbell",
        "lang.en": "Anglais",
        "lang.fr": "Français",
        "lang.pl": "Polonais",
        "lang.de": "Allemand",
    },
    "pl": {
        "reviews": "Opinie",
        "rating": "{stars} na 5 gwiazdek",
        "count.one": "{n} opinia",
        "count.few": "{n} opinie",
        "count.other": "{n} opinii",
        "confirmed.one": "{count}, po potwierdzonym zakupie",
        "confirmed.all": "{count}, wszystkie po potwierdzonym zakupie",
        "confirmed.some": "{count}, w tym {n} po potwierdzonym zakupie",
        "stars.one": "{n} gwiazdka",
        "stars.few": "{n} gwiazdki",
        "stars.other": "{n} gwiazdek",
        "note.all": "Opinię można zostawić tylko po zakupie, przez link z e-maila.",
        "note.some": "Potwierdzony zakup: opinia osoby, która kupiła tutaj, przez link z e-maila.",
        "order": "Kolejność",
        "order.newest": "Od najnowszych",
        "order.best": "Od najlepszych",
        "order.worst": "Od najgorszych",
        "in": "Język",
        "in.all": "Wszystkie języki",
        "variant": "Wariant",
        "variant.all": "Wszystkie warianty",
        "show": "Pokaż",
        "range": "{first}–{last} z {total}",
        "filtered": "{n} z {total}",
        "unfilter": "{stars}: pokaż znów wszystkie",
        "confirmed": "Potwierdzony zakup",
        "somebody": "Klient sklepu",
        "more": "Pokaż {n} więcej",
        "all": "Pokaż wszystkie ({n})",
        "none": "Nie ma jeszcze opinii",
        "none.why": "Pierwsze pojawią się kilka dni po dostarczeniu pierwszych zamówień.",
        "none.found": "Nie ma takiej opinii",
        "by": "Opinie: Shopbell",
        "lang.en": "Angielski",
        "lang.fr": "Francuski",
        "lang.pl": "Polski",
        "lang.de": "Niemiecki",
    },
}


class Words:
    """The texts of one language; another than these is English."""

    def __init__(self, language: str) -> None:
        self.language = language[:2] if language[:2] in LANGUAGES else "en"
        self._texts = TEXTS[self.language]

    def __call__(self, key: str, **values: object) -> str:
        """The text; whole numbers are written as the language has them."""
        said = {name: self.whole(value) if isinstance(value, int) else value for name, value in values.items()}
        return self._texts[key].format(**said)

    def counted(self, key: str, n: int) -> str:
        """`5 reviews`: the plural that the language has for this number (CLDR)."""
        form = f"{key}.{self._form(n)}"
        return self._texts.get(form, self._texts[f"{key}.other"]).format(n=self.whole(n))

    def number(self, value: float) -> str:
        """`4.8`, as it is written there."""
        text = f"{value:.1f}"
        return text if self.language == "en" else text.replace(".", ",")

    def whole(self, n: int) -> str:
        """`12,480`; Polish begins with five digits (CLDR)."""
        return str(n) if self.language == "pl" and n < 10_000 else f"{n:,}".replace(",", _THOUSANDS[self.language])

    def language_name(self, tag: str) -> str:
        """Of a language in which somebody wrote; its tag where there is no name for it."""
        return self._texts.get(f"lang.{tag[:2]}", tag)

    def _form(self, n: int) -> str:
        if n == 1 or (n == 0 and self.language == "fr"):
            return "one"
        if self.language == "pl" and n % 10 in (2, 3, 4) and n % 100 not in (12, 13, 14):
            return "few"
        return "other"
