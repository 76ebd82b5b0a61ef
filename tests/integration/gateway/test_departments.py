"""Departments and calls for an answer, as operators' sockets and history have them."""

import secrets
from typing import Any

import psycopg
import pytest

from services.common.staff import NewAccount, create_account
from tests.integration.gateway.conftest import MakeShop, Shop
from tests.integration.gateway.rest import Staff
from tests.support.protocol_client import Operator, sign_in
from tests.support.waiting import eventually


async def colleague(shop: Shop, name: str, gateway: str, channels: int) -> Operator:
    """Another operator, online."""
    password, email = secrets.token_urlsafe(9), f"{secrets.token_hex(5)}@staff.example"
    with psycopg.connect(shop.installation.settings.dsn_of("log")) as connection:
        create_account(connection, NewAccount(shop.id, email, name, "operator", password))
    one = Operator([gateway], cookie=await sign_in(gateway, email, password))
    shop.stack.push_async_callback(one.close)
    await one.connect()
    await one.go_online(channels)
    return one


def id_of(operator: Operator) -> str:
    assert operator.welcome is not None
    return str(operator.welcome["operator"]["id"])


def department(operator: Operator, name: str) -> dict[str, Any]:
    found: dict[str, Any] = next((one for one in operator.desk["departments"] if one["id"] == name), {})
    return found


@pytest.mark.feature("B11")
@pytest.mark.feature("B10")
async def test_conversation_is_handed_to_a_department_and_history_tells_it(shop: Shop) -> None:
    ada, ben = await shop.operator(channels=2), await colleague(shop, "Ben", shop.a, 1)
    staff = Staff(shop)
    nobody = [{"id": "glazes", "name": "Glazes", "operators": ["o_nobody"]}]
    refused = await staff.send("PUT", "/settings", json={"departments": nobody})
    assert (refused.status_code, refused.json()["field"]) == (422, "departments")
    await staff.settings(departments=[{"id": "glazes", "name": "Glazes", "operators": [id_of(ben)]}])
    await ada.wait_for(
        lambda: (department(ada, "glazes").get("online"), department(ada, "glazes").get("free")) == (1, 1)
    )
    first, second = await shop.visitor(shop.a), await shop.visitor(shop.b)
    await first.start("Does it come in green?", department="glazes")
    started = await ada.event(first.conversation, "started")
    assert started["department"] == "glazes"
    assert (await ada.event(first.conversation, "assigned"))["operator"]["name"] == "Ben"
    assert "department" not in await first.event(first.conversation, "started")
    await second.start("And in blue?")
    here = second.conversation
    assert (await ben.event(here, "assigned"))["operator"]["name"] == "Ada"
    await ada.command("transfer", conversation=here, to="glazes")
    asked = await ben.event(here, "transfer_asked")
    assert (asked["department"], asked["operator"]["name"]) == ("Glazes", "Ada")
    assert (await second.event(here, "none"))["seq"] == asked["seq"]
    await ben.wait_for(lambda: ben.desk.get("handovers") == [{"conversation": here, "department": "glazes"}])
    await ben.end(first.conversation)
    assert (await second.event(here, "transferred"))["operator"]["name"] == "Ben"
    await ada.wait_for(lambda: ada.desk.get("handovers", []) == [])

    async def told() -> list[dict[str, Any]]:
        answer = await staff.send("GET", f"/conversations/{here}")
        return [one for one in answer.json().get("events", []) if one["kind"] == "transfer_asked"]

    (shown,) = await eventually(told, 5.0, "the handover in history")
    assert shown == {name: value for name, value in asked.items() if name != "type"} | {"type": "event"}


@pytest.mark.feature("B12")
async def test_staff_are_called_when_a_visitor_is_left_unanswered(make_shop: MakeShop) -> None:
    shop = await make_shop(limit=5, unanswered_after=1)
    visitor, operator = await shop.chat()
    here = visitor.conversation
    called, late = await operator.event(here, "unanswered"), await shop.operator(shop.a, channels=None)
    assert called["operator"]["name"] == "Ada"
    assert called["since"] == operator.inbox.events[here][-2]["at"]
    assert (await visitor.event(here, "none"))["seq"] == called["seq"]
    assert late.welcome is not None
    (summary,) = late.welcome["conversations"]
    assert summary["unanswered_since"] == called["since"]
    await operator.say(here, "Sorry!")

    async def answered() -> bool:
        again = await shop.operator(shop.b, channels=None)
        assert again.welcome is not None
        return "unanswered_since" not in again.welcome["conversations"][0]

    await eventually(answered, 5.0, "a summary without a call")


async def test_who_waits_is_listed_with_department_and_since_when(make_shop: MakeShop) -> None:
    shop = await make_shop(limit=1, line=True, visitor_away_after=1)
    operator = await shop.operator(channels=1)
    await Staff(shop).settings(departments=[{"id": "glazes", "name": "Glazes", "operators": [id_of(operator)]}])
    first, second = await shop.visitor(), await shop.visitor()
    await first.start("Hello")
    await first.event(first.conversation, "assigned")
    await second.start("Hello", department="glazes")
    waiting = await second.event(second.conversation, "waiting")
    late = await shop.operator(shop.a, channels=None)
    assert late.welcome is not None
    summary = next(one for one in late.welcome["conversations"] if one["id"] == second.conversation)
    assert (summary["department"], summary["waiting_since"]) == ("glazes", waiting["at"])
    first.drop()
    await late.wait_for(lambda: late.desk.get("absent") == [first.conversation])
