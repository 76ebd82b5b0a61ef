"""Twenty dashboards at two gateways: after a storm of commands all of them show the same."""

import asyncio
import random
import secrets
from typing import Any

import psycopg
import pytest

from services.common.staff import NewAccount, create_account
from tests.integration.gateway.conftest import MakeShop, Shop
from tests.support.protocol_client import Operator, RejectedError, Visitor, put_settings, sign_in
from tests.support.waiting import eventually

REFUSALS = {"not_found", "not_open", "no_capacity", "forbidden", "blocked", "offline", "invalid"}
COLLEAGUES, SOCKETS_EACH, VISITORS, DEEDS = 5, 4, 24, 30


async def colleague(shop: Shop) -> str:
    """One more operator of the shop; the cookie."""
    password, email = secrets.token_urlsafe(9), f"{secrets.token_hex(5)}@staff.example"
    with psycopg.connect(shop.installation.settings.dsn_of("log")) as connection:
        create_account(connection, NewAccount(shop.id, email, email[:4], "operator", password))
    return await sign_in(shop.a, email, password)


async def sockets(shop: Shop) -> list[list[Operator]]:
    """Each operator's dashboards, half of them at each gateway."""
    found: list[list[Operator]] = []
    for _ in range(COLLEAGUES):
        cookie = await colleague(shop)
        own = [Operator([shop.gateways[number % 2]], cookie=cookie) for number in range(SOCKETS_EACH)]
        for one in own:
            shop.stack.push_async_callback(one.close)
            await one.connect()
        found.append(own)
    return found


def id_of(operator: Operator) -> str:
    assert operator.welcome is not None
    return str(operator.welcome["operator"]["id"])


async def tried(answer: "asyncio.Future[dict[str, Any]]") -> None:
    """What the rules refuse is refused; the commands of others may be quicker."""
    try:
        await answer
    except RejectedError as refused:
        if refused.code not in REFUSALS:
            raise


async def works(operator: Operator, targets: list[str], visitors: list[Visitor], chance: random.Random) -> None:
    """Some of everything that an operator can do, one after the other."""
    await tried(operator.command("go_online", channels=4))
    for _ in range(DEEDS):
        known = [visitor.conversation for visitor in visitors if visitor.conversation]
        if not known:
            await visitors[0].wait_for(lambda: visitors[0].conversation)
            continue
        here = {"conversation": chance.choice(known)}
        kind, fields = chance.choice(
            [
                ("say", {**here, "text": "Yes?"}),
                ("note", {**here, "text": "Regular"}),
                ("end", here),
                ("reopen", here),
                ("take_over", here),
                ("transfer", {**here, "to": chance.choice(targets)}),
                ("transfer", {**here, "to": chance.choice(targets)}),
                ("open_channel", {}),
                ("close_channel", {}),
                ("block" if chance.random() < 0.1 else "say", {**here, "text": "So"}),
                ("go_offline" if chance.random() < 0.3 else "go_online", {}),
            ]
        )
        fields = {name: value for name, value in fields.items() if kind != "block" or name != "text"}
        await tried(operator.command(kind, **fields))


async def talks(visitor: Visitor, chance: random.Random) -> None:
    """Rings until somebody comes or there is a line, and says a few things."""

    async def rings() -> bool:
        try:
            await visitor.start("Good morning", department=chance.choice([None, "glazes", "kiln"]))
        except RejectedError as refused:
            if refused.code not in REFUSALS:
                raise
            return False
        return True

    await eventually(rings, 20.0, "a start that is taken")
    for number in range(6):
        await tried(visitor.command("say", conversation=visitor.conversation, text=f"{number}"))


def shown(operator: Operator) -> tuple[Any, Any]:
    """Desk and conversations, as this dashboard has them."""
    desk = {name: value for name, value in operator.desk.items() if name != "type"}
    return desk, {id_: [event["seq"] for event in events] for id_, events in operator.inbox.events.items() if events}


@pytest.mark.feature("B13")
async def test_twenty_dashboards_show_the_same_after_a_storm(make_shop: MakeShop) -> None:
    shop = await make_shop(limit=12, line=True)
    chance = random.Random(20)
    found = await sockets(shop)
    staff = [id_of(own[0]) for own in found]
    departments = [
        {"id": "glazes", "name": "Glazes", "operators": staff[:2]},
        {"id": "kiln", "name": "Kiln", "operators": staff[1:]},
    ]
    await put_settings(shop.a, shop.cookie, shop.id, departments=departments)
    visitors = [await shop.visitor(shop.gateways[number % 2]) for number in range(VISITORS)]
    targets = [*staff, "glazes", "kiln"]
    await asyncio.gather(
        *(works(chance.choice(own), targets, visitors, random.Random(number)) for number, own in enumerate(found)),
        *(talks(visitor, random.Random(number)) for number, visitor in enumerate(visitors)),
    )
    every = [one for own in found for one in own]
    first = every[0]

    async def agree() -> bool:
        """With a newcomer, too: all the others may agree on what they saw before the last commands had been done."""
        fresh = await shop.operator(shop.b, channels=None)
        assert fresh.welcome is not None
        desk, events = shown(first)
        latest = {summary["id"]: summary["seq"] for summary in fresh.welcome["conversations"]}
        await fresh.close()
        return (
            shown(fresh)[0] == desk
            and all(shown(one) == (desk, events) for one in every)
            and all(events.get(id_, [0])[-1] == seq for id_, seq in latest.items())
        )

    await eventually(agree, 20.0, "the same desk and events on twenty sockets and a new one")
    assert len(first.inbox.events) >= VISITORS
    for one in every:
        assert one.inbox.gaps == one.inbox.doubles == 0
        assert all(shown(one)[1][id_] == list(range(1, len(seqs) + 1)) for id_, seqs in shown(one)[1].items())
    desk = first.desk
    held = [channel["conversation"] for channel in desk["channels"] if "conversation" in channel]
    assert desk["busy"] == len(held) == len(set(held)) <= 12
    assert not set(held) & set(desk["line"])
    assert [one["id"] for one in desk["departments"]] == ["glazes", "kiln"]
