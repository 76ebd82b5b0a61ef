"""The parts of a process that keeps history and erases, and what there is to be erased."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import psycopg
import pytest

from contracts import subjects
from services.common.broker import Broker
from services.common.following import Pool, Step
from services.common.key_store import KeyStore
from services.common.settings import ProjectionsSettings, Settings
from services.projections.erasing import eraser, intake, rows
from services.projections.erasing.eraser import Eraser
from services.projections.main import pools
from services.projections.projection import HistoryProjection, positions_of
from tests.support.told import Told


@dataclass
class World:
    """Such a process, driven by hand."""

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


@asynccontextmanager
async def opened(settings: Settings, broker: Broker) -> AsyncIterator[World]:
    async with pools(ProjectionsSettings(**settings.model_dump())) as (log_pool, read_pool, key_store):
        async with read_pool.connection() as connection:
            await positions_of().create(connection)
        async with log_pool.connection() as connection:
            await intake.POSITIONS.create(connection)
        eraser = Eraser(log_pool=log_pool, read_pool=read_pool, keys=key_store, broker=broker, backup_days=30)
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
