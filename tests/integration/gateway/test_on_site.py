"""Who is on the site, as operators see it: over all gateways, with page and cart, and no longer than they are there."""

from typing import Any

import pytest
from nats.aio.msg import Msg

from services.common.broker import connect
from tests.integration.gateway.conftest import Shop
from tests.support.protocol_client import Operator, Visitor

SHOP = "https://shop.example"


class Watched:
    """What an operator's `visitors` frames add up to."""

    def __init__(self, operator: Operator) -> None:
        self.operator = operator
        self.here: dict[str, dict[str, Any]] | None = None
        self.wholes = 0
        self.left: list[str] = []
        before = operator._on_other

        def take(kind: str, frame: dict[str, Any]) -> None:
            before(kind, frame)
            if kind == "visitors":
                self._take(frame)

        operator._on_other = take  # type: ignore[method-assign]
        operator.tell("watch_visitors", on=True)

    def _take(self, frame: dict[str, Any]) -> None:
        self.wholes += frame["whole"]
        known = {} if frame["whole"] or self.here is None else self.here
        gone = set(frame.get("gone", ()))
        self.left += gone
        self.here = {id_: one for id_, one in known.items() if id_ not in gone}
        self.here |= {one["id"]: one for one in frame["here"]}

    async def shows(self, *visitors: Visitor, **members: Any) -> None:
        """Until exactly these are there, each with these members."""

        def settled() -> bool:
            here = self.here
            if here is None or set(here) != {id_of(one) for one in visitors}:
                return False
            return all(one.get(name) == value for one in here.values() for name, value in members.items())

        await self.operator.wait_for(settled, within=15)


def id_of(visitor: Visitor) -> str:
    assert visitor.welcome is not None
    return str(visitor.welcome["visitor"]["id"])


async def test_who_is_on_the_site_is_shown_with_page_and_cart(shop: Shop) -> None:
    first = await shop.visitor()
    first.tell(
        "page", url=f"{SHOP}/lamps", title="Lamps", cart={"items": [{}, {}], "total": "39.90", "currency": "eur"}
    )
    watched = Watched(await shop.operator(channels=None))
    page = {"url": f"{SHOP}/lamps", "title": "Lamps"}
    await watched.shows(first, page=page, cart={"pieces": 2, "total": 39.9, "currency": "EUR"}, signed_in=False)
    first.tell("page", url=f"{SHOP}/vases")
    await watched.shows(first, page={"url": f"{SHOP}/vases"})
    first.tell("page", url="javascript:alert(1)", cart={})
    await watched.shows(first, page=None, cart=None)


@pytest.mark.feature("A9")
async def test_two_operators_see_the_visitors_of_both_gateways_come_and_go(shop: Shop) -> None:
    first = await shop.visitor(shop.a)
    watched = [Watched(await shop.operator(gateway, channels=None)) for gateway in (shop.a, shop.b)]
    for one in watched:
        await one.shows(first)
    second = await shop.visitor(shop.b)
    for one in watched:
        await one.shows(first, second)
    await second.close()
    for one in watched:
        await one.shows(first)
        assert one.wholes == 1
        one.operator.tell("watch_visitors", on=False)


async def test_visitor_in_a_conversation_is_shown_with_it_until_it_is_archived(shop: Shop) -> None:
    visitor, operator = await shop.chat()
    watched = Watched(operator)
    here = visitor.conversation
    guest = visitor.token

    def mine() -> dict[str, Any] | None:
        return next((one for one in (watched.here or {}).values() if one.get("conversation") == here), None)

    await operator.wait_for(mine)
    tab = await shop.visitor(shop.a, token=guest)
    tab.tell("page", url=f"{SHOP}/plates", title="Plates")
    shown = await operator.wait_for(lambda: (mine() or {}).get("page"))
    assert shown["title"] == "Plates"
    assert len(watched.here or {}) == 1
    await operator.end(here)
    await operator.go_offline()
    await operator.wait_for(lambda: mine() is None)
    assert len(watched.here or {}) == 1


async def test_nobody_hears_of_visitors_before_asking_or_of_another_shops(shop: Shop) -> None:
    operator = await shop.operator(channels=None)
    visitor = await shop.visitor()
    watched = Watched(operator)
    await watched.shows(visitor)
    quiet = await shop.operator(shop.a, channels=None)
    await shop.visitor()
    await operator.wait_for(lambda: len(watched.here or {}) == 2)
    assert "visitors" not in quiet.latest


async def test_what_gateways_tell_each_other_shows_nothing_of_visitors_to_the_broker(shop: Shop) -> None:
    broker, heard = await connect(shop.installation.settings.nats_url, "tests"), list[tuple[str, bytes]]()
    shop.stack.push_async_callback(broker.close)

    async def hear(message: Msg) -> None:
        heard.append((message.subject, message.data))

    await broker.client.subscribe(">", cb=hear)
    await broker.client.flush()
    visitor = await shop.visitor(shop.b)
    visitor.tell("page", url=f"{SHOP}/engagement-rings", title="Engagement rings")
    watched = Watched(await shop.operator(shop.a, channels=None))
    page = {"url": f"{SHOP}/engagement-rings", "title": "Engagement rings"}
    await watched.shows(visitor, page=page)
    told = [data for subject, data in heard if subject == f"onsite.{shop.id}"]
    assert told
    for subject, data in heard:
        assert b"ngagement" not in data
        assert id_of(visitor) not in subject


async def test_guest_with_a_conversation_stays_on_the_list_while_the_next_page_loads(shop: Shop) -> None:
    visitor, operator = await shop.chat()
    watched = Watched(operator)
    await operator.wait_for(lambda: len(watched.here or {}) == 1)
    (before,) = (watched.here or {}).values()
    visitor.drop()
    tab = await shop.visitor(shop.b, token=visitor.token)
    tab.tell("page", url=f"{SHOP}/next", title="Next")
    await operator.wait_for(
        lambda: watched.here and before["id"] in watched.here and watched.here[before["id"]].get("page")
    )
    assert watched.left == []
    assert (watched.here or {})[before["id"]]["since"] == before["since"]


async def test_first_list_of_an_empty_site_is_empty(shop: Shop) -> None:
    watched = Watched(await shop.operator(channels=None))
    await watched.shows()
