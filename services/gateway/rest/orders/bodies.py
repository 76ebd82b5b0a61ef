"""What a shop says of its orders, checked."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Annotated, Any, Final, TypeVar
from urllib.parse import urlsplit

import msgspec
from msgspec import Meta, Struct

from contracts.conversations.appearance import Language
from contracts.engagement.reviews import OrderItem, OrderNumber, OrderStatus, Sku
from services.gateway.addresses import email_address
from services.gateway.forms import single_line
from services.gateway.rest.bodies import invalid, place_of
from services.gateway.rest.moments import EARLIEST
from services.gateway.rest.problems import Problem
from services.gateway.sockets.texts import BadText

Moment = Annotated[datetime, Meta(tz=True)]

MOST_ITEMS: Final = 200
MOST_AT_ONCE: Final = 500
AHEAD: Final = timedelta(days=1)
"""Clocks may differ; what is further ahead is a mistake."""
_ID: Final = re.compile(r"[^\x00-\x1f\x7f]{1,300}")


class NewItem(Struct, forbid_unknown_fields=True, kw_only=True):
    """A product of an order. `url` is its page, `image` its picture: https."""

    sku: Sku
    name: Annotated[str, Meta(min_length=1, max_length=200)]
    quantity: Annotated[int, Meta(ge=1, le=1_000_000)] = 1
    variant: Annotated[str, Meta(max_length=100)] | None = None
    url: Annotated[str, Meta(max_length=2_000)] | None = None
    image: Annotated[str, Meta(max_length=2_000)] | None = None


class OrderCustomer(Struct, forbid_unknown_fields=True, kw_only=True):
    """Who has ordered. `id` is the shop's own, as in its identity tokens; without one the address stands for it."""

    id: Annotated[str, Meta(min_length=1, max_length=300)] | None = None
    email: Annotated[str, Meta(max_length=300)] | None = None
    name: Annotated[str, Meta(max_length=200)] | None = None


class NewStatus(Struct, forbid_unknown_fields=True, kw_only=True):
    """How an order stands since `at`, or since now: the shop's own word. `received`, `cancelled` and `returned` mean
    something to review mails."""

    status: OrderStatus
    at: Moment | None = None


class StatusOfOrder(Struct, forbid_unknown_fields=True, kw_only=True):
    """One of several."""

    number: OrderNumber
    status: OrderStatus
    at: Moment | None = None


class NewOrder(Struct, forbid_unknown_fields=True, kw_only=True):
    """An order as it is now.

    `language` is the customer's, whether the shop speaks it or not: mails about the order go in the nearest language
    that the shop speaks (`pt` for `pt-BR`), else in the shop's first. Not told, it is the shop's first.
    """

    number: OrderNumber
    placed_at: Moment
    items: Annotated[list[NewItem], Meta(min_length=1, max_length=MOST_ITEMS)]
    language: Language | None = None
    customer: OrderCustomer | None = None
    status: NewStatus | None = None


class Orders(Struct, forbid_unknown_fields=True):
    """Several at once."""

    orders: Annotated[list[msgspec.Raw], Meta(min_length=1, max_length=MOST_AT_ONCE)]


class Statuses(Struct, forbid_unknown_fields=True):
    """Several at once."""

    statuses: Annotated[list[msgspec.Raw], Meta(min_length=1, max_length=MOST_AT_ONCE)]


T = TypeVar("T", NewOrder, StatusOfOrder)


def one_of(raw: msgspec.Raw, decoder: msgspec.json.Decoder[T]) -> T:
    """One entry of a list. Raises Problem, also for letters that are not in UTF-8: the list was not looked into."""
    try:
        return decoder.decode(raw)
    except msgspec.ValidationError as error:
        raise invalid(*place_of(error)) from None
    except (msgspec.MsgspecError, ValueError, RecursionError):
        raise Problem(400, "invalid", "The entry is no JSON in UTF-8.") from None


def checked(order: NewOrder, now: datetime) -> NewOrder:
    """The same with its texts in their one spelling. Raises Problem: 422 with the member's name."""
    changes: dict[str, Any] = {"number": _line("number", order.number, 64)}
    _check_time("placed_at", order.placed_at, now)
    changes["items"] = [_item(f"items[{place}]", item) for place, item in enumerate(order.items)]
    if len({item.sku for item in changes["items"]}) < len(order.items):
        raise invalid("items", "A product stands in an order once, with its quantity.")
    if order.customer is not None:
        changes["customer"] = _customer(order.customer)
    if order.status is not None and order.status.at is not None:
        _check_time("status.at", order.status.at, now)
    return msgspec.structs.replace(order, **changes)


def checked_status(given: StatusOfOrder, now: datetime) -> StatusOfOrder:
    """The same in its one spelling. Raises Problem."""
    if given.at is not None:
        _check_time("at", given.at, now)
    return msgspec.structs.replace(given, number=_line("number", given.number, 64))


def item_of(item: NewItem) -> OrderItem:
    """As the log has it."""
    return OrderItem(**msgspec.structs.asdict(item))


def _item(where: str, item: NewItem) -> NewItem:
    return NewItem(
        sku=_line(f"{where}.sku", item.sku, 64),
        name=_line(f"{where}.name", item.name, 200),
        quantity=item.quantity,
        variant=_line(f"{where}.variant", item.variant, 100) if item.variant else None,
        url=_address(f"{where}.url", item.url),
        image=_address(f"{where}.image", item.image),
    )


def _customer(customer: OrderCustomer) -> OrderCustomer:
    if customer.id is not None and not _ID.fullmatch(customer.id):
        raise invalid("customer.id", "A customer's id holds no control characters.")
    return OrderCustomer(
        id=customer.id,
        email=_taken("customer.email", customer.email, email_address) if customer.email else None,
        name=_line("customer.name", customer.name, 200) if customer.name else None,
    )


def _line(field: str, text: str, most: int) -> str:
    return _taken(field, text.strip(), lambda given: single_line(given, most))


def _taken(field: str, text: str, take: Callable[[str], str]) -> str:
    try:
        return take(text)
    except BadText as bad:
        raise invalid(field, f"{bad.detail[:1].upper()}{bad.detail[1:]}.") from None


def _address(field: str, url: str | None) -> str | None:
    """Of the web, encrypted: it goes into mails and onto pages."""
    if not url:
        return None
    try:
        parts = urlsplit(_line(field, url, 2_000))
        good = parts.scheme == "https" and bool(parts.hostname)
    except ValueError:
        good = False
    if not good:
        raise invalid(field, "An address begins with https://.")
    return url.strip()


def _check_time(field: str, at: datetime, now: datetime) -> None:
    if not EARLIEST <= at <= now + AHEAD:
        raise invalid(field, "This time is too far away.")
