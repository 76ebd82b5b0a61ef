"""What an erasing takes, and that it takes nothing from who comes back afterwards."""

import asyncio
from typing import Any

import msgspec
import psycopg

from contracts import subjects
from contracts.conversations.events import PersonErased
from contracts.event import CommandRef
from services.common.broker import connect
from services.common.erasures import WHOLE_SHOP, former
from services.common.settings import Settings
from services.projections.erasing import keys
from tests.integration.erasing.world import World, mail, same_person
from tests.support.told import Told, append, append_events, erased, removed
from tests.support.waiting import eventually


async def test_person_is_gone_and_the_receipt_says_what_there_was(world: World) -> None:
    talked = Told(person="c_hannah").started(name="Hannah").visitor_says("Hello").archived()
    left = same_person(talked).left(email="h@example.org", text="Are you there?")
    other = Told().started(name="Piotr").visitor_says("Hi")
    append(world.settings, talked, left, other)
    mail(world, left)
    await world.keep_up()
    append_events(world.settings, erased("c_hannah", "g_before"))
    await world.keep_up()
    await world.erase()
    assert world.listed() == {other.id}
    assert world.persons() == {other.person}
    assert world.book("done_at IS NOT NULL, mails, length(key_print), backup_days") == (True, 1, 64, 30)
    await world.sweep()
    assert world.book("persons, swept_at IS NOT NULL") == ([], True)
    assert former("demo", "g_before") in world.book("former")


async def test_what_history_writes_at_that_very_moment_goes_too(world: World) -> None:
    talked = Told(person="c_hannah").started(name="Hannah").visitor_says("Hello")
    append(world.settings, talked)
    await world.keep_up()
    append_events(world.settings, erased("c_hannah"))

    def waits() -> bool:
        waiting = "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
        return bool(world.execute("read", waiting))

    with psycopg.connect(world.settings.dsn_of("read")) as history:  # first the row, then its events
        history.execute("UPDATE rm_conversation SET seq = 9 WHERE id = %s", [talked.id])
        said = "INSERT INTO rm_message (conversation, seq, at, kind, text) VALUES (%s, 9, now(), 'message', 'Me again')"
        history.execute(said, [talked.id])
        erasing = asyncio.create_task(world.erase())
        await eventually(waits)
        history.commit()
    await erasing
    await world.keep_up()
    await world.sweep()
    assert world.execute("read", "SELECT text FROM rm_message") == []


async def test_counts_come_from_what_the_gateway_noted_before(world: World) -> None:
    talked = Told(person="c_hannah").started(name="Hannah").visitor_says("Hello").archived()
    append(world.settings, talked)
    await world.keep_up()
    world.execute(
        "log",
        "INSERT INTO erasure.request (shop, command, conversations, offline_messages)"
        " VALUES ('demo', 'rest-12345', %s, '{}')",
        [talked.id],
    )
    append_events(world.settings, told_by("rest-12345", erased("c_hannah")))
    await world.keep_up()
    await world.erase()
    assert world.book("conversations, offline_messages, log_entries") == (1, 0, len(talked.events))
    assert world.execute("log", "SELECT FROM erasure.request") == []


async def test_key_is_destroyed_once_so_who_comes_back_keeps_the_new_one(world: World) -> None:
    before = Told(person="c_hannah").started(name="Hannah").visitor_says("Old")
    append(world.settings, before)
    await world.keep_up()
    append_events(world.settings, erased("c_hannah"))
    await world.write_down()
    destroyed = await keys.destroy(world.keys.pool, "demo", 1, ["c_hannah"])  # and the process dies before it notes it
    after = Told(person="c_hannah").started(name="Somebody").visitor_says("New")
    append(world.settings, after)
    await world.keep_up()
    await world.erase()
    assert world.persons() == {"c_hannah"}
    assert world.listed() == {after.id}
    assert world.book("key_print") == destroyed.print
    await world.sweep()
    assert world.listed() == {after.id}
    assert world.book("swept_at IS NOT NULL")


