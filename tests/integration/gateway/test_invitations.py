"""What is said before a visitor says anything: privacy and consent, the rules of invitations, and what staff send."""

from typing import Any

import pytest
from nats.aio.msg import Msg

from services.common.broker import connect
from tests.integration.gateway.conftest import Shop
from tests.integration.gateway.rest import Pages, Staff
from tests.support.protocol_client import RejectedError, Visitor
from tests.support.waiting import eventually

NOTICE = {"notice": {"en": "We keep it a year."}, "link": "https://shop.example/privacy"}
RULE = {"id": "mugs", "name": "Mugs", "page": "/mugs/*", "after": 5, "text": {"en": "Which mug is it to be?"}}


def id_of(visitor: Visitor) -> str:
    assert visitor.welcome is not None
    return str(visitor.welcome["visitor"]["id"])


def state_of(visitor: Visitor) -> str:
    """What a new conversation would find, as far as the visitor was told since the welcome."""
    return str(visitor.latest.get("availability", {}).get("state"))


async def invited(visitor: Visitor) -> dict[str, Any]:
    found: dict[str, Any] = await visitor.wait_for(lambda: visitor.latest.get("invitation"))
    return found


@pytest.mark.feature("A3", "C3", "A9")
async def test_welcome_has_colours_notice_and_rules(shop: Shop) -> None:
    colours = {"header": {"background": "#204060"}, "visitor": {"background": "#803010", "text": "#FFFFFF"}}
    await Staff(shop).settings(colours=colours, privacy=NOTICE, invitations=[RULE, {**RULE, "id": "off", "on": False}])
    visitor = await shop.visitor()
    assert visitor.welcome is not None
    look = visitor.welcome["appearance"]
    assert (look["colours"]["header"]["background"], look["colours"]["visitor"]["text"]) == ("#204060", "#FFFFFF")
    assert look["privacy"] == {"notice": "We keep it a year.", "link": NOTICE["link"], "consent": False}
    assert visitor.welcome["invitations"] == [
        {"id": "mugs", "text": "Which mug is it to be?", "after": 5, "page": "/mugs/*"}
    ]


@pytest.mark.feature("A3")
async def test_nobody_begins_without_the_consent_that_the_shop_wants(shop: Shop) -> None:
    await Staff(shop).settings(privacy={**NOTICE, "consent": True})
    operator, visitor = await shop.operator(), await shop.visitor()
    with pytest.raises(RejectedError) as refused:
        await visitor.command("start", text="Hi")
    assert (refused.value.code, refused.value.frame["field"]) == ("invalid", "consent")
    first = await visitor.start("Hi", consent=True)
    assert (await operator.event(visitor.conversation, "started"))["consent"] is True
    second = await visitor.start("Me again")
    assert second["conversation"] == first["conversation"]


@pytest.mark.feature("A3", "D1")
async def test_nobody_leaves_a_message_without_it_either(shop: Shop) -> None:
    await Staff(shop).settings(privacy={**NOTICE, "consent": True})
    pages, fields = Pages(shop), {"email": "zoe@shop.example"}
    assert (await pages.form()).json()["privacy"]["consent"] is True
    refused = (await pages.leave(fields)).json()
    assert [one["field"] for one in refused["errors"]] == ["message", "consent"]
    fields["message"] = "Do you ship to Iceland?"
    assert (await pages.leave(fields)).json()["field"] == "consent"
    assert (await pages.leave(fields, consent=True)).status_code == 201


@pytest.mark.feature("A9")
async def test_rule_that_was_taken_up_is_named_to_staff_and_nothing_else_is(shop: Shop) -> None:
    await Staff(shop).settings(invitations=[RULE])
    operator = await shop.operator()
    for invitation, shown in (("mugs", "Mugs"), ("operator", ""), ("whatever", None)):
        visitor = await shop.visitor()
        await visitor.start("Hi", invitation=invitation)
        assert (await operator.event(visitor.conversation, "started")).get("invitation") == shown


@pytest.mark.feature("A9")
async def test_staff_invite_a_visitor_at_another_gateway_and_nobody_else(shop: Shop) -> None:
    operator = await shop.operator(shop.b)
    visitor, other = await shop.visitor(shop.a), await shop.visitor(shop.a)
    for one in (visitor, other):
        await one.finds("online")
    operator.tell("invite", visitor=id_of(visitor), text="May we show you the mugs?")
    frame = await invited(visitor)
    assert (frame["text"], frame["operator"]["name"]) == ("May we show you the mugs?", "Ada")
    operator.tell("invite", visitor=id_of(other))
    assert (await invited(other))["text"] == ""
    assert visitor.latest["invitation"] == frame


async def test_who_talks_already_or_finds_nobody_is_not_invited(shop: Shop) -> None:
    talking, operator = await shop.chat()
    free = await shop.visitor(shop.a)
    await free.finds("online")
    for visitor in (talking, free):
        operator.tell("invite", visitor=id_of(visitor), text="While you look around")
    await invited(free)
    await operator.go_offline()
    await free.wait_for(lambda: state_of(free) == "form")
    operator.tell("invite", visitor=id_of(free), text="Into the void")
    await operator.go_online(4)
    await free.wait_for(lambda: state_of(free) == "online")
    late = await shop.visitor(shop.a)
    await late.finds("online")
    operator.tell("invite", visitor=id_of(late), text="Here again")
    await invited(late)
    assert free.latest["invitation"]["text"] == "While you look around"
    assert "invitation" not in talking.latest


async def test_invitation_is_plain_text_of_bounded_length(shop: Shop) -> None:
    answers: list[dict[str, Any]] = []
    operator, visitor = await shop.operator(), await shop.visitor()
    operator.on_answer = answers.append
    for text in ("a\x07", "x" * 2_001):
        operator.tell("invite", visitor=id_of(visitor), text=text)
    await operator.wait_for(lambda: len(answers) == 2)
    assert [one["code"] for one in answers] == ["invalid", "too_long"]
    assert "invitation" not in visitor.latest


async def test_what_gateways_tell_each_other_of_it_is_sealed(shop: Shop) -> None:
    broker, heard = await connect(shop.installation.settings.nats_url, "tests"), list[bytes]()
    shop.stack.push_async_callback(broker.close)

    async def hear(message: Msg) -> None:
        heard.append(message.data)

    await broker.client.subscribe(f"onsite-invite.{shop.id}", cb=hear)
    await broker.client.flush()
    operator, visitor = await shop.operator(), await shop.visitor()
    await visitor.finds("online")
    operator.tell("invite", visitor=id_of(visitor), text="May we show you the mugs?")
    await invited(visitor)
    await eventually(lambda: len(heard) == 1)
    assert id_of(visitor).encode() not in heard[0]
    assert b"mugs" not in heard[0]
