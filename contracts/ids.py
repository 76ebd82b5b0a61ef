"""Identifiers, and how the derived ones are derived.

Aggregate ids are UUIDs of version 5 (RFC 9562, section 5.5): the same inputs give the same id in every
process, so that a command sent twice through two gateways names one aggregate.
"""

from functools import lru_cache
from typing import Annotated, Final
from uuid import UUID, uuid5

from msgspec import Meta

ShopId = Annotated[str, Meta(pattern=r"^[a-z0-9][a-z0-9-]{0,39}$(?!\n)", description="Slug of a shop.")]
CommandId = Annotated[
    str,
    Meta(
        pattern=r"^[A-Za-z0-9_-]{8,64}$(?!\n)",
        description="Made by the client; the idempotency key, scoped to (shop, sender).",
    ),
]

NAMESPACE: Final = UUID("6f1b1d0e-6c1a-5d0b-9a3e-2c7b5e11be11")


@lru_cache(maxsize=4096)
def shop_aggregate_id(shop: str) -> UUID:
    """The id of the Shop aggregate of a shop."""
    return uuid5(NAMESPACE, f"shop\n{shop}")


@lru_cache(maxsize=4096)
def desk_id(shop: str) -> UUID:
    """The id of the Desk aggregate of a shop; every shop has exactly one."""
    return uuid5(NAMESPACE, f"desk\n{shop}")


def conversation_id(shop: str, visitor: str, start: str) -> UUID:
    """The id of the conversation that the command `start` of this visitor opens."""
    return uuid5(NAMESPACE, f"conversation\n{shop}\n{visitor}\n{start}")


def offline_message_id(shop: str, visitor: str, command: str) -> UUID:
    """The id of the offline message that this command of the visitor leaves."""
    return uuid5(NAMESPACE, f"offline-message\n{shop}\n{visitor}\n{command}")


def push_subscription_id(shop: str, endpoint: str) -> UUID:
    """The id of the subscription of the browser that this address reaches."""
    return uuid5(NAMESPACE, f"push-subscription\n{shop}\n{endpoint}")


def campaign_id(shop: str, operator: str, command: str) -> UUID:
    """The id of the campaign that this command of the operator drafts."""
    return uuid5(NAMESPACE, f"campaign\n{shop}\n{operator}\n{command}")


@lru_cache(maxsize=4096)
def review_policy_id(shop: str) -> UUID:
    """The id of the ReviewPolicy of a shop; every shop has one at most."""
    return uuid5(NAMESPACE, f"review-policy\n{shop}")


def order_id(shop: str, number: str) -> UUID:
    """The id of the order that the shop has given this number."""
    return uuid5(NAMESPACE, f"order\n{shop}\n{number}")


def review_request_id(order: UUID, product: str, step: str) -> UUID:
    """The id of what a timer of this order, product ("" for all of them in one mail) and step sets off."""
    return uuid5(order, f"review-request\n{product}\n{step}")


def review_id(order: UUID, sku: str) -> UUID:
    """The id of the one review that this product of the order may get."""
    return uuid5(order, f"review\n{sku}")


def imported_review_id(shop: str, source: str) -> UUID:
    """The id of a review that has the id `source` where it comes from."""
    return uuid5(NAMESPACE, f"imported-review\n{shop}\n{source}")


def recipient_id(shop: str, person: str) -> UUID:
    """The id of a person as one who gets review mails of this shop."""
    return uuid5(NAMESPACE, f"recipient\n{shop}\n{person}")


def poll_id(shop: str, operator: str, command: str) -> UUID:
    """The id of the poll that this command of the operator drafts."""
    return uuid5(NAMESPACE, f"poll\n{shop}\n{operator}\n{command}")


def vote_id(poll: UUID, visitor: str) -> UUID:
    """The id of the one vote that this visitor may cast in this poll; the visitor can't be told from it."""
    return uuid5(poll, f"vote\n{visitor}")
