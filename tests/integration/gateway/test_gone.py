"""Persons who were erased and shops that were removed: nothing goes on with them."""

from collections.abc import Callable
from typing import Any

import httpx
import pytest

from contracts.answers import Answer, Stored
from contracts.conversations.commands import Command, ErasePerson, RemoveShop
from services.common.broker import connect
from services.gateway.dispatch import Dispatch
from tests.integration.gateway.conftest import Shop
from tests.integration.gateway.raw import opened
from tests.integration.gateway.rest import Pages, Staff
from tests.support.protocol_client import RejectedError
from tests.support.waiting import eventually


async def ask(shop: Shop, make: Callable[..., Command], **members: Any) -> Answer:
    """What the owner of the shop's partition answers to a command that no socket can send."""
    broker = await connect(shop.installation.settings.nats_url, "tests")
    try:
        dispatch = Dispatch(broker)
        await dispatch.start()
        n = dispatch.next_number()
        return await dispatch.ask(make(shop=shop.id, gateway=dispatch.gateway, n=n, **members))
    finally:
        await broker.close()


async def erase(shop: Shop, *persons: str) -> None:
    who: dict[str, Any] = {"id": f"erase-{persons[0]}", "sender_kind": "operator", "sender": "o_owner"}
    answer = await ask(shop, ErasePerson, persons=list(persons), digest="erase", **who)
    assert isinstance(answer, Stored), answer


@pytest.mark.feature("I5")
async def test_erased_persons_key_is_forgotten_at_once(shop: Shop) -> None:
    visitor, operator = await shop.chat()
    assert visitor.welcome is not None
    started = await operator.event(visitor.conversation, "started")
    await erase(shop, started["visitor"]["id"])
    await operator.event(visitor.conversation, "archived")

    async def refused() -> bool:
        path = f"/conversations/{visitor.conversation}/transcript"
        answer = await Pages(shop).post(path, {"email": "zoe@shop.example", "token": visitor.token})
        return answer.status_code == 404

    await eventually(refused, 20, what="the key forgotten, long before it would have expired by itself")
    with pytest.raises(RejectedError) as said:
        await visitor.say_here("Am I still here?")
    assert said.value.code in ("not_found", "not_open")
    async with opened(shop.visitor_url(shop.b)) as again:
        await again.hello(token=visitor.token)
        again.send({"type": "resume", "conversation": visitor.conversation, "after": 0})
        await again.expect(type="resumed")
        events = [frame for frame in again.frames if frame.get("kind") == "message"]
        assert all(frame["text"] == "" for frame in events)
    assert (await Staff(shop).send("GET", f"/conversations/{visitor.conversation}")).status_code == 404


async def test_erased_persons_offline_message_is_gone_for_staff(shop: Shop) -> None:
    fields = {"email": "zoe@shop.example", "message": "Forget me"}
    left = (await Pages(shop).leave(fields)).json()
    staff = Staff(shop)

    async def listed() -> list[dict[str, Any]]:
        return await staff.items()

    items: list[dict[str, Any]] = await eventually(listed, 15, what="the message")
    await erase(shop, items[0]["customer"]["id"])

    async def gone() -> bool:
        return not await staff.items()

    await eventually(gone, 20, what="the inbox without the message")
    path = f"/offline-messages/{left['message']}"
    assert (await staff.send("GET", path)).status_code == 404
    assert (await staff.send("POST", f"{path}/retry")).status_code == 404

    async def unanswerable() -> bool:
        return (await staff.send("POST", f"{path}/answer", json={"text": "Hello"})).status_code == 404

    await eventually(unanswerable, 30, what="the key gone, which goes after the tables")
    again = await Pages(shop).leave(fields, token=left["token"])
    assert again.status_code == 201
    await eventually(listed, 15, what="a message of somebody who came back")


async def test_removed_shop_is_no_shop_any_more(shop: Shop) -> None:
    visitor, operator = await shop.chat()
    ticket = (await Pages(shop).form()).json()["ticket"]
    answer = await ask(shop, RemoveShop, id="remove-shop", sender_kind="system", sender="system")
    assert isinstance(answer, Stored), answer
    assert await visitor.closed() == 4403
    assert await operator.closed() == 4403
    assert (await Pages(shop).form()).status_code == 404
    assert (await Pages(shop).leave({"message": "Hello"}, ticket=ticket)).status_code == 404
    for path in ("/settings", "/conversations", "/offline-messages", f"/offline-messages/{visitor.conversation}"):
        assert (await Staff(shop).send("GET", path)).status_code in (401, 404), path
    for gateway in shop.gateways:
        async with opened(shop.visitor_url(gateway)) as refused:
            assert await refused.closed() == 4403
        async with opened(f"{gateway}/v1/operator", Cookie=shop.cookie) as refused:
            assert await refused.closed() in (4401, 4403)
    async with httpx.AsyncClient(base_url=shop.b) as http:
        assert (await http.get("/readyz")).status_code == 200
