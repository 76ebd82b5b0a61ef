"""From an operator's word to the browser of a visitor who has left, or to their mailbox if it stays unread."""

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import msgspec
import psycopg
from starlette.responses import Response

from contracts.conversations import events as happened
from contracts.conversations.settings import PushSettings
from services.common.key_store import owner_of
from services.common.master_key import KEY_BYTES, MasterKey
from services.common.person_keys import PersonKey
from services.common.settings import NotifierSettings, Settings
from services.common.vapid import ShopKeys
from services.notifier.main import push_services, reply_sender
from services.notifier.replies.unread import UnreadReplies
from services.notifier.replies.wanted import wanted
from tests.integration.notifier.conftest import Notifier, Rows, notifier, shop
from tests.integration.notifier.pushing import Desk
from tests.integration.notifier.sending import sending
from tests.support.mail_server import MailServer, mail_server
from tests.support.push_service import Browser, PushService
from tests.support.told import Told, append, erase_key
from tests.support.waiting import eventually

PAGE = '{"url":"https://www.morrow.example/tide-mug","title":"Tide mug"}'
ORIGINS = ["https://www.morrow.example"]
ICON = "https://www.morrow.example/icon.png"
PUSH = PushSettings(on=True, icon=ICON)


@dataclass
class Counter:
    """A shop whose visitor came a quarter of an hour ago."""

    settings: Settings
    desk: Desk

    def talk(self, **fields: Any) -> Told:
        told = Told("morrow", start=self.desk.now)
        wanted = {"email": "hannah@posteo.example", "name": "Hannah Weiss", "page": PAGE, "locale": "en", **fields}
        told.add(happened.ConversationStarted, visitor=told.person, origin="origin", **wanted)
        told.add(happened.OperatorAssigned, operator="o_maja", channel=1)
        told.visitor_says("The rim is chipped.")
        append(self.settings, told)
        return told

    def say(self, told: Told, text: str) -> None:
        append(self.settings, told.operator_says(text, "o_maja"))

    def leaves(self, told: Told) -> None:
        self.desk.add(happened.VisitorMarkedAway, conversation=told.id)

    def reads(self, told: Told, upto: int | None = None, party: str = "visitor") -> None:
        mark = upto or len(told.events)
        self.desk.execute(
            "INSERT INTO marks.read_mark VALUES ('morrow', %s, %s, %s)"
            " ON CONFLICT (shop, conversation, party) DO UPDATE SET upto = excluded.upto",
            *(told.id, party, mark),
        )

    def agrees(self, told: Told, browser: Browser) -> UUID:
        """The visitor's browser wants push."""
        id_, person, secret = uuid4(), f"s_{uuid4().hex[:26]}", os.urandom(KEY_BYTES)
        shown = browser.as_json()
        address = msgspec.json.encode({"endpoint": shown["endpoint"], **shown["keys"]}).decode()
        sealed = PersonKey("morrow", person, secret).seal(address, "address")
        self.desk.execute(
            "INSERT INTO push.subscriber (id, shop, person, address, service, language, zone, visitor, since)"
            " VALUES (%s, 'morrow', %s, %s, '127.0.0.1', 'en', 'UTC', %s, now())",
            *(id_, person, sealed, told.person),
        )
        with psycopg.connect(self.settings.dsn_of("keys")) as keys:
            wrapped = MasterKey.load(self.settings).wrap(secret, owner_of("morrow", person))
            keys.execute("INSERT INTO person_key (shop, person, wrapped) VALUES ('morrow', %s, %s)", [person, wrapped])
        return id_

    def pushes(self) -> list[Any]:
        return self.desk.execute("SELECT status, error FROM push.reply ORDER BY created_at, seq")


def counter(settings: Settings, **more: Any) -> Counter:
    shop(settings, origins=ORIGINS, languages=["en", "fr"], **{"push": PUSH, **more})
    return Counter(settings, Desk(settings, start=datetime.now(UTC) - timedelta(minutes=15)))


@asynccontextmanager
async def replying(running: Notifier, settings: Settings) -> AsyncIterator[None]:
    """Replies are pushed while inside."""
    told = NotifierSettings(**{**settings.model_dump(), "push_private_networks": True, "push_timeout": 15})
    sender = reply_sender(told, running.pool, running.keys, MasterKey.load(settings), push_services(told))
    async with sending(sender):
        yield


async def vapid(running: Notifier, settings: Settings) -> str:
    return (await ShopKeys(running.keys.pool, MasterKey.load(settings)).of("morrow")).public


