"""A million events, with all that makes history forget: tables kept up live and tables rebuilt have the same hash."""

import asyncio
import hashlib
import random
from collections.abc import Iterator
from datetime import datetime
from uuid import UUID

import psycopg
import pytest

from contracts import subjects
from services.common.following import Step
from services.common.master_key import MasterKey
from services.common.settings import ProjectionsSettings, Settings
from services.projections import rebuild, replay
from services.projections.main import pools
from services.projections.projection import HistoryProjection, positions_of
from tests.support.lived_in import LivedInShop
from tests.support.seed_log import ROWS_A_COPY, write_pasts

SHOPS = 20
TABLES = {
    "rm_conversation": "id",
    "rm_message": "conversation, seq",
    "rm_offline_message": "id",
}


class LivedIn:
    """An installation whose log is written part by part, its history kept up and its erased persons' keys destroyed."""

    def __init__(self, settings: ProjectionsSettings) -> None:
        self.settings = settings
        self.chance = random.Random(7)
        master = MasterKey.load(settings)
        self.shops = [LivedInShop(f"lived-{number}", master, self.chance) for number in range(SHOPS)]
        self._parts = self._half = 0

    def live(self, events: int) -> int:
        """Returns how many events there were."""
        self._half = events // ROWS_A_COPY // 2
        return write_pasts(self.settings, self.shops, events, self.chance, self._part)

    def _part(self) -> None:
        """Keys go sometimes before history hears of it, and sometimes after."""
        self._parts += 1
        self.shops[0].last_day = self._parts >= self._half
        if self._parts % 2:
            self._destroy_keys()
        asyncio.run(keep_up(self.settings))
        self._destroy_keys()

    def _destroy_keys(self) -> None:
        with psycopg.connect(self.settings.dsn_of("keys")) as keys:
            for past in self.shops:
                mine = "DELETE FROM person_key WHERE shop = %s AND (%s OR person = ANY (%s))"
                if past.erased or past.removed:
                    keys.execute(mine, [past.shop, past.removed, past.erased])
        for past in self.shops:
            past.keys_are_gone()


async def keep_up(settings: ProjectionsSettings) -> None:
    """Bring the live tables to the log's end."""
    async with pools(settings) as (log_pool, read_pool, keys):
        async with read_pool.connection() as connection:
            await positions_of().create(connection)
        projection = HistoryProjection(log_pool, read_pool, keys)
        for partition in range(subjects.PARTITIONS):
            while await projection.advance(partition) is Step.MORE:
                pass


def hashes(settings: Settings) -> dict[str, str]:
    """A SHA-256 of all rows of each table, in order, as PostgreSQL writes them out."""
    found = {}
    with psycopg.connect(settings.dsn_of("read")) as connection:
        for table, order in TABLES.items():
            digest = hashlib.sha256()
            query = f"COPY (SELECT * FROM {table} ORDER BY {order}) TO STDOUT".encode()
            with connection.cursor().copy(query) as rows:
                for row in rows:
                    digest.update(row)
            found[table] = digest.hexdigest()
    return found


def listed(settings: Settings) -> Iterator[tuple[UUID, str, datetime, datetime | None]]:
    """Conversations and messages: id, shop, as old as what, and since when archived or left."""
    with psycopg.connect(settings.dsn_of("read")) as connection:
        yield from connection.execute(
            "SELECT id, shop, active_at, archived_at FROM rm_conversation"
            " UNION ALL SELECT id, shop, left_at, left_at FROM rm_offline_message"
        )


def assert_forgotten(lived: LivedIn) -> None:
    """Nothing is there that was deleted or erased, or was too old when old things were let go."""
    absent = set().union(*(past.absent for past in lived.shops))
    let_go = {past.shop: past.let_go for past in lived.shops}
    found = list(listed(lived.settings))
    assert not absent & {row[0] for row in found}
    for _, shop, active_at, finished_at in found:
        if finished_at is not None:
            assert not any(active_at < before and finished_at <= at for at, before in let_go[shop])
    assert len(absent) > 1_000
    assert len(found) > 1_000
    with psycopg.connect(lived.settings.dsn_of("read")) as connection:
        strays = connection.execute(
            "SELECT count(*) FROM rm_message WHERE conversation NOT IN (SELECT id FROM rm_conversation)"
        ).fetchone()
    assert strays == (0,)


@pytest.mark.slow
@pytest.mark.timeout(1200)
@pytest.mark.feature("E4")
def test_tables_kept_up_live_and_rebuilt_ones_are_equal_by_hash(settings: Settings) -> None:
    lived = LivedIn(ProjectionsSettings(**settings.model_dump()))
    assert lived.live(1_000_000) >= 1_000_000
    assert_forgotten(lived)
    before = hashes(settings)
    assert asyncio.run(rebuild.main(lived.settings, replay.PLAN)) == 0
    assert hashes(settings) == before
    assert_forgotten(lived)
    assert asyncio.run(rebuild.main(lived.settings, replay.PLAN, verify_only=True)) == 0
