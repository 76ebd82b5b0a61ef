"""Erasing is driven until it is done, whatever dies in between, and takes nothing from who comes back afterwards."""

import asyncio
import signal
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import uuid4

import msgspec
import psycopg
import pytest

from contracts import subjects
from contracts.conversations.events import PersonErased
from contracts.event import CommandRef
from services.common import erased as broadcast
from services.common.broker import Broker, connect
from services.common.erasures import WHOLE_SHOP, former
from services.common.following import Pool, Step
from services.common.key_store import KeyStore
from services.common.master_key import MasterKey
from services.common.settings import ProjectionsSettings, Settings
from services.projections.erasing import eraser, intake, keys, restored, rows
from services.projections.erasing.eraser import Eraser
from services.projections.main import pools
from services.projections.projection import HistoryProjection, positions_of
from tests.integration.test_projections import runner
from tests.support.told import START, Told, append, append_events, erased, removed, retained
from tests.support.waiting import eventually, wait_until


@dataclass
class World:
    """The parts of a process that keeps history and erases, driven by hand."""

    settings: Settings
    log_pool: Pool
    keys: KeyStore
    history: HistoryProjection
    eraser: Eraser

    async def keep_up(self) -> None:
        for partition in range(subjects.PARTITIONS):
            while await self.history.advance(partition) is Step.MORE:
                pass

    async def write_down(self) -> None:
        for partition in range(subjects.PARTITIONS):
            while await intake.intake(self.log_pool, lambda: None).advance(partition) is Step.MORE:
                pass

    async def erase(self) -> None:
        """Whatever is due, and nothing waits for its time."""
        await self.write_down()
        self.execute("log", "UPDATE erasure.erasure SET next_at = now()")
        while await self.eraser.step():
            pass

    async def sweep(self) -> None:
        """Two minutes later."""
        self.execute("log", "UPDATE erasure.erasure SET done_at = done_at - interval '3 minutes'")
        await self.erase()

    def execute(self, database: str, statement: str, *parameters: object) -> list[Any]:
        with psycopg.connect(self.settings.dsn_of(database)) as connection:
            cursor = connection.execute(statement.encode(), parameters)
            return cursor.fetchall() if cursor.description else []

    def book(self, columns: str, number: int = 1) -> Any:
        (row,) = self.execute("log", f"SELECT {columns} FROM erasure.erasure WHERE number = %s", number)
        return row[0] if len(row) == 1 else row

    def persons(self) -> set[str]:
        return {row[0] for row in self.execute("keys", "SELECT person FROM person_key")}

    def listed(self) -> set[Any]:
        rows = self.execute("read", "SELECT id FROM rm_conversation UNION SELECT id FROM rm_offline_message")
        return {row[0] for row in rows}


@pytest.fixture
async def world(settings: Settings) -> AsyncIterator[World]:
    async with pools(ProjectionsSettings(**settings.model_dump())) as (log_pool, read_pool, key_store):
        async with read_pool.connection() as connection:
            await positions_of().create(connection)
        async with log_pool.connection() as connection:
            await intake.POSITIONS.create(connection)
        eraser = Eraser(log_pool=log_pool, read_pool=read_pool, keys=key_store, broker=Broker(), backup_days=30)
        yield World(settings, log_pool, key_store, HistoryProjection(log_pool, read_pool, key_store), eraser)


