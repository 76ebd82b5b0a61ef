"""Files leave the object store with those whose they were, and when nobody has named them."""

import io
from collections.abc import AsyncIterator
from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from contracts import subjects
from contracts.conversations import events as happened
from services.common.attachments.sealed_files import Sealer
from services.common.attachments.store import ObjectStore
from services.common.broker import Broker, connect
from services.common.settings import Settings
from services.projections.erasing.eraser import Eraser
from tests.integration.erasing.world import World, migrated_in_between, opened
from tests.support.told import START, Told, append, append_events, erased, removed, retained

OLD = "UPDATE attachment.file SET made_at = now() - interval '20 days' WHERE id = %s"
NAMED = "UPDATE attachment.file SET named_at = now() - %s::interval WHERE id = %s"


@pytest.fixture
async def broker(streams: Settings) -> AsyncIterator[Broker]:
    connected = await connect(streams.nats_url, "tests")
    yield connected
    await connected.close()


@pytest.fixture
async def world(streams: Settings, broker: Broker) -> AsyncIterator[World]:
    """With the store of files, too."""
    async with opened(streams, broker) as found:
        yield found


async def with_file(world: World, broker: Broker, told: Told, content: bytes = b"a" * 200_000) -> UUID:
    """A file of a conversation, as a gateway keeps it, named by nobody yet."""
    file, sealed = uuid4(), io.BytesIO()
    sealer = Sealer(sealed, told.key, file)
    sealer.take(content)
    sealer.finish()
    sealed.seek(0)
    await ObjectStore(broker).put(file, sealed)
    world.execute(
        "log",
        "INSERT INTO attachment.file (id, shop, conversation, person, sender_kind, sender, size, stored_at)"
        " VALUES (%s, %s, %s, %s, 'visitor', %s, %s, now())",
        *(file, told.shop, told.id, told.person, told.person, len(content)),
    )
    return file


async def in_store(broker: Broker, *files: UUID) -> set[UUID]:
    """Those of the files of which anything is in the store."""
    found = set()
    for file in files:
        for subject in (subjects.attachment_pieces(file), subjects.attachment_object(file)):
            info = await broker.js.stream_info(subjects.attachments_stream(), subjects_filter=subject)
            if info.state.subjects:
                found.add(file)
    return found


async def test_files_of_an_erased_person_go_and_of_who_came_back_stay(world: World, broker: Broker) -> None:
    before = Told(person="c_hannah").started().visitor_says("Hello")
    other = Told().started()
    append(world.settings, before, other)
    gone, stays = await with_file(world, broker, before), await with_file(world, broker, other)
    await world.keep_up()
    append_events(world.settings, erased("c_hannah"))
    await world.keep_up()
    await world.erase()
    assert await in_store(broker, gone, stays) == {stays}
    assert world.book("done_at IS NOT NULL, files_at IS NOT NULL, files") == (True, True, 1)
    after = Told(person="c_hannah").started()
    append(world.settings, after)
    new = await with_file(world, broker, after)
    await world.keep_up()
    await world.sweep()
    assert await in_store(broker, new) == {new}


async def test_erasure_waits_for_the_store_and_goes_on(world: World, broker: Broker, streams: Settings) -> None:
    told = Told(person="c_hannah").started()
    append(world.settings, told)
    file = await with_file(world, broker, told)
    append_events(world.settings, erased("c_hannah"))
    await world.keep_up()
    away = Eraser(
        log_pool=world.log_pool,
        read_pool=world.eraser.read_pool,
        keys=world.keys,
        broker=Broker(),
        backup_days=30,
    )
    await world.write_down()
    while await away.step():
        pass
    assert world.book("rows_at IS NOT NULL, files_at, done_at") == (True, None, None)
    assert "files could not be removed" in world.book("error")
    await world.erase()
    assert world.book("done_at IS NOT NULL, files") == (True, 1)
    assert await in_store(broker, file) == set()


async def test_files_of_a_removed_shop_go_and_of_another_stay(world: World, broker: Broker) -> None:
    here, there = Told(shop="gone").started(), Told(shop="stays").started()
    append(world.settings, here, there)
    files = [await with_file(world, broker, told) for told in (here, there)]
    await world.keep_up()
    append_events(world.settings, removed("gone"))
    await world.keep_up()
    await world.erase()
    assert await in_store(broker, *files) == {files[1]}
    assert world.execute("log", "SELECT id FROM attachment.file") == [(files[1],)]


async def test_files_go_with_deleted_conversations_and_those_too_old_to_keep(world: World, broker: Broker) -> None:
    deleted = Told().started().archived().deleted()
    old = Told(start=START - timedelta(days=400)).started().archived()
    stays = Told(start=START).started().archived()
    append(world.settings, deleted, old, stays)
    files = [await with_file(world, broker, told) for told in (deleted, old, stays)]
    append_events(world.settings, retained(conversations=START - timedelta(days=365)))
    await world.keep_up()
    await world.write_down()
    while await world.eraser.step():
        pass
    begun_later = Told().started()
    append(world.settings, begun_later)
    files.append(await with_file(world, broker, begun_later))  # history does not know it yet
    await world.eraser.files.remove()
    assert await in_store(broker, *files) == set(files[2:])


async def test_files_stay_while_history_begins_anew(
    world: World, broker: Broker, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = Told(start=START).started().archived()
    append(world.settings, told)
    file = await with_file(world, broker, told)
    append_events(world.settings, retained(conversations=START - timedelta(days=365)))
    await world.keep_up()
    await world.write_down()
    with monkeypatch.context() as once:
        migrated_in_between(world, once)
        await world.eraser.step()
    await world.eraser.files.remove()
    assert await in_store(broker, file) == {file}


async def test_file_that_no_message_names_within_an_hour_goes(world: World, broker: Broker) -> None:
    told = Told().started()
    unused, fresh, named, put_aside, given_up = files = [await with_file(world, broker, told) for _ in range(5)]
    told.add(happened.MessageSaid, sender="visitor", message="m-1", text="", attachments=(named,))
    append(world.settings, told)
    for file in (unused, named, put_aside, given_up):
        world.execute("log", OLD, file)
    for file, ago in ((named, "16 days"), (put_aside, "14 days"), (given_up, "16 days")):
        world.execute("log", NAMED, ago, file)
    await world.eraser.files.tend()
    assert await in_store(broker, *files) == {fresh, named, put_aside}
    assert world.execute("log", "SELECT id FROM attachment.file WHERE kept_at IS NOT NULL") == [(named,)]
