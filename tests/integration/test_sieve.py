"""Readers that are after a few events only: they miss none, take none twice, and write only when they must."""

from collections.abc import AsyncIterator

import pytest

from contracts import subjects
from contracts.conversations.events import OfflineMessageLeft
from services.common.following import Pool, Step
from services.common.positions import Positions
from services.common.settings import ProjectionsSettings, Settings
from services.common.sieve import STORE_SECONDS, Connection, Found, Sieve
from services.projections.main import pools
from tests.support.told import Told, append

PARTITION = subjects.partition_of("demo")
POSITIONS = Positions("mail.position")


class Runner:
    """One of several that share a position."""

    def __init__(self, pool: Pool) -> None:
        self.pool, self.now = pool, 100.0
        self.taken: list[int] = []
        self.told = 0
        names = ["offline_message.left"]
        self.sieve = Sieve(pool, POSITIONS, names, self._take, self._took, clock=lambda: self.now)

    async def _take(self, _connection: Connection, partition: int, found: Found) -> None:
        assert partition == PARTITION
        assert all(isinstance(event, OfflineMessageLeft) for _, event in found)
        self.taken += [number for number, _ in found]

    def _took(self, count: int) -> None:
        self.told += count

    async def look(self) -> None:
        while await self.sieve.advance(PARTITION) is Step.MORE:
            pass

    async def position(self) -> int:
        async with self.pool.connection() as connection:
            return (await POSITIONS.read_all(connection))[PARTITION]


@pytest.fixture
async def pool(settings: Settings) -> AsyncIterator[Pool]:
    async with pools(ProjectionsSettings(**settings.model_dump())) as (log_pool, _read_pool, _keys):
        async with log_pool.connection() as connection:
            await POSITIONS.create(connection)
        yield log_pool


def chat(settings: Settings) -> None:
    append(settings, Told().started().visitor_says("one").operator_says("two"))


async def test_what_is_found_is_taken_once_and_nothing_else_is_written_for_a_while(
    settings: Settings, pool: Pool
) -> None:
    runner = Runner(pool)
    chat(settings)
    append(settings, Told().left(text="hello"))
    await runner.look()
    assert len(runner.taken) == runner.told == 1
    stood = await runner.position()
    chat(settings)
    await runner.look()
    assert await runner.position() == stood
    runner.now += STORE_SECONDS + 1
    chat(settings)
    await runner.look()
    assert await runner.position() > stood
    assert len(runner.taken) == 1


async def test_after_a_restart_it_looks_again_and_takes_nothing_twice(settings: Settings, pool: Pool) -> None:
    first = Runner(pool)
    append(settings, Told().left(text="one"))
    await first.look()
    chat(settings)
    await first.look()
    append(settings, Told().left(text="two"))
    again = Runner(pool)
    await again.look()
    await first.look()
    assert len(set(first.taken) & set(again.taken)) == 0
    assert sorted(first.taken + again.taken) == [*first.taken, *again.taken]
    assert len(first.taken + again.taken) == 2


async def test_what_is_also_looked_for_is_found_in_the_same_part(settings: Settings, pool: Pool) -> None:
    taken: list[str] = []

    async def take(_connection: Connection, _partition: int, found: Found) -> None:
        taken.extend(type(event).__name__ for _, event in found)

    async def also(_connection: Connection, _partition: int, found: Found) -> list[str]:
        return ["conversation.message_said"] if found else []

    sieve = Sieve(pool, POSITIONS, ["conversation.ended"], take, lambda _count: None, also=also)
    told = Told().started().visitor_says("one")
    append(settings, told)
    while await sieve.advance(PARTITION) is Step.MORE:
        pass
    assert taken == []
    append(settings, told.visitor_says("two").archived().visitor_says("three"))
    while await sieve.advance(PARTITION) is Step.MORE:
        pass
    assert taken == ["MessageSaid", "ConversationEnded", "MessageSaid"]