def migrated_in_between(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """A migration empties read tables right after the eraser has asked how far history is."""

    async def history_is_at(*of: Any) -> bool:
        asked = await rows.history_is_at(*of)
        world.execute("read", "TRUNCATE rm_conversation, rm_message, rm_offline_message")
        world.execute("read", "UPDATE projection_position SET notification_id = 0")
        return asked

    monkeypatch.setattr(eraser, "history_is_at", history_is_at)


def same_person(told: Told) -> Told:
    """Something else by the same person, under the same key."""
    more = Told(told.shop, told.person)
    more.secret, more.key = told.secret, told.key
    return more


def mail(world: World, told: Told, status: str = "pending") -> None:
    world.execute(
        "log",
        "INSERT INTO mail.mail (id, shop, kind, person, aggregate, seq, status)"
        " VALUES (%s, %s, 'offline_message', %s, %s, 1, %s)",
        uuid4(),
        told.shop,
        told.person,
        told.id,
        status,
    )


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


async def test_receipt_waits_until_history_has_come_to_the_erasing_event(world: World) -> None:
    told = Told(person="c_hannah").started(name="Hannah")
    append(world.settings, told)
    await world.keep_up()
    append_events(world.settings, erased("c_hannah"))
    await world.write_down()
    await world.eraser.step()
    assert world.listed() == set()
    assert world.book("keys_at IS NOT NULL, rows_at IS NULL, error IS NULL") == (True, True, True)
    await world.keep_up()
    await world.erase()
    assert world.book("done_at IS NOT NULL")


async def test_failure_is_noted_and_tried_again(world: World) -> None:
    append(world.settings, Told(person="c_hannah").started(name="Hannah"))
    append_events(world.settings, erased("c_hannah"))
    await world.keep_up()
    world.execute("keys", "ALTER TABLE destroyed_key RENAME TO elsewhere")
    await world.write_down()
    await world.eraser.step()
    assert "could not be destroyed yet" in world.book("error")
    assert world.book("next_at > now()")
    world.execute("keys", "ALTER TABLE elsewhere RENAME TO destroyed_key")
    await world.erase()
    assert world.book("done_at IS NOT NULL, error IS NULL") == (True, True)
    assert world.persons() == set()


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


async def test_retention_lets_go_keys_only_of_those_who_have_nothing_left(world: World) -> None:
    old = [Told(start=START - timedelta(days=400)).started(name="Old").archived() for _ in range(2)]
    stays = Told(start=START).started(name="New").archived()
    append(world.settings, *old, stays)
    in_use = old[1].person  # has just come back: what they begin is on its way
    world.execute("keys", "UPDATE person_key SET last_used = current_date - 2 WHERE person <> %s", in_use)
    await world.keep_up()
    append_events(world.settings, retained(conversations=START - timedelta(days=365)))
    await world.write_down()
    await world.eraser.step()
    assert len(world.persons()) == 3  # history has not come to it yet
    await world.keep_up()
    world.execute("log", "UPDATE erasure.retention SET next_at = now()")
    await world.erase()
    assert world.persons() == {in_use, stays.person}
    assert world.execute("log", "SELECT FROM erasure.retention") == []


async def test_retention_waits_for_history_that_begins_anew(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    old = Told(start=START - timedelta(days=400)).started(name="Old").archived()
    stays = Told(start=START).started(name="New").archived()
    append(world.settings, old, stays)
    world.execute("keys", "UPDATE person_key SET last_used = current_date - 2")
    append_events(world.settings, retained(conversations=START - timedelta(days=365)))
    await world.keep_up()
    await world.write_down()
    with monkeypatch.context() as once:
        migrated_in_between(world, once)
        await world.eraser.step()
    assert world.persons() == {old.person, stays.person}
    await world.keep_up()
    world.execute("log", "UPDATE erasure.retention SET next_at = now()")
    await world.erase()
    assert world.persons() == {stays.person}


async def test_using_a_key_again_marks_it_used(world: World) -> None:
    await world.keys.get_or_create("demo", "c_hannah", "c_hannah")
    world.execute("keys", "UPDATE person_key SET last_used = current_date - 9")
    assert await keys.long_unused(world.keys.pool, "demo", "", 10) == ["c_hannah"]
    await world.keys.get_or_create("demo", "c_hannah", "c_hannah")
    assert await keys.long_unused(world.keys.pool, "demo", "", 10) == []
    assert await keys.destroy_unused(world.keys.pool, "demo", ["c_hannah"]) == []


async def test_keys_that_come_back_with_a_backup_are_destroyed_again(world: World) -> None:
    told = Told(person="c_hannah").started(name="Hannah")
    append(world.settings, told)
    append_events(world.settings, erased("c_hannah"))
    await world.keep_up()
    await world.erase()
    await world.sweep()
    receipt = world.book("done_at, key_print, conversations")
    assert await restored.begin_again(world.log_pool, world.keys.pool) == 0
    world.execute("keys", "DELETE FROM destroyed_key")  # as it was before the erasure
    append(world.settings, told)  # and her key with it
    assert world.persons() == {"c_hannah"}
    assert await restored.begin_again(world.log_pool, world.keys.pool) == 1
    await world.erase()
    assert world.persons() == set()
    assert world.listed() == set()
    assert (world.book("done_at, conversations"), world.book("persons")) == ((receipt[0], receipt[2]), [])


async def test_every_process_forgets_a_destroyed_key_at_once(streams: Settings, world: World) -> None:
    elsewhere = KeyStore(world.keys.pool, MasterKey.load(streams))
    broker = await connect(streams.nats_url, "tests")
    try:
        await broadcast.listen(broker, elsewhere)
        await broker.client.flush()
        await elsewhere.get_or_create("demo", "c_hannah")
        world.eraser.broker = broker
        append_events(streams, erased("c_hannah"))
        await world.keep_up()
        await world.erase()
        await eventually(lambda: elsewhere.cached("demo", "c_hannah") is None)
        assert await elsewhere.get("demo", "c_hannah") is None
    finally:
        await broker.close()


@pytest.mark.slow
@pytest.mark.parametrize("place", ["before_keys_are_gone", "after_keys_are_gone"])
async def test_killed_between_any_two_steps_it_goes_on_where_it_was(
    streams: Settings, world: World, place: str
) -> None:
    told = Told(person="c_hannah").started(name="Hannah").visitor_says("Hello").archived()
    append(streams, told)
    append_events(streams, erased("c_hannah"))
    with runner(streams, SHOPBELL_FAILPOINTS=f"{place}:kill") as first:
        assert first.wait(30) == -signal.SIGKILL
    assert bool(world.persons()) is (place == "before_keys_are_gone")
    world.execute("log", "UPDATE erasure.erasure SET next_at = now()")
    with runner(streams):
        wait_until(lambda: world.book("done_at IS NOT NULL"), 30, what="the receipt")
    assert world.persons() == set()
    assert world.listed() == set()
    assert world.book("conversations, key_print IS NOT NULL")[1]


def told_by(command: str, event: PersonErased) -> PersonErased:
    """The same event, as the answer to a command."""
    return msgspec.structs.replace(event, command=CommandRef(command, "o_ann"))
