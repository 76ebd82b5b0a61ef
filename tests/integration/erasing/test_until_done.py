"""Erasing is driven until it is done, whatever dies or fails in between, and again after a backup came back."""

import signal

import pytest

from services.common import erased as broadcast
from services.common.broker import connect
from services.common.key_store import KeyStore
from services.common.master_key import MasterKey
from services.common.settings import Settings
from services.projections.erasing import restored
from tests.integration.erasing.world import World
from tests.integration.test_projections import runner
from tests.support.told import Told, append, append_events, erased
from tests.support.waiting import eventually, wait_until


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