async def test_what_was_begun_under_the_old_key_in_that_very_moment_is_swept(streams: Settings, world: World) -> None:
    before = Told(person="c_hannah").started(name="Hannah")
    append(world.settings, before)
    append_events(world.settings, erased("c_hannah"))
    late = same_person(before).started(name="Hannah").visitor_says("Just in time")
    append(world.settings, late)
    await world.keep_up()
    assert late.id in world.listed()  # history had the key in its cache
    await world.erase()
    assert world.listed() == set()
    broker, ended = await connect(streams.nats_url, "tests"), asyncio.Event()
    try:
        subject = subjects.command(subjects.CONVERSATIONS, "demo", "end_conversation")

        async def heard(message: Any) -> None:
            assert msgspec.json.decode(message.data)["conversation"] == str(late.id)
            ended.set()

        await broker.client.subscribe(subject, cb=heard)
        world.eraser.broker = broker
        await world.sweep()
        await asyncio.wait_for(ended.wait(), 10)
    finally:
        await broker.close()
    assert world.book("swept_at IS NOT NULL")


async def test_waiting_mails_are_dropped_but_not_those_of_who_came_back(world: World) -> None:
    before = Told(person="c_hannah").left(email="h@example.org", text="Old")
    sent = Told(person="c_hannah").left(email="h@example.org", text="Older")
    append(world.settings, before, sent)
    append_events(world.settings, erased("c_hannah"))
    after = Told(person="c_hannah").left(email="h@example.org", text="New")
    append(world.settings, after)
    for told, status in ((before, "failed"), (sent, "sent"), (after, "pending")):
        mail(world, told, status)
    await world.keep_up()
    await world.erase()
    found = dict(world.execute("log", "SELECT aggregate, status FROM mail.mail"))
    assert found == {before.id: "dropped", sent.id: "sent", after.id: "pending"}


async def test_all_of_a_removed_shop_goes_and_nothing_of_another(world: World) -> None:
    here, there = Told(shop="gone").started(name="Anna"), Told(shop="stays").started(name="Anna")
    append(world.settings, here, there)
    mail(world, here)
    world.execute("keys", "INSERT INTO shop_secret (shop, kid, wrapped) VALUES ('gone', 'k', 'x'), ('stays', 'k', 'x')")
    world.execute(
        "log",
        "WITH made AS (INSERT INTO staff.account (id, email, password_hash, name)"
        " VALUES ('o_1', 'a@example.org', '', ''), ('o_2', 'b@example.org', '', ''), ('o_3', 'c@example.org', '', ''))"
        " INSERT INTO staff.membership (account, shop, role) VALUES ('o_1', 'gone', 'owner'),"
        " ('o_2', 'stays', 'owner'), ('o_3', 'gone', 'owner'), ('o_3', 'stays', 'operator')",
    )
    world.execute("keys", "INSERT INTO staff_second_factor (account, wrapped) VALUES ('o_1', 'x'), ('o_3', 'x')")
    await world.keep_up()
    append_events(world.settings, removed("gone"))
    await world.keep_up()
    await world.erase()
    assert world.listed() == {there.id}
    assert world.persons() == {there.person}
    assert world.execute("keys", "SELECT shop FROM shop_secret") == [("stays",)]
    assert world.execute("log", "SELECT id FROM staff.account ORDER BY id") == [("o_2",), ("o_3",)]
    assert world.execute("log", "SELECT DISTINCT shop FROM staff.membership") == [("stays",)]
    assert world.execute("keys", "SELECT account FROM staff_second_factor") == [("o_3",)]
    assert world.execute("log", "SELECT FROM mail.mail") == []
    assert world.book("log_entries, done_at IS NOT NULL", WHOLE_SHOP) == (len(here.events) + 1, True)


def told_by(command: str, event: PersonErased) -> PersonErased:
    """The same event, as the answer to a command."""
    return msgspec.structs.replace(event, command=CommandRef(command, "o_ann"))
