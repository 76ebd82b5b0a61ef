"""The made-up shops as they stand while the pictures are taken: who is online, chats, waits, or looks around."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from services.common.staff import Role
from services.standalone.ports import free_ports
from tests.screens import campaigns, past, people, polls, reviews
from tests.screens.letterbox import Letterbox
from tests.screens.people import Person
from tests.screens.staff import Shop
from tests.support.installation import Installation
from tests.support.mail_server import mail_server
from tests.support.protocol_client import Operator, Visitor
from tests.support.push_service import push_service

MAJA, TOMASZ, CAMILLE = "Maja", "Tomasz", "Camille"
STAFF: dict[str, Role] = {MAJA: "owner", TOMASZ: "operator", CAMILLE: "operator"}
LANGUAGES = ["en", "fr", "pl"]
Talk = Sequence[tuple[str, str]]


@dataclass
class Town:
    """All shops. `morrow` is busy, `quiet` empty, `stalls` opens channels by hand, `corner` is at its limit."""

    installation: Installation
    morrow: Shop
    quiet: Shop
    stalls: Shop
    corner: Shop

    @property
    def shops(self) -> list[Shop]:
        return [self.morrow, self.quiet, self.stalls, self.corner]


@asynccontextmanager
async def town(folder: Path) -> AsyncIterator[Town]:
    """The product with the shops in it, everybody at their places; gone at the end."""
    (port,) = free_ports(1)
    services = {"SHOPBELL_SMTP_URL": f"smtp://127.0.0.1:{port}", "SHOPBELL_PUSH_PRIVATE_NETWORKS": "on"}
    installation = Installation(folder / "home", gateways=1, environment=services)
    await asyncio.to_thread(installation.start)
    try:
        async with mail_server(Letterbox(port)), push_service() as push:
            made = await _founded(installation)
            await asyncio.to_thread(past.write, made.morrow)
            await asyncio.to_thread(installation.stop)
            await asyncio.to_thread(installation.start)
            try:
                lives = _morrow(made.morrow), _stalls(made.stalls), _corner(made.corner)
                outreach = campaigns.sent(made.morrow, MAJA, push), polls.asked(made.morrow, MAJA)
                await asyncio.gather(*lives, *outreach, reviews.written(made.morrow, MAJA))
                yield made
            finally:
                await asyncio.gather(*(shop.close() for shop in made.shops))
    finally:
        await asyncio.to_thread(installation.stop)


async def _founded(installation: Installation) -> Town:
    mail = {"notify": "counter@morrow.example", "reply_to": "counter@morrow.example"}
    push = {"on": True, "icon": f"{installation.base_urls[0]}/dashboard/icon-192.png"}
    morrow = await Shop.make(
        installation, "morrow", STAFF, name="Morrow Ceramics", limit=12, line=True, languages=LANGUAGES,
        channels_per_operator=6, operator_name="Maja", mail=mail, unanswered_after=None, push=push,
    )  # fmt: skip
    quiet = await Shop.make(installation, "quiet", {"Ola": "owner"}, name="Quiet Corner Books", languages=LANGUAGES)
    stalls = await Shop.make(
        installation,
        "stalls",
        {"Ida": "owner"},
        name="Stalls",
        mode="manual",
        languages=LANGUAGES,
        push={"on": True, "worker": "/not-there-yet.js"},
    )
    corner = await Shop.make(
        installation,
        "corner",
        {"Kim": "owner"},
        name="Corner",
        limit=2,
        line=True,
        languages=LANGUAGES,
        unanswered_after=1,
    )
    return Town(installation, morrow, quiet, stalls, corner)


async def _morrow(shop: Shop) -> None:
    """Nine conversations of two operators, four finished ones, two who wait, some who look around."""
    await _furnish(shop)
    tomasz = await shop.operator(TOMASZ, channels=3)
    await _talk(shop, tomasz, people.CLAIRE, people.CLAIRE_TALK)
    await _talk(shop, tomasz, people.NORA, people.NORA_TALK)
    oliver = await _talk(shop, tomasz, people.OLIVER, people.OLIVER_TALK[:1])
    await tomasz.command(
        "note", conversation=oliver.conversation, text="Regular since 2021. Offer 10% on the set of twelve."
    )

    maja = await shop.operator(MAJA, channels=6)
    await _finished(shop, maja)
    for person, talk in (
        (people.FRENCH_GUEST, people.FRENCH_TALK),
        (people.LONG, people.LONG_TALK),
        (people.GIFT_GUEST, people.GIFT_TALK),
        (people.MATEUSZ, people.MATEUSZ_TALK),
        (people.HANNAH, people.HANNAH_TALK),
    ):
        await _talk(shop, maja, person, talk)
    await tomasz.command("transfer", conversation=oliver.conversation, to=shop.staff[MAJA].id)
    await _say(oliver, maja, people.OLIVER_TALK[1:])
    await _talk(shop, tomasz, people.SOFIA, [("visitor", "Which kiln is free next week?")])
    for person, text in (
        (people.INGRID, "Do you send to Tromsø?"),
        (people.WAITING_GUEST, "Is the large one in stock?"),
    ):
        waiting = await shop.visitor(person)
        await waiting.start(text)
    for person in people.BROWSING:
        await shop.visitor(person)


async def _furnish(shop: Shop) -> None:
    """Departments and canned replies."""
    staff = {name: member.id for name, member in shop.staff.items()}
    departments = [
        {"id": "after-sales", "name": "After-sales", "operators": [staff[CAMILLE]]},
        {"id": "orders", "name": "Orders and parcels abroad", "operators": [staff[TOMASZ], staff[MAJA]]},
    ]
    answers = [await shop.request(MAJA, "PUT", "/settings", json={"departments": departments})]
    for shortcut, texts in people.CANNED:
        answers.append(await shop.request(MAJA, "POST", "/canned-replies", json={"shortcut": shortcut, "texts": texts}))
    for answer in answers:
        answer.raise_for_status()


async def _finished(shop: Shop, maja: Operator) -> None:
    for person, stays in ((people.SOFIA, True), (people.THANKFUL_GUEST, False), (people.JAN, True), (Person(), False)):
        visitor = await _talk(
            shop, maja, person, [("visitor", "That is all, thank you Maja!"), ("operator", "You are welcome!")]
        )
        await maja.end(visitor.conversation)
        if person is people.SOFIA:
            await visitor.command("rate", conversation=visitor.conversation, score=5, comment="So quick.")
        if not stays:
            await visitor.close()


async def _stalls(shop: Shop) -> None:
    ida = await shop.operator("Ida", channels=0)
    for _ in range(3):
        await ida.command("open_channel")
    for person in (people.HANNAH, people.GIFT_GUEST):
        await _talk(shop, ida, person, people.GIFT_TALK)


async def _corner(shop: Shop) -> None:
    kim = await shop.operator("Kim", channels=4)
    for person in (people.CLAIRE, people.MATEUSZ):
        await _talk(shop, kim, person, people.GIFT_TALK)
    for person in (people.INGRID, people.WAITING_GUEST, people.LONG, people.NORA):
        waiting = await shop.visitor(person)
        await waiting.start("Is anybody free?")


async def _talk(shop: Shop, operator: Operator, person: Person, talk: Talk) -> Visitor:
    """A conversation with this operator, who alone has a free channel."""
    visitor = await shop.visitor(person)
    (_, first), *others = talk
    await visitor.start(first)
    await operator.event(visitor.conversation, "message")
    await _say(visitor, operator, others)
    return visitor


async def _say(visitor: Visitor, operator: Operator, talk: Talk) -> None:
    for sender, text in talk:
        await (visitor if sender == "visitor" else operator).say(visitor.conversation, text)
    operator.tell("read", conversation=visitor.conversation, upto=len(talk) + 2)
