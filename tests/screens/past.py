"""What happened in the made-up shop before today: its history and its inbox, written into the log."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import cycle

from contracts.conversations import events as happened
from services.common.master_key import MasterKey
from services.gateway.access.visitor_ids import VisitorIds
from tests.screens import people
from tests.screens.people import Person
from tests.screens.staff import Shop
from tests.support.told import Told, append

CLOSING_WORDS = [
    "Could you use the same address as for order 20418?",
    "Parfait, merci beaucoup pour votre réponse rapide.",
    "Dziękuję, czekam na paczkę.",
    "Do you take returns on seconds?",
    "Le grand plat est magnifique, merci !",
    "Takk! I will order tonight.",
    "Thanks, bye!",
    "We are still choosing between Moss and Salt for twelve places, and the plates have to match the jug.",
    "Czy wazon stoi stabilnie?",
    "شكرا جزيلا",
    "Is the workshop open on Saturday?",
    people.ENDLESS,
]
MANY = 60
EVERY = timedelta(hours=7)
AFTER = timedelta(hours=6)


@dataclass(frozen=True)
class Letter:
    """An offline message: who left it and what it said."""

    person: Person
    text: str
    answer: str = ""


LETTERS = [
    Letter(Person("James Byrne", phone="+44 113 555 0164"), "Call me about the wedding list, after six is best."),
    Letter(
        Person("Katarzyna Wójcik", email="k.wojcik@poczta.example", locale="pl"),
        "Proszę o fakturę na firmę do zamówienia 20344.",
        "Dzień dobry, faktura jest w załączniku.",
    ),
    Letter(
        Person("Rosa Pellegrini", email="rosa@pellegrini.example"),
        "Is the Moss glaze safe for lemon and tomato?",
        "Yes: it is fired at 1,260 °C and holds against acid.",
    ),
    Letter(Person("Elin Moen", email="elin@moen.example"), "Hei! Do you ship to Tromsø before Christmas?"),
    Letter(Person("Tobias Lang", email="tobias@lang.example"), "The bowl came with a hairline crack."),
    Letter(Person(email="somebody@nowhere.example"), "Do you have a shop in Leeds?"),
    Letter(
        Person("Aurélie Besson", email="aurelie@besson.example", locale="fr"),
        "Bonjour, il me manque une assiette dans la commande 20377. " + people.ENDLESS,
    ),
    Letter(
        Person("Mateusz Zieliński", "3310", email="m.zielinski@poczta.example", phone="+48 601 555 018", locale="pl"),
        "Dzień dobry, czy dzbanek „Fala” można odebrać osobiście w Krakowie w sobotę?\n"
        "Potrzebuję go na urodziny mamy, więc kurier w poniedziałek byłby za późno.",
    ),
]


class Past:
    """Tells what happened in one shop."""

    def __init__(self, shop: Shop) -> None:
        self.shop = shop
        self.operators = [each.id for each in shop.staff.values()]
        self._ids = VisitorIds(MasterKey.load(shop.installation.settings))
        self._first_told: dict[str, Told] = {}

    def conversations(self, count: int = MANY) -> list[Told]:
        """Archived conversations of the last weeks, the youngest some hours old."""
        known = [people.HANNAH, people.MATEUSZ, people.CLAIRE, people.INGRID, people.OLIVER, people.NORA, people.LONG]
        visitors = cycle([known[0], Person(), known[1], Person(), *known[2:4], Person(), *known[4:]])
        now = datetime.now(UTC)
        return [self._conversation(next(visitors), number, now - EVERY * (number + 1)) for number in range(count)]

    def letters(self) -> list[Told]:
        """What was left for the shop, the youngest last."""
        now = datetime.now(UTC)
        return [self._letter(one, now - AFTER * (len(LETTERS) - number)) for number, one in enumerate(LETTERS)]

    def _conversation(self, person: Person, number: int, at: datetime) -> Told:
        one = self._told(person, at)
        operator, colleague = (self.operators[(number + more) % len(self.operators)] for more in (0, 1))
        one.add(happened.ConversationStarted, visitor=one.person, origin="o" * 22, locale=person.locale, **_who(person))
        one.add(happened.OperatorAssigned, operator=operator, channel=1)
        for sender, text in people.HANNAH_TALK[:3] if number % 3 == 0 else people.OLIVER_TALK:
            one.visitor_says(text) if sender == "visitor" else one.operator_says(text, operator)
        if number % 4 == 0:
            one.add(happened.ConversationTransferred, to=colleague, channel=2, how="transfer", operator=operator)
            one.add(happened.NoteAdded, operator=operator, text="Rim chipped on arrival, photo checked. New one sent.")
        one.visitor_says(CLOSING_WORDS[number % len(CLOSING_WORDS)]).archived()
        if number % 5 == 0:
            one.add(happened.ConversationRated, score=5 - number // 5 % 5, comment="Quick and kind. Merci!")
        return one

    def _letter(self, letter: Letter, at: datetime) -> Told:
        person = letter.person
        one = self._told(person, at)
        first, _, last = person.name.partition(" ")
        one.left(
            locale=person.locale,
            first_name=first or None,
            last_name=last or None,
            email=person.email or None,
            phone=person.phone or None,
            customer=person.number or None,
            signed_in=bool(person.number),
            text=letter.text,
            page='{"url":"https://morrow.example/dzbanek-fala","title":"Dzbanek Fala"}',
        )
        return one.answered(letter.answer, self.operators[0]) if letter.answer else one

    def _told(self, person: Person, at: datetime) -> Told:
        """All of a customer is sealed under one key."""
        one = Told(self.shop.id, self._ids.of_customer(self.shop.id, person.number) if person.number else None, at)
        first = self._first_told.setdefault(one.person, one)
        one.secret, one.key = first.secret, first.key
        return one


def write(shop: Shop) -> None:
    """Put it into the log. Who has read the log already has to start anew."""
    past = Past(shop)
    append(shop.installation.settings, *past.conversations(), *past.letters())


def _who(person: Person) -> dict[str, object]:
    if not person.number:
        return {}
    known = {"name": person.name or None, "email": person.email or None, "phone": person.phone or None}
    return {"customer": person.number, "signed_in": True, **known}