async def look(running: Notifier) -> int:
    """What the log says, and then what has stayed unread for ten minutes."""
    await running.note()
    return await UnreadReplies(running.pool, 600, running.sender.wake).round()


async def is_wanted(running: Notifier, told: Told, subscription: UUID) -> bool:
    """Whether a push that waits would go to this browser now."""
    async with running.pool.connection() as connection:
        return await wanted(connection, "morrow", told.id, subscription) is not None


async def test_what_stayed_unread_goes_as_one_mail_with_the_way_back(settings: Settings, mails: Rows) -> None:
    here = counter(settings)
    told = here.talk(locale="fr")
    here.say(told, "Seen before they left")
    here.reads(told)
    here.say(told, "A new one leaves today.")
    here.leaves(told)
    async with mail_server() as server, notifier(settings, server.url) as running:
        await running.note()
        here.say(told, "Shall it go to the <same> address?")
        assert await look(running) == 1
        await eventually(lambda: [row[:2] for row in mails()] == [("unread", "sent")])
        assert await look(running) == 0
        (sent,) = server.taken
        assert sent.recipients == ["hannah@posteo.example"]
        assert str(sent.message["Subject"]) == "Maja vous a répondu"
        assert "A new one leaves today." in sent.body()
        assert "https://www.morrow.example/tide-mug" in sent.body()
        assert "Seen before" not in sent.body()
        assert "Shall it go to the &lt;same&gt; address?" in sent.body("html")
        here.desk.now, told._now = datetime.now(UTC), datetime.now(UTC) - timedelta(minutes=11)
        here.say(told, "One thing more")
        assert await look(running) == 1
        await eventually(lambda: len(server.taken) == 2)
    again = server.taken[1].body()
    assert "One thing more" in again
    assert "leaves today" not in again


async def test_whoever_has_read_it_or_is_gone_gets_none(settings: Settings, mails: Rows) -> None:
    here = counter(settings)
    back, late, deleted, erased = (here.talk() for _ in range(4))
    silent, nowhere = here.talk(email=None), here.talk(email=None, fields='{"first_name": "Hannah"}')
    for told in (back, late, deleted, erased, silent, nowhere):
        here.leaves(told)
        here.say(told, "Yes")
    busy = MailServer(on_recipient=lambda _: "450 4.2.0 Later")
    async with mail_server(busy) as server, notifier(settings, server.url) as running:
        await running.note()
        here.reads(back)
        append(settings, deleted.deleted())
        erase_key(settings, erased)
        assert await look(running) == 4
        await eventually(lambda: sorted(row[1] for row in mails())[:3] == ["dropped"] * 3)
        here.reads(late)
        await eventually(lambda: {row[1] for row in mails()} == {"dropped"})
    assert server.taken == []


async def test_where_it_is_turned_off_nothing_goes(settings: Settings, mails: Rows) -> None:
    here = counter(settings, unread_mails=False)
    off = here.talk()
    here.leaves(off)
    here.say(off, "Yes")
    async with mail_server() as server, notifier(settings, server.url) as running:
        assert await look(running) == 0
    assert here.desk.execute("SELECT count(*) FROM push.absent_visitor") == [(0,)]
    assert (server.taken, mails()) == ([], [])


async def test_a_word_is_waited_for_ten_minutes_and_a_blocked_visitor_hears_no_more(
    settings: Settings, mails: Rows
) -> None:
    here = counter(settings)
    fresh, stale, blocked, agreed, read = (here.talk() for _ in range(5))
    fresh._now, stale._now = datetime.now(UTC) - timedelta(minutes=9), datetime.now(UTC) - timedelta(days=2)
    browser = here.agrees(agreed, Browser("http://127.0.0.1:9/push/1", ""))
    for told in (fresh, stale, blocked, agreed, read):
        here.leaves(told)
        here.say(told, "Yes")
    read._now = fresh._now
    here.say(read, "And one thing more")
    async with mail_server() as server, notifier(settings, server.url) as running:
        await running.note()
        here.desk.add(
            happened.VisitorBlocked, visitor=blocked.person, conversation=blocked.id, author="o_maja", origin="origin"
        )
        append(settings, blocked.add(happened.ConversationEnded, by="operator", operator="o_maja"))
        here.reads(read, len(read.events) - 1)
        assert await look(running) == 0
        waiting = {row[0] for row in here.desk.execute("SELECT conversation FROM mail.unread")}
        assert waiting == {fresh.id, agreed.id, read.id}, "whose push is on its way waits for it"
        assert (server.taken, mails()) == ([], [])
        assert await is_wanted(running, agreed, browser)
        here.desk.execute("UPDATE push.subscriber SET visitor = 'c_somebody_else'")
        assert not await is_wanted(running, agreed, browser)
        here.desk.execute("UPDATE push.subscriber SET visitor = %s", agreed.person)
        here.desk.execute("UPDATE push.reply SET status = 'failed'")
        here.desk.execute("UPDATE mail.unread SET due_at = now() WHERE conversation = %s", agreed.id)
        assert await look(running) == 1
        here.desk.add(happened.VisitorMarkedBack, conversation=agreed.id)
        await running.note()
        assert not await is_wanted(running, agreed, browser)


