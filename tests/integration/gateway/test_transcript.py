"""A conversation by mail: who may ask for it, how often, and where it shows."""

import time
from typing import Any
from uuid import uuid4

import jwt
import pytest

from tests.integration.gateway.conftest import MakeShop, Shop
from tests.integration.gateway.rest import Pages, Staff
from tests.support.protocol_client import Visitor
from tests.support.waiting import eventually

ADDRESS = "zoe@bücher.example"


def wish(visitor: Visitor, **members: Any) -> tuple[str, dict[str, Any]]:
    """Path and body."""
    return f"/conversations/{visitor.conversation}/transcript", {"email": ADDRESS, "token": visitor.token, **members}


@pytest.mark.feature("A8", "E2")
async def test_visitor_and_staff_ask_for_a_transcript(shop: Shop) -> None:
    visitor, operator = await shop.chat()
    asked = await Pages(shop).post(*wish(visitor))
    assert asked.status_code == 202, asked.text
    shown = await operator.event(visitor.conversation, "transcript")
    assert (shown["seq"], shown["by"], "email" in shown) == (asked.json()["seq"], "visitor", False)
    assert (await visitor.event(visitor.conversation, "none"))["seq"] == shown["seq"]
    path, _ = wish(visitor)
    by_staff = await Staff(shop).send("POST", path, json={"email": ADDRESS})
    assert by_staff.status_code == 202, by_staff.text
    theirs = await operator.wait_for(
        lambda: operator.inbox.first(visitor.conversation, kind="transcript", by="operator")
    )
    assert theirs["seq"] == by_staff.json()["seq"]


async def test_archived_conversation_is_mailed_and_history_tells(shop: Shop) -> None:
    visitor, operator = await shop.chat()
    await visitor.end(visitor.conversation)
    await operator.go_offline()
    await operator.event(visitor.conversation, "archived")
    key = {"Idempotency-Key": uuid4().hex}
    path, body = wish(visitor)
    first = await Pages(shop).send("POST", path, json=body, headers=key)
    again = await Pages(shop).send("POST", path, json=body, headers=key)
    assert (first.status_code, again.json()) == (202, first.json())
    await operator.event(visitor.conversation, "transcript")
    staff = Staff(shop)

    async def told() -> list[dict[str, Any]]:
        events = (await staff.send("GET", f"/conversations/{visitor.conversation}")).json().get("events", [])
        return [event for event in events if events[-1]["kind"] == "transcript"]

    events = await eventually(told, 15, what="the transcript in history")
    assert events == operator.inbox.events[visitor.conversation]


async def test_transcripts_of_one_conversation_are_few(shop: Shop) -> None:
    visitor, _operator = await shop.chat()
    answers = [await Pages(shop).post(*wish(visitor)) for _ in range(6)]
    assert [answer.status_code for answer in answers] == [202] * 5 + [429]
    assert answers[-1].json()["code"] == "rate_limited"


@pytest.mark.parametrize(
    ("members", "status", "field"),
    [
        ({"email": "nobody"}, 422, "email"),
        ({"email": "a@b.example, c@d.example"}, 422, "email"),
        ({"email": "a@b.example\r\nBcc: c@d.example"}, 422, "email"),
        ({"email": "x" * 1_001}, 422, "email"),
        ({"email": None}, 422, "email"),
        ({"colour": "red"}, 422, "colour"),
        ({"token": "forged"}, 403, "token"),
        ({"identity": "forged", "token": None}, 403, "identity"),
    ],
)
async def test_bad_wish_is_named_and_nothing_is_mailed(
    shop: Shop, members: dict[str, Any], status: int, field: str
) -> None:
    visitor, operator = await shop.chat()
    refused = await Pages(shop).post(*wish(visitor, **members))
    assert (refused.status_code, refused.json()["field"]) == (status, field), refused.text
    said = await visitor.say_here("Still the same")
    await operator.wait_for(lambda: operator.inbox.first(visitor.conversation, text="Still the same"))
    assert operator.inbox.events[visitor.conversation][-1]["seq"] == said["seq"]
    assert not any(event["kind"] == "transcript" for event in operator.inbox.events[visitor.conversation])


async def test_other_peoples_conversations_are_not_mailed(shop: Shop, make_shop: MakeShop) -> None:
    visitor, _operator = await shop.chat()
    path, _ = wish(visitor)
    stranger = await shop.visitor()
    for body, status in (
        ({"email": ADDRESS, "token": stranger.token}, 404),
        ({"email": ADDRESS}, 401),
    ):
        assert (await Pages(shop).post(path, body)).status_code == status
    other = await make_shop()
    staff = Staff(other)
    assert (await staff.send("POST", path, json={"email": ADDRESS})).status_code == 404
    theirs = f"{shop.a}/v1/shops/{shop.id}{path}"
    assert (await staff.send("POST", theirs, json={"email": ADDRESS})).status_code == 403
    for conversation in ("nothing", str(uuid4())):
        path = f"/conversations/{conversation}/transcript"
        assert (await Staff(shop).send("POST", path, json={"email": ADDRESS})).status_code == 404


async def test_signed_in_visitors_conversation_needs_the_identity(shop: Shop) -> None:
    kid, secret = await shop.secret()
    claims = {"sub": "4711", "name": "Anna K.", "aud": "shopbell", "iss": shop.id}
    identity = jwt.encode({**claims, "exp": int(time.time()) + 3600}, secret, "HS256", {"kid": kid})
    await shop.operator()
    visitor = await shop.visitor(identity=identity)
    await visitor.start("Hello")
    assert (await Pages(shop).post(*wish(visitor))).status_code == 403
    assert (await Pages(shop).post(*wish(visitor, identity=identity))).status_code == 202


async def test_guest_with_an_identity_that_does_not_count_is_the_guest(shop: Shop) -> None:
    visitor, _operator = await shop.chat()
    assert (await Pages(shop).post(*wish(visitor, identity="expired"))).status_code == 202


async def test_page_of_another_origin_asks_for_no_transcript(make_shop: MakeShop) -> None:
    shop = await make_shop(limit=5, origins=["https://shop.example"])
    visitor, _operator = await shop.chat()
    path, body = wish(visitor)
    assert (await Pages(shop, "https://evil.example").post(path, body)).status_code == 403
    allowed = await Pages(shop, "https://shop.example").post(path, body)
    assert (allowed.status_code, allowed.headers["access-control-allow-origin"]) == (202, "https://shop.example")
    staff = await Staff(shop).send("POST", path, json={"email": ADDRESS}, headers={"Origin": "https://shop.example"})
    assert staff.status_code == 403
