"""Parts of the REST of orders: what comes of a planned mail, and who a customer is."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest

from contracts.engagement.reviews import ReviewRules
from services.common.master_key import MasterKey
from services.gateway.access.visitor_ids import VisitorIds
from services.gateway.rest.orders.bodies import NewItem, NewOrder, OrderCustomer
from services.gateway.rest.orders.commands import known_as, mailbox_of, person_of
from services.gateway.rest.orders.requests import would
from services.gateway.rest.orders.store import RequestRow

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
IDS = VisitorIds(MasterKey(bytes(32)))


def row(**fields: Any) -> RequestRow:
    wanted: dict[str, Any] = {
        "id": UUID(int=1),
        "number": "20418",
        "step": "request",
        "state": "planned",
        "due_at": NOON,
        "at": NOON,
        "reason": None,
        "opened_at": None,
        "name": "Hannah Weiss",
        "has_address": True,
        "items": [{"sku": "mug", "name": "Tide mug"}, {"sku": "bowl", "name": "Salt bowl"}],
        "status": "shipped",
        "language": "en",
        "unsubscribed": False,
        "bounced": False,
        "reviewed": ["mug"],
    }
    return RequestRow(**{**wanted, **fields})


@pytest.mark.parametrize(
    ("fields", "on", "expected"),
    [
        ({}, True, "send"),
        ({}, False, "off"),
        ({"status": None}, True, "send"),
        ({"status": "cancelled", "has_address": False}, True, "cancelled"),
        ({"status": "returned"}, True, "returned"),
        ({"has_address": False, "unsubscribed": True}, True, "no_address"),
        ({"unsubscribed": True, "bounced": True}, True, "unsubscribed"),
        ({"bounced": True}, True, "bounced"),
        ({"reviewed": ["bowl", "mug"]}, True, "reviewed"),
    ],
)
def test_dry_run_says_what_would_come_of_a_mail_now(fields: dict[str, Any], on: bool, expected: str) -> None:
    assert would(row(**fields), ReviewRules(on=on)) == expected


def order(number: str = "1", **customer: str) -> NewOrder:
    who = OrderCustomer(**customer) if customer else None
    return NewOrder(number=number, placed_at=NOON, items=[NewItem(sku="mug", name="Mug")], customer=who)


def test_customer_is_who_the_shop_says_else_the_address_else_nobody_known() -> None:
    by_id = person_of(IDS, "shoes", order(id="c-7", email="hannah@posteo.example"))
    assert by_id == IDS.of_customer("shoes", "c-7")
    by_address = person_of(IDS, "shoes", order(email="Hannah@Posteo.example"))
    assert by_address == IDS.of_customer("shoes", "hannah@posteo.example")
    assert person_of(IDS, "shoes", order("1")) != person_of(IDS, "shoes", order("2"))
    assert known_as(order("1").customer) is None
    assert known_as(OrderCustomer(name="Hannah")) is None


def test_address_is_one_mailbox_whoever_has_given_it() -> None:
    mailboxes = {
        mailbox_of(IDS, "shoes", order(id="c-7", email="hannah@posteo.example")),
        mailbox_of(IDS, "shoes", order(id="c-8", email="Hannah@Posteo.example")),
        mailbox_of(IDS, "shoes", order("2", email="hannah@posteo.example")),
    }
    assert len(mailboxes) == 1
    assert mailbox_of(IDS, "hats", order(email="hannah@posteo.example")) not in mailboxes
    assert [mailbox_of(IDS, "shoes", one) for one in (order(), order(id="c-7"))] == [None, None]
