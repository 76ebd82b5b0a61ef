"""Commands about orders as gateways make them: personal fields sealed, with a digest that tells what is new."""

from datetime import UTC
from typing import Any

import msgspec

from contracts.engagement.review_commands import PlaceOrder, ReportOrderStatus
from contracts.envelope import rfc3339
from contracts.ids import order_id
from services.common.person_keys import PersonKey, seal_fields
from services.gateway.access.visitor_ids import VisitorIds
from services.gateway.rest.orders.bodies import NewOrder, OrderCustomer, StatusOfOrder, item_of


def known_as(customer: OrderCustomer | None) -> str | None:
    """By what the shop, its staff and the law ask for a customer: the shop's id, else the address."""
    if customer is None:
        return None
    return customer.id or (customer.email.lower() if customer.email else None)


def person_of(ids: VisitorIds, shop: str, order: NewOrder) -> str:
    """Under whose key the order is sealed. Nobody knows who has ordered: it is somebody of their own."""
    return ids.of_customer(shop, known_as(order.customer) or f"order\n{order.number}")


def mailbox_of(ids: VisitorIds, shop: str, order: NewOrder) -> str | None:
    """What stands for the address that mails about the order go to."""
    address = order.customer.email if order.customer is not None else None
    return ids.of_mailbox(shop, address) if address else None


def place_order(
    order: NewOrder, language: str, person: str, mailbox: str | None, key: PersonKey, common: dict[str, Any]
) -> PlaceOrder:
    """`language`: the customer's; `common`: what all commands carry."""
    customer = order.customer or OrderCustomer()
    items = [item_of(item) for item in order.items]
    placed_at, said = order.placed_at.astimezone(UTC), msgspec.json.encode(items).decode()
    who = (known_as(order.customer), customer.email, customer.name)
    command = PlaceOrder(
        **common,
        digest=key.digest("order", rfc3339(placed_at), said, language, *who),
        order=order_id(common["shop"], order.number),
        number=order.number,
        person=person,
        placed_at=placed_at,
        items=items,
        language=language,
        customer=who[0],
        email=customer.email,
        name=customer.name,
        mailbox=mailbox,
    )
    return seal_fields(command, key)


def report_status(given: StatusOfOrder, common: dict[str, Any]) -> ReportOrderStatus:
    """Nothing personal is in it. Without a time it holds from now on: since when, the order itself knows."""
    at = given.at.astimezone(UTC) if given.at is not None else None
    return ReportOrderStatus(
        **common,
        digest=f"{given.number}\n{given.status}\n{rfc3339(at) if at is not None else ''}",
        order=order_id(common["shop"], given.number),
        number=given.number,
        status=given.status,
        at=at,
    )
