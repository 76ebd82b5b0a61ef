"""Who waits in line knows their place, wherever they are connected and whatever happens before them."""

import pytest

from tests.integration.gateway.conftest import MakeShop
from tests.support.protocol_client import Visitor


async def has_place(visitor: Visitor, place: int) -> None:
    frame = {"type": "place", "conversation": visitor.conversation, "place": place}
    await visitor.wait_for(lambda: visitor.latest.get("place") == frame)


@pytest.mark.feature("A10")
async def test_places_are_told_whenever_they_change(make_shop: MakeShop) -> None:
    shop = await make_shop(limit=1, line=True)
    await shop.operator(channels=1)
    visitors = [await shop.visitor(gateway) for gateway in (shop.a, shop.b, shop.a, shop.b)]
    for visitor in visitors:
        await visitor.start("Good morning")
    served, *waiting = visitors
    await served.event(served.conversation, "assigned")
    for place, visitor in enumerate(waiting, 1):
        assert (await visitor.event(visitor.conversation, "waiting"))["place"] == place
    tab = await shop.visitor(shop.a, token=waiting[2].token)
    assert tab.welcome is not None
    assert tab.welcome["conversation"]["place"] == 3
    await waiting[1].end(waiting[1].conversation)
    for visitor in (waiting[2], tab):
        await has_place(visitor, 2)
    await served.end(served.conversation)
    await waiting[0].event(waiting[0].conversation, "assigned")
    for visitor in (waiting[2], tab):
        await has_place(visitor, 1)
    assert waiting[0].latest.get("place", {}).get("place", 1) == 1
    assert "place" not in served.latest
