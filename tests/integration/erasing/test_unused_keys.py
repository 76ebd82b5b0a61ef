"""Keys of those who have nothing left once their conversations were too old to keep."""

from datetime import timedelta

import pytest

from services.projections.erasing import keys
from tests.integration.erasing.world import World, migrated_in_between
from tests.support.told import START, Told, append, append_events, retained


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
