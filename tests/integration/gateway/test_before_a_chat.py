"""What comes before a chat: details that the shop asks for, and the conversation that a customer had before."""

import time
from typing import Any

import jwt
import pytest

from tests.integration.gateway.conftest import Shop
from tests.integration.gateway.raw import opened
from tests.integration.gateway.rest import Staff
from tests.support.protocol_client import RejectedError
from tests.support.waiting import eventually

ASKED = {"requested": True, "required": False}
NEEDED = {"requested": True, "required": True}


async def identity_of(shop: Shop, sub: str = "4711", **known: str) -> str:
    kid, secret = await shop.secret()
    claims = {"sub": sub, "name": "Anna K.", "aud": "shopbell", "iss": shop.id, **known}
    return jwt.encode({**claims, "exp": int(time.time()) + 3600}, secret, "HS256", {"kid": kid})


@pytest.mark.feature("D4")
async def test_details_are_asked_before_a_chat_and_shown_to_the_operator(shop: Shop) -> None:
    await Staff(shop).settings(chat_fields={"first_name": ASKED, "email": NEEDED, "message": NEEDED})
    operator, visitor = await shop.operator(), await shop.visitor()
    assert visitor.welcome is not None
    asked = visitor.welcome["chat_fields"]
    assert (asked["email"], asked["first_name"], asked["phone"]["requested"]) == (NEEDED, ASKED, False)
    await visitor.start(fields={"email": "Zoe@Bücher.example", "first_name": "Zoë", "message": "Good morning"})
    started = await operator.event(visitor.conversation, "started")
    assert started["visitor"]["fields"] == {"first_name": "Zoë", "email": "Zoe@bücher.example"}
    assert (await operator.event(visitor.conversation, "message"))["text"] == "Good morning"


@pytest.mark.feature("D4")
@pytest.mark.parametrize(
    ("start", "field"),
    [
        ({"text": "Hi"}, "email"),
        ({"fields": {"email": "zoe@shop.example"}}, "message"),
        ({"text": "Hi", "fields": {"email": "nobody"}}, "email"),
        ({"text": "Hi", "fields": {"email": "zoe@shop.example", "phone": "+48 601"}}, "phone"),
        ({"text": "Hi", "fields": {"email": "zoe@shop.example", "is_admin": "1"}}, "is_admin"),
        ({"text": "Hi", "fields": {"email": "zoe@shop.example", "first_name": "Eve\nBcc: a@b.example"}}, "first_name"),
    ],
)
async def test_chat_without_the_details_does_not_start(shop: Shop, start: dict[str, Any], field: str) -> None:
    await Staff(shop).settings(chat_fields={"first_name": ASKED, "email": NEEDED, "message": NEEDED})
    operator, visitor = await shop.operator(), await shop.visitor()
    with pytest.raises(RejectedError) as refused:
        await visitor.command("start", **start)
    assert (refused.value.code, refused.value.frame["field"]) == ("invalid", field)
    assert operator.desk["busy"] == 0
    await visitor.start("Hi", fields={"email": "zoe@shop.example"})


async def test_second_start_asks_for_nothing(shop: Shop) -> None:
    await Staff(shop).settings(chat_fields={"email": NEEDED})
    await shop.operator()
    visitor = await shop.visitor()
    first = await visitor.start("Hi", fields={"email": "zoe@shop.example"})
    second = await visitor.start("Me again")
    assert second["conversation"] == first["conversation"]


async def test_signed_in_visitor_is_not_asked_what_the_shop_knows(shop: Shop) -> None:
    await Staff(shop).settings(chat_fields={"first_name": NEEDED, "email": NEEDED, "phone": ASKED})
    await shop.operator()
    visitor = await shop.visitor(identity=await identity_of(shop, email="anna@shop.example"))
    assert visitor.welcome is not None
    asked = {name for name, rule in visitor.welcome["chat_fields"].items() if rule["requested"]}
    assert asked == {"phone"}
    await visitor.start("Hello")


@pytest.mark.feature("A6")
async def test_signed_in_visitor_sees_the_conversation_before(shop: Shop) -> None:
    identity = await identity_of(shop)
    operator = await shop.operator()
    visitor = await shop.visitor(identity=identity)
    assert visitor.welcome is not None
    assert "previous" not in visitor.welcome
    await visitor.start("The first time")
    before = visitor.conversation
    await operator.say(before, "You are welcome")
    await operator.end(before)
    await operator.go_offline()
    archived = await operator.event(before, "archived")
    await operator.go_online(4)

    async def welcomed() -> dict[str, Any] | None:
        again = await shop.visitor(shop.b, identity=identity)
        assert again.welcome is not None
        previous: dict[str, Any] | None = again.welcome.get("previous")
        await again.close()
        return previous

    assert await eventually(welcomed, 15, what="the conversation before") == {"id": before, "seq": archived["seq"]}
    again = await shop.visitor(shop.b, identity=identity)
    again.catch_up({before: archived["seq"]})
    await again.event(before, "archived")
    texts = [event["text"] for event in again.inbox.events[before] if event["kind"] == "message"]
    assert texts == ["The first time", "You are welcome"]
    await again.start("The second time")
    assert again.conversation != before
    third = await shop.visitor(identity=identity)
    assert third.welcome is not None
    assert (third.welcome["conversation"]["id"], third.welcome["previous"]["id"]) == (again.conversation, before)


@pytest.mark.feature("A6", "A12")
async def test_nobody_else_sees_it(shop: Shop) -> None:
    operator = await shop.operator()
    visitor = await shop.visitor(identity=await identity_of(shop))
    await visitor.start("Mine")
    await operator.end(visitor.conversation)
    await operator.go_offline()
    await operator.event(visitor.conversation, "archived")
    for who in ({"token": visitor.token}, {"identity": await identity_of(shop, sub="4712")}):
        async with opened(shop.visitor_url()) as stranger:
            assert "previous" not in await stranger.hello(**who)
            stranger.send({"type": "resume", "conversation": visitor.conversation, "after": 0})
            assert (await stranger.expect(type="rejected"))["code"] == "forbidden"
