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