async def test_whoever_left_before_the_operator_answered_and_ended_is_told_who_was_there_is_not(
    settings: Settings, mails: Rows
) -> None:
    here = counter(settings)
    gone, there = here.talk(), here.talk()
    for told in (gone, there):
        here.say(told, "A new one leaves today.")
    here.reads(there, party="visitor:received")
    for told in (gone, there):
        append(settings, told.add(happened.ConversationEnded, by="operator", operator="o_maja"))
    async with mail_server() as server, notifier(settings, server.url) as running:
        assert await look(running) == 1
        await eventually(lambda: [row[1] for row in mails()] == ["sent"])
    assert len(server.taken) == 1


async def test_reply_is_pushed_to_whoever_agreed_and_then_no_mail_goes(
    settings: Settings, mails: Rows, service: PushService
) -> None:
    here = counter(settings)
    told, other = here.talk(), here.talk()
    async with mail_server() as server, notifier(settings, server.url) as running, replying(running, settings):
        here.agrees(told, service.subscribe(await vapid(running, settings)))
        here.agrees(other, service.subscribe(await vapid(running, settings)))
        here.leaves(told)
        here.say(told, "A new one leaves today.")
        await running.note()
        await eventually(lambda: here.pushes() == [("sent", None)])
        (taken,) = service.taken
        assert taken.payload == {
            "kind": "reply",
            "title": "Maja, Morrow Ceramics",
            "body": "A new one leaves today.",
            "url": "https://www.morrow.example/tide-mug",
            "icon": ICON,
            "tag": f"shopbell:{told.id}",
            "conversation": str(told.id),
        }
        assert taken.headers["urgency"] == "high"
        here.say(told, "Shall it go to the same address?")
        await running.note()
        await eventually(lambda: len(service.taken) == 2)
        assert service.taken[1].headers["topic"] == taken.headers["topic"]
        await eventually(lambda: here.pushes() == [("sent", None)] * 2)
        assert await look(running) == 0
        assert here.desk.execute("SELECT count(*) FROM mail.unread") == [(0,)]
    assert (server.taken, mails()) == ([], [])
    assert "leaves" not in str(here.desk.execute("SELECT to_jsonb(reply) FROM push.reply"))


async def test_where_the_push_does_not_arrive_a_mail_goes(
    settings: Settings, mails: Rows, service: PushService
) -> None:
    here = counter(settings)
    told = here.talk()
    service.on_push = lambda _: Response(status_code=410)
    async with mail_server() as server, notifier(settings, server.url) as running, replying(running, settings):
        subscription = here.agrees(told, service.subscribe())
        here.leaves(told)
        here.say(told, "A new one leaves today.")
        await running.note()
        await eventually(lambda: here.pushes() == [("dropped", "The subscription has ended.")])
        gone = here.desk.execute("SELECT gone_at IS NOT NULL FROM push.subscriber WHERE id = %s", subscription)
        assert gone == [(True,)]
        assert await look(running) == 1
        await eventually(lambda: [row[1] for row in mails()] == ["sent"])
    assert len(server.taken) == 1


async def test_visitor_who_is_back_is_not_pushed_to(settings: Settings, service: PushService) -> None:
    here = counter(settings)
    told, read = here.talk(email=None), here.talk(email=None)
    async with mail_server() as server, notifier(settings, server.url) as running, replying(running, settings):
        for one in (told, read):
            here.agrees(one, service.subscribe())
            here.leaves(one)
        here.desk.add(happened.VisitorMarkedBack, conversation=told.id)
        here.say(told, "Seen in the window")
        here.say(read, "Read meanwhile")
        here.reads(read)
        await running.note()
        await eventually(lambda: here.pushes() == [("dropped", None)])
    assert service.taken == []
