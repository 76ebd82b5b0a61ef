"""From the log to pushes that are to be sent: written down in the transaction that moves the position.

What is said is read only in partitions in which somebody is absent who wants to be pushed: everywhere else a reader
looks for nothing but who comes and goes.
"""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any, Final
from uuid import UUID

from psycopg import AsyncConnection
from psycopg.sql import SQL

from contracts import registry
from contracts.conversations.events import ConversationTransferred, OperatorAssigned, OperatorMarkedAway
from contracts.logs import AnyEvent
from services.common.log_pages import table
from services.common.sieve import Found, find
from services.notifier.push import policy
from services.notifier.push.policy import PRESENCE, TALK, Absences, NewPush, Said

NAMES: Final = policy.names(PRESENCE)
_TALK_NAMES: Final = policy.names(TALK)
LOOK_BACK_IDS: Final = 20_000
"""At most so much of the log is read for what was said before somebody was marked away."""

_ANYBODY: Final = "SELECT EXISTS (SELECT FROM push.absence WHERE partition = %s)"
_ABSENT: Final = "SELECT shop, operator, since FROM push.absence WHERE partition = %s"
_BACK: Final = """
    DELETE FROM push.absence WHERE (shop, operator) IN (SELECT * FROM unnest(%s::text[], %s::text[]))
"""
_AWAY: Final = """
    INSERT INTO push.absence (shop, operator, since, partition)
    SELECT shop, operator, since, %s
    FROM unnest(%s::text[], %s::text[], %s::timestamptz[]) AS away (shop, operator, since)
    WHERE operator IN (SELECT id FROM staff.account)
    ON CONFLICT (operator, shop) DO UPDATE SET since = excluded.since, partition = excluded.partition
"""
LIVE: Final = """
    push.subscription JOIN staff.session ON token_hash = session AND ended_at IS NULL
    JOIN staff.account ON account.id = subscription.account AND disabled_at IS NULL
"""
"""Subscriptions that may be pushed to: their browser is signed in still."""
_BROWSERS: Final = f"SELECT subscription.id, subscription.account FROM {LIVE} WHERE subscription.account = ANY (%s)"
_HOLDERS: Final = SQL("""
    SELECT said.id, said.seq, topic, state
    FROM unnest(%s::uuid[], %s::int[]) AS said (id, seq) CROSS JOIN LATERAL (
        SELECT topic, state FROM {log}
        WHERE originator_id = said.id AND originator_version < said.seq
          AND (topic LIKE 'conversation.operator_assigned.%%' OR topic LIKE 'conversation.transferred.%%')
        ORDER BY originator_version DESC LIMIT 1
    ) AS held
""")
_INSERT: Final = """
    INSERT INTO push.message (id, shop, kind, operator, conversation, seq, subscription)
    SELECT * FROM unnest(%s::uuid[], %s::text[], %s::text[], %s::text[], %s::uuid[], %s::int[], %s::uuid[])
        AS new (id, shop, kind, operator, conversation, seq, subscription)
    WHERE NOT EXISTS (
        SELECT FROM push.message AS waiting
        WHERE waiting.subscription = new.subscription AND waiting.conversation = new.conversation
          AND waiting.kind = new.kind AND waiting.status = 'pending'
    )
    ON CONFLICT (id) DO NOTHING
"""

Connection = AsyncConnection[Any]


async def also(connection: Connection, partition: int, found: Found) -> Iterable[str]:
    """What is said, too, as soon as somebody is absent; see `Sieve`."""
    if any(isinstance(event, OperatorMarkedAway) for _, event in found):
        return _TALK_NAMES
    row = await (await connection.execute(_ANYBODY, [partition])).fetchone()
    return _TALK_NAMES if row and row[0] else ()


