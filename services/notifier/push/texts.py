"""What pushes say, in three languages: that there is something to do, and nothing of what anybody wrote.

A push goes through a company's server and stands on a locked screen; so it names nobody, either.
"""

from typing import Final, NamedTuple


class Text(NamedTuple):
    """By kind of push, see `policy.Kind`."""

    title: str
    body: str


_EN: Final[dict[str, Text]] = {
    "message": Text("New message", "A visitor wrote to you."),
    "assigned": Text("New conversation", "A conversation is with you now."),
    "unanswered": Text("A visitor is waiting", "Nobody has answered yet."),
}
_FR: Final[dict[str, Text]] = {
    "message": Text("Nouveau message", "Un visiteur vous a écrit."),
    "assigned": Text("Nouvelle conversation", "Une conversation vous est confiée."),
    "unanswered": Text("Un visiteur attend", "Personne n’a encore répondu."),
}
_PL: Final[dict[str, Text]] = {
    "message": Text("Nowa wiadomość", "Gość napisał do Ciebie."),
    "assigned": Text("Nowa rozmowa", "Rozmowa jest teraz u Ciebie."),
    "unanswered": Text("Gość czeka", "Nikt jeszcze nie odpowiedział."),
}
TEXTS: Final = {"en": _EN, "fr": _FR, "pl": _PL}


def language_of(locale: str) -> str:
    """The language that we speak of a browser's: `fr-CA` is French, what we don't speak is English."""
    short = locale[:2].lower()
    return short if short in TEXTS else "en"
