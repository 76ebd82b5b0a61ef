"""Which visitors are shown, if there are more than anybody can look at; and one visitor out of several tabs. Pure."""

from collections.abc import Iterable
from typing import Final

import msgspec
from msgspec import UNSET

from contracts.presence import Seen
from contracts.sockets.operator import VisitorOnSite

MOST: Final = 500
MOST_BYTES: Final = 262_144
"""Of all that are shown, as JSON."""

_encode: Final = msgspec.json.Encoder().encode


def joined(one: Seen, other: Seen) -> Seen:
    """The same visitor in two tabs: page and cart are those changed last, where both have them."""
    newer, older = (one, other) if one.at >= other.at else (other, one)
    return Seen(
        msgspec.structs.replace(
            newer.visitor,
            since=min(newer.visitor.since, older.visitor.since),
            **{
                name: getattr(older.visitor, name)
                for name in ("name", "conversation", "page", "cart")
                if getattr(newer.visitor, name) is UNSET
            },
        ),
        newer.at,
    )


def by_visitor(seen: Iterable[Seen]) -> dict[str, Seen]:
    """Each visitor once."""
    found: dict[str, Seen] = {}
    for one in seen:
        known = found.get(one.visitor.id)
        found[one.visitor.id] = one if known is None else joined(known, one)
    return found


def chosen(seen: dict[str, Seen]) -> dict[str, Seen]:
    """As many as may be shown: those in a conversation, then those with a cart, then who came last."""
    ranked = sorted(seen.values(), key=_came, reverse=True) if len(seen) > MOST else list(seen.values())
    ranked.sort(key=_rank)
    shown: dict[str, Seen] = {}
    size = 0
    for one in ranked[:MOST]:
        size += len(_encode(one))
        if size > MOST_BYTES:
            break
        shown[one.visitor.id] = one
    return shown


def _came(one: Seen) -> tuple[str, str]:
    return one.visitor.since, one.visitor.id


def _rank(one: Seen) -> int:
    visitor: VisitorOnSite = one.visitor
    if visitor.conversation is not UNSET:
        return 0
    return 1 if visitor.cart is not UNSET and visitor.cart.pieces else 2