async def note(connection: Connection, partition: int, found: Found) -> int:
    """Write down who is absent now, and what is to be pushed. Returns to how many browsers."""
    events = [(number, event) for number, event in found if isinstance(event, (*PRESENCE, *TALK))]
    if not events:
        return 0
    before = await (await connection.execute(_ABSENT, [partition])).fetchall()
    operators = {event.operator for _, event in events if isinstance(event, OperatorMarkedAway)}
    absences = Absences(before, {account for _, account in await _browsers(connection, operators)})
    pushes, said = await _called_for(connection, partition, events, absences)
    await _write_absences(connection, partition, absences, before)
    holders = await _holders(connection, partition, said)
    pushes += [
        push
        for one in said
        if (push := policy.word_for(one, holders.get((one.word.originator_id, one.word.originator_version))))
    ]
    still = {(shop, operator) for shop, operator, _ in absences.now}
    return await _write(connection, [push for push in pushes if (push.shop, push.operator) in still])


async def _called_for(
    connection: Connection, partition: int, events: Found, absences: Absences
) -> tuple[list[NewPush], list[Said]]:
    """In log order; what is too old is passed over."""
    pushes: list[NewPush] = []
    said: list[Said] = []
    for number, event in events:
        if isinstance(event, PRESENCE):
            if absences.apply(event):  # type: ignore[arg-type]  # of presence, as was seen
                said += await _said_before(connection, partition, number, event)
        elif (called := policy.pushes_for(event, absences.of(event.shop, event.timestamp))) and _is_fresh(event):
            if isinstance(called, Said):
                said.append(called)
            else:
                pushes += called
    return pushes, said


async def _said_before(connection: Connection, partition: int, number: int, away: AnyEvent) -> list[Said]:
    """What the operator can't have seen although they were not marked away yet."""
    if not isinstance(away, OperatorMarkedAway) or not _is_fresh(away):
        return []
    events = await find(connection, partition, max(0, number - LOOK_BACK_IDS), number, _TALK_NAMES)
    words = policy.unheard((event for _, event in events), away.shop, away.timestamp)
    return [Said(word, frozenset((away.operator,))) for word in words]


async def _write_absences(
    connection: Connection, partition: int, absences: Absences, before: list[tuple[str, str, datetime]]
) -> None:
    if absences.gone:
        gone = sorted(absences.gone)
        await connection.execute(_BACK, [[shop for shop, _ in gone], [operator for _, operator in gone]])
    if fresh := [one for one in absences.now if one not in before]:
        shops, operators, since = zip(*fresh, strict=True)
        await connection.execute(_AWAY, [partition, list(shops), list(operators), list(since)])


async def _holders(connection: Connection, partition: int, said: list[Said]) -> dict[tuple[UUID, int], str]:
    """Who held the conversations when these words were said."""
    if not said:
        return {}
    places = [[one.word.originator_id for one in said], [one.word.originator_version for one in said]]
    rows = await (await connection.execute(_HOLDERS.format(log=table(partition)), places)).fetchall()
    return {(id_, seq): _holder(registry.decode(topic, bytes(state))) for id_, seq, topic, state in rows}


def _holder(event: AnyEvent) -> str:
    match event:
        case OperatorAssigned():
            return event.operator
        case ConversationTransferred():
            return event.to
    raise AssertionError("only these were asked for")


async def _browsers(connection: Connection, operators: Iterable[str]) -> list[tuple[UUID, str]]:
    """Their subscriptions, each with whose it is."""
    if not (wanted := sorted(operators)):
        return []
    return await (await connection.execute(_BROWSERS.encode(), [wanted])).fetchall()


async def _write(connection: Connection, pushes: list[NewPush]) -> int:
    """The last that there is of each conversation and operator: it takes the place of the others on the screen."""
    last = {(push.operator, push.conversation): push for push in sorted(pushes, key=lambda push: push.seq)}
    browsers = await _browsers(connection, {operator for operator, _ in last})
    rows = [
        (policy.push_id(push, browser), *_columns(push), browser)
        for push in last.values()
        for browser, account in browsers
        if account == push.operator
    ]
    if not rows:
        return 0
    return (await connection.execute(_INSERT, [list(column) for column in zip(*rows, strict=True)])).rowcount


def _columns(push: NewPush) -> tuple[str, str, str, UUID, int]:
    return push.shop, push.kind, push.operator, push.conversation, push.seq


def _is_fresh(event: AnyEvent) -> bool:
    return datetime.now(UTC) - event.timestamp < policy.GOOD_FOR
