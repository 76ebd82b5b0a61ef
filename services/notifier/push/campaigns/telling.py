"""What the log is told of a campaign: outcomes in numbered batches, the audience, the end.

Each step notes first what it is about to tell, and it is told again until the log says that it has it: whoever dies in
between leaves the next one to tell the same.
"""

from itertools import groupby
from typing import Any, Final
from uuid import UUID

import msgspec
from msgspec import Struct
from psycopg import AsyncConnection
from psycopg.rows import class_row, dict_row

from contracts.command import Command
from contracts.engagement.campaign_commands import MOST_OUTCOMES, FinishCampaign, NoteAudience, NoteOutcomes
from contracts.engagement.campaigns import Outcome

AGAIN_SECONDS: Final = 10.0
"""Seldom: while nobody decides commands, what is told again only fills their stream."""
GATHER_SECONDS: Final = 1.0
"""So long an outcome waits for others; a full batch waits for nobody."""
ON_THE_WAY: Final = 8
"""Batches that are told before the log has the first of them."""

_HOLD: Final = """
    SELECT id, shop, status, spread_at IS NOT NULL AS spread, audience, audience_noted, batch, noted,
           asked_at IS NULL OR asked_at < now() - make_interval(secs => %s) AS again
    FROM push.campaign WHERE id = %s FOR UPDATE SKIP LOCKED
"""
_RIPE: Final = """
    SELECT count(*), coalesce(min(at) < now() - make_interval(secs => %s), false)
    FROM (SELECT at FROM push.outcome WHERE campaign = %s AND batch IS NULL ORDER BY number LIMIT %s) AS waiting
"""
_BATCH: Final = """
    WITH chosen AS (
        SELECT number FROM push.outcome WHERE campaign = %s AND batch IS NULL ORDER BY number LIMIT %s
    )
    UPDATE push.outcome SET batch = %s FROM chosen WHERE outcome.number = chosen.number
"""
_BATCHES: Final = """
    SELECT batch, subscription, outcome, at, language, service, uncertain
    FROM push.outcome WHERE campaign = %s AND batch > %s ORDER BY batch, number
"""
_OPEN: Final = """
    SELECT (SELECT id FROM push.delivery WHERE campaign = %(id)s AND status IN ('pending', 'sending')
            ORDER BY service, next_at LIMIT 1) IS NOT NULL
        OR EXISTS (SELECT FROM push.outcome WHERE campaign = %(id)s)
"""
_ASKED: Final = "UPDATE push.campaign SET batch = %s, asked_at = now() WHERE id = %s"

Connection = AsyncConnection[Any]


class Held(Struct, frozen=True):
    """A campaign while nobody else changes it. `again`: what was told and is not noted is to be told again."""

    id: UUID
    shop: str
    status: str
    spread: bool
    audience: int
    audience_noted: bool
    batch: int
    noted: int
    again: bool


async def step(connection: Connection, campaign: UUID) -> list[Command]:
    """What the log is to be told now, noted in a transaction of its own; nothing while another process is at it."""
    async with connection.transaction():
        async with connection.cursor(row_factory=class_row(Held)) as cursor:
            await cursor.execute(_HOLD.encode(), [AGAIN_SECONDS, campaign])
            held = await cursor.fetchone()
        if held is None:
            return []
        last = await _gather(connection, held)
        told = await _batches(connection, held, held.noted if held.again else held.batch)
        told += await _rest(connection, held, last) if held.again else []
        if told:
            await connection.execute(_ASKED, [last, campaign])
    return told


async def _gather(connection: Connection, held: Held) -> int:
    """Make batches of what is there. Returns the number of the last one."""
    last = held.batch
    while last - held.noted < ON_THE_WAY:
        row = await (await connection.execute(_RIPE, [GATHER_SECONDS, held.id, MOST_OUTCOMES])).fetchone()
        if row is None or not (row[1] or row[0] == MOST_OUTCOMES):
            break
        last += 1
        await connection.execute(_BATCH, [held.id, MOST_OUTCOMES, last])
    return last


async def _batches(connection: Connection, held: Held, after: int) -> list[Command]:
    async with connection.cursor(row_factory=dict_row) as cursor:
        await cursor.execute(_BATCHES, [held.id, after])
        rows = await cursor.fetchall()
    return [
        NoteOutcomes(
            **_head(held, f"outcomes-{held.id.hex}-{number}"),
            campaign=held.id,
            batch=number,
            outcomes=[msgspec.convert(row, Outcome) for row in batch],
        )
        for number, batch in groupby(rows, lambda row: int(row.pop("batch")))
    ]


async def _rest(connection: Connection, held: Held, last: int) -> list[Command]:
    """That all are written down, or that all have their outcome."""
    if not held.spread:
        return []
    told: list[Command] = []
    if not held.audience_noted and held.status in ("sending", "paused"):
        told.append(NoteAudience(**_head(held, f"audience-{held.id.hex}"), campaign=held.id, count=held.audience))
    elif held.status != "finished" and last == held.noted:
        row = await (await connection.execute(_OPEN, {"id": held.id})).fetchone()
        if row and not row[0]:
            told.append(FinishCampaign(**_head(held, f"finished-{held.id.hex}"), campaign=held.id))
    return told


def _head(held: Held, command: str) -> dict[str, Any]:
    return {"id": command, "shop": held.shop, "sender_kind": "system", "sender": "shopbell"}
