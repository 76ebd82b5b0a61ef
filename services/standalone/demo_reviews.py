"""What customers of the demo shop bought, and what some of them say about it; nobody real."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any, Final, NamedTuple

from contracts.command import Command, kind_of
from contracts.engagement.review_commands import (
    ImportReview,
    PlaceOrder,
    ReplyToReview,
    ReportOrderStatus,
    SetReviewRules,
)
from contracts.engagement.reviews import RECEIVED, OrderItem, ReviewRules, ReviewState
from contracts.ids import imported_review_id, order_id
from services.common.broker import Broker
from services.common.database import open_pool
from services.common.installation_root import rooted
from services.common.key_store import KeyStore
from services.common.master_key import MasterKey
from services.common.person_keys import PersonKey, seal_fields
from services.common.settings import Settings
from services.gateway.access.visitor_ids import VisitorIds
from services.standalone.shops import is_logged, send

RULES: Final = ReviewRules(on=True, mode="received", days=5, hour=10, zone="Europe/Warsaw")
DIGEST: Final = "demo"
"""Of every command here: what they say moves with the day of the first start, and is the same thing all the same."""

_NAMES: Final = {"tide-mug": "Tide mug", "moss-bowl": "Moss bowl", "night-teapot": "Night teapot"}


class _Review(NamedTuple):
    sku: str
    stars: int
    author: str
    language: str
    days: int
    text: str
    reply: str | None = None
    state: ReviewState = "published"


class _Order(NamedTuple):
    """`days` ago the customer received it; `returned` days ago it went back."""

    number: str
    customer: str
    name: str
    language: str
    days: int
    skus: tuple[str, ...]
    returned: int | None = None


class _Step(NamedTuple):
    """A command, and under whose key its texts are sealed, if it has any."""

    kind: type[Command]
    person: str
    fields: dict[str, Any]


_REVIEWS: Final = (
    _Review("tide-mug", 5, "Hannah W.", "en", 2, "Holds the heat well and the foot does not scratch the table."),
    _Review("tide-mug", 4, "Ewa P.", "pl", 5, "Kubek jest piękny, trochę cięższy, niż myślałam. Dobrze leży w dłoni."),
    _Review(
        "tide-mug", 2, "Tobias L.", "en", 13, "The rim was chipped when it came. Nice otherwise.",
        "We are sorry, Tobias. A new one left the same day, and we now put a paper ring around every rim.",
    ),
    _Review("tide-mug", 5, "Claire R.", "fr", 21, "Ma troisième. L’émail ne bouge pas au lave-vaisselle."),
    _Review("tide-mug", 5, "Jan K.", "pl", 34, "Herbata długo trzyma ciepło."),
    _Review("tide-mug", 4, "Ingrid N.", "en", 48, "Came all the way to Bergen in one piece."),
    _Review("moss-bowl", 5, "Léa M.", "fr", 9, "Le vert est encore plus beau en vrai."),
    _Review("moss-bowl", 4, "Mateusz Z.", "pl", 27, "Solidna, dobra do zupy i do sałatki."),
    _Review("night-teapot", 5, "Anna B.", "en", 17, "Pours without a drip."),
    _Review("moss-bowl", 5, "Claire R.", "fr", 1, "Magnifique, et l’emballage sans plastique est un vrai plus.",
            state="waiting"),
    _Review("night-teapot", 1, "", "en", 1, "call me on 601 555 018 for cheap pots", state="waiting"),
    _Review("tide-mug", 1, "", "en", 11, "Mugs like these for half the price: cheap-pots.example", state="rejected"),
)  # fmt: skip
_ORDERS: Final = (
    _Order("20418", "C-1001", "Hannah Weiss", "en", 1, ("tide-mug", "moss-bowl")),
    _Order("20391", "C-1002", "Mateusz Zieliński", "pl", 2, ("night-teapot",)),
    _Order("20384", "C-1003", "Léa Martin", "fr", 3, ("tide-mug",), returned=1),
    _Order("20377", "C-1003", "Léa Martin", "fr", 4, ("moss-bowl",)),
    # Its mail goes out with the first start: whoever looks around finds it in the mailbox, with a form to fill in.
    _Order("20352", "C-1001", "Hannah Weiss", "en", 6, ("night-teapot", "tide-mug")),
)
_EMAILS: Final = {
    "C-1001": "hannah.weiss@customer.example",
    "C-1002": "mateusz.zielinski@customer.example",
    "C-1003": "lea.martin@customer.example",
}


async def prepare(settings: Settings, broker: Broker, shop: str, owner: str, seconds: float) -> None:
    """Report the orders and bring the reviews, on behalf of `owner`, unless that was done at a start before.

    Raises shops.Unanswered if no worker comes up within `seconds`, shops.Refused.
    """
    if is_logged(settings, shop, order_id(shop, _ORDERS[-1].number)):
        return
    async with await open_pool(settings.dsn_of("keys"), "demo") as pool:
        master = await rooted(MasterKey.load(settings), pool)
        keys, ids = KeyStore(pool, master), VisitorIds(master)
        for step in (*_reviews(shop), _Step(SetReviewRules, "", {"rules": RULES}), *_orders(shop, ids)):
            key = await keys.get_or_create(shop, step.person) if step.person else None
            await send(broker, partial(_command, shop, owner, step, key), seconds)


def _command(shop: str, owner: str, step: _Step, key: PersonKey | None, gateway: str) -> Command:
    head: dict[str, Any] = {"shop": shop, "sender_kind": "operator", "sender": owner, "digest": DIGEST}
    name = step.fields.get("status", kind_of(step.kind))  # an order stands otherwise several times
    command = step.kind(id=f"demo-{name}", gateway=gateway, **head, **step.fields)
    return seal_fields(command, key) if key else command


def _reviews(shop: str) -> Iterator[_Step]:
    now = datetime.now(UTC)
    for number, one in enumerate(_REVIEWS):
        review = imported_review_id(shop, f"demo-{number}")
        person = f"review-{review.hex}"
        fields = {
            "review": review,
            "person": person,
            "sku": one.sku,
            "product": _NAMES[one.sku],
            "stars": one.stars,
            "language": one.language,
            "written_at": now - timedelta(days=one.days),
            "state": one.state,
            "confirmed": True,
            "text": one.text,
            "author": one.author,
        }
        yield _Step(ImportReview, person, fields)
        if one.reply:
            yield _Step(ReplyToReview, person, {"review": review, "text": one.reply})


def _orders(shop: str, ids: VisitorIds) -> Iterator[_Step]:
    now = datetime.now(UTC)
    for one in _ORDERS:
        person, about = ids.of_customer(shop, one.customer), {"order": order_id(shop, one.number), "number": one.number}
        received = now - timedelta(days=one.days)
        placed = {
            "person": person,
            "placed_at": received - timedelta(days=3),
            "items": [OrderItem(sku=sku, name=_NAMES[sku]) for sku in one.skus],
            "language": one.language,
            "customer": one.customer,
            "email": _EMAILS[one.customer],
            "name": one.name,
        }
        yield _Step(PlaceOrder, person, {**about, **placed})
        yield _Step(ReportOrderStatus, "", {**about, "status": RECEIVED, "at": received})
        if one.returned is not None:
            yield _Step(
                ReportOrderStatus, "", {**about, "status": "returned", "at": now - timedelta(days=one.returned)}
            )
