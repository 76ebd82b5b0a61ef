"""The shop's limit holds, however many ring at once through however many gateways."""

import asyncio

import pytest

from tests.integration.gateway.conftest import MakeShop
from tests.support.protocol_client import RejectedError, Visitor

LIMIT = 3
CHANNELS = 8
"""More than the limit: only the shop's limit stands in the way."""
VISITORS = 24
ROUNDS = 4


async def rings(visitor: Visitor) -> bool:
    """Whether the visitor got in. Whoever does not is told that there is no room."""
    try:
        await visitor.start("Is anybody there?")
    except RejectedError as refused:
        if refused.code != "no_capacity":
            raise
        return False
    return True


async def ring_at_once(visitors: list[Visitor]) -> tuple[list[Visitor], list[Visitor]]:
    """Who got in, and who did not."""
    got_in = await asyncio.gather(*(rings(visitor) for visitor in visitors))
    inside = [visitor for visitor, entered in zip(visitors, got_in, strict=True) if entered]
    return inside, [visitor for visitor in visitors if visitor not in inside]


async def end(visitor: Visitor) -> None:
    await visitor.end(visitor.conversation)


@pytest.mark.feature("B3")
async def test_visitors_who_ring_at_once_through_two_gateways_never_exceed_the_limit(make_shop: MakeShop) -> None:
    shop = await make_shop(limit=LIMIT, offline_mode=False)
    operator = await shop.operator(shop.a, channels=CHANNELS)
    seen: set[int] = set()

    def busy(count: int) -> bool:
        seen.add(operator.desk["busy"])
        return bool(operator.desk["busy"] == count)

    outside = [await shop.visitor(shop.gateways[number % 2]) for number in range(VISITORS)]
    for _ in range(ROUNDS):
        inside, outside = await ring_at_once(outside)
        assert len(inside) == LIMIT
        await operator.wait_for(lambda: busy(LIMIT))
        # One leaves while the others ring again: the place goes to at most one of them.
        first, *others = inside
        _, (more, outside) = await asyncio.gather(end(first), ring_at_once(outside))
        assert len(more) <= 1
        await asyncio.gather(*(end(visitor) for visitor in [*others, *more]))
        await operator.wait_for(lambda: busy(0))
    assert max(seen) == LIMIT
