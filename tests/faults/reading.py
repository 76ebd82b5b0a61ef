"""Fetches the books of an installation at rest."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any
from uuid import UUID

import nats
import psycopg
from nats.js import JetStreamContext
from nats.js.api import ConsumerConfig, DeliverPolicy
from psycopg.sql import SQL, Identifier

from contracts import envelope, registry, subjects
from services.common.broker import connect
from services.common.settings import Settings
from tests.faults.books import Books, Published, ReadMessage, Row
from tests.support import journal
from tests.support.waiting import eventually

REST_SECONDS = 30.0
SOURCED_SECONDS = 150.0
"""The server itself fills the stream of all; after a cluster's change it tries a source again after up to 2 min."""
FETCH = 500
READ_TRIES = 5


def read_books(settings: Settings, journal_file: Path, silent: frozenset[str]) -> Books:
    """Everything, once streams and read tables are as far as the log."""
    return asyncio.run(_read_books(settings, journal_file, silent))


async def _read_books(settings: Settings, journal_file: Path, silent: frozenset[str]) -> Books:
    logs = read_logs(settings)
    broker = await connect(settings.nats_url, "checker")
    try:
        await _wait_for_streams(broker.js, logs)
        streams = {
            partition: await _read_stream(broker.js, subjects.event_stream(subjects.CONVERSATIONS, partition))
            for partition in sorted(logs)
        }
        collected = await _read_stream(broker.js, subjects.EVENTS_OF_ALL)
    finally:
        await broker.close()
    with psycopg.connect(settings.dsn_of("read"), autocommit=True) as reads:
        await _wait_for_projections(reads, logs)
        messages = _read_messages(reads)
    return Books(list(journal.read(journal_file)), logs, streams, collected, messages, silent)


def read_logs(settings: Settings) -> dict[int, list[Row]]:
    """All rows of all partitions, in the order of their ids."""
    with psycopg.connect(settings.dsn_of("log"), autocommit=True) as log:
        return {partition: _read_log(log, partition) for partition in range(subjects.PARTITIONS)}


def _read_log(connection: psycopg.Connection[Any], partition: int) -> list[Row]:
    table = Identifier(f"log_{subjects.CONVERSATIONS}_{partition}", "stored_events")
    statement = SQL(
        "SELECT notification_id, originator_id, originator_version, topic, state FROM {} ORDER BY notification_id"
    ).format(table)
    rows = connection.execute(statement).fetchall()
    return [
        Row(notification, aggregate, version, topic, state, registry.decode(topic, state))
        for notification, aggregate, version, topic, state in rows
    ]


async def _wait_for_streams(js: JetStreamContext, logs: dict[int, list[Row]]) -> None:
    """Until each stream holds as many messages as its log; if it never does, the checker says what is wrong."""

    async def complete() -> bool:
        for partition, rows in logs.items():
            info = await js.stream_info(subjects.event_stream(subjects.CONVERSATIONS, partition))
            if info.state.messages < len(rows):
                return False
        return True

    async def sourced() -> bool:
        collected = await js.stream_info(subjects.EVENTS_OF_ALL)
        return collected.state.messages >= sum(map(len, logs.values()))

    await _at_most(complete)
    await _at_most(sourced, SOURCED_SECONDS)


async def _wait_for_projections(reads: psycopg.Connection[Any], logs: dict[int, list[Row]]) -> None:
    wanted = {partition: rows[-1].notification for partition, rows in logs.items() if rows}

    def caught_up() -> bool:
        rows = reads.execute(
            "SELECT partition, min(notification_id) FROM projection_position"
            " WHERE log = 'conversations' GROUP BY partition"
        )
        reached: dict[int, int] = dict(rows.fetchall())
        return all(reached.get(p, 0) >= last for p, last in wanted.items())

    await _at_most(caught_up)


async def _at_most(
    condition: Callable[[], Awaitable[bool]] | Callable[[], bool], seconds: float = REST_SECONDS
) -> None:
    try:
        await eventually(condition, seconds)
    except AssertionError:
        return


async def _read_stream(js: JetStreamContext, name: str) -> list[Published]:
    """A whole stream; begun anew if the broker, after all that was done to it, loses the consumer."""
    for _ in range(READ_TRIES):
        try:
            return await _read_stream_once(js, name)
        except nats.errors.Error:
            await asyncio.sleep(1)
    return await _read_stream_once(js, name)


async def _read_stream_once(js: JetStreamContext, name: str) -> list[Published]:
    left = (await js.stream_info(name)).state.messages
    if not left:
        return []
    config = ConsumerConfig(deliver_policy=DeliverPolicy.ALL, inactive_threshold=60)
    consumer = await js.pull_subscribe("evt.>", stream=name, config=config)
    found: list[Published] = []
    while left > len(found):
        try:
            messages = await consumer.fetch(min(FETCH, left - len(found)), timeout=5)
        except (nats.errors.TimeoutError, TimeoutError):
            break
        for message in messages:
            headers = message.headers or {}
            found.append(
                Published(
                    message.metadata.sequence.stream,
                    int(headers[envelope.EVENT_ID_HEADER].split("-")[-2]),
                    envelope.notification_id_of(headers[envelope.EVENT_ID_HEADER]),
                    headers["ce-type"].removeprefix("shopbell."),
                    message.data,
                )
            )
            await message.ack()
    return found


def _read_messages(connection: psycopg.Connection[Any]) -> dict[UUID, list[ReadMessage]]:
    statement = "SELECT conversation, seq, message, sender, text FROM rm_message WHERE kind = 'message' ORDER BY 1, 2"
    found: dict[UUID, list[ReadMessage]] = {}
    for conversation, *message in connection.execute(statement).fetchall():
        found.setdefault(conversation, []).append(ReadMessage(*message))
    return found
