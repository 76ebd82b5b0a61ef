"""`shopbell rebuild history`: makes history anew from the log while the old one is read, then swaps them.

Nobody waits for it: the live tables are kept up until the moment of the swap, which is one short transaction that
also takes over the positions. With `--verify` nothing is swapped; old and new are compared instead.
"""

from contextlib import AsyncExitStack
from typing import Final

import click
import psycopg

from services.common.following import Step
from services.common.settings import ProjectionsSettings
from services.projections import fresh, verify
from services.projections.projection import HistoryProjection, positions_of
from services.projections.replay import RebuildFailed, Upto, open_projection, replay_in_processes, shares

SWAP_TRIES: Final = 5
_LOCK: Final = 0x53_48_52_42  # one rebuild at a time

Connection = fresh.Connection


async def main(settings: ProjectionsSettings, verify_only: bool = False) -> int:
    """Rebuild, or only compare. Returns the exit code; what it has to say goes to stdout."""
    async with await fresh.connect(settings) as connection:
        if not await _lock(connection):
            click.echo("Another rebuild of history is under way.", err=True)
            return 1
        await fresh.create(connection)
        try:
            async with AsyncExitStack() as stack:
                projection = await open_projection(settings, stack)
                await positions_of().create(connection)
                if verify_only:
                    return await _verify(settings, connection, projection)
                return await _rebuild(settings, connection, projection)
        except RebuildFailed as failed:
            click.echo(str(failed), err=True)
            return 1
        finally:
            await fresh.drop(connection)
            await _unlock(connection)


async def _rebuild(settings: ProjectionsSettings, connection: Connection, projection: HistoryProjection) -> int:
    upto = await projection.heads()
    await _replay(settings, connection, upto)
    click.echo("Making the indexes.")
    await fresh.complete_rows(connection)
    await fresh.add_indexes(connection)
    await _tail(projection, upto)
    await _swap(connection, projection)
    click.echo("History is rebuilt; the new tables are in use.")
    return 0


async def _verify(settings: ProjectionsSettings, connection: Connection, projection: HistoryProjection) -> int:
    """Compare at the positions that the live tables have at one moment, which a snapshot holds still."""
    await _replay(settings, connection, await fresh.live_positions(connection))
    await fresh.complete_rows(connection)
    await connection.set_isolation_level(psycopg.IsolationLevel.REPEATABLE_READ)
    async with connection.transaction():
        fixed = await fresh.live_positions(connection)
        await _tail_on(connection, projection, fixed)
        differences = await verify.compare(connection)
        counted = await verify.count(connection)
    if not differences:
        click.echo(f"Equal: {counted} are as the log says, at {verify.places(fixed)}.")
        return 0
    click.echo(f"Not equal, at {verify.places(fixed)}; the first differences:", err=True)
    for difference in differences:
        click.echo(f"  {difference}", err=True)
    return 1


async def _replay(settings: ProjectionsSettings, connection: Connection, upto: Upto) -> None:
    """The long part, with a bar that counts events."""
    of_shares = [positions_of(share) for share in shares()]
    for positions in of_shares:
        await positions.create(connection)
    total = sum(upto.values())
    with click.progressbar(length=total, label="Replaying the log", show_pos=True) as bar:

        async def watch() -> None:
            reached = [sum((await positions.read_all(connection)).values()) for positions in of_shares]
            bar.update(sum(reached) // len(of_shares) - bar.pos)

        await replay_in_processes(settings, upto, watch)
        bar.update(total - bar.pos)
    await positions_of().put(connection, upto)


async def _tail(projection: HistoryProjection, upto: Upto) -> None:
    """Until one page brings every partition to its end."""
    behind = list(upto)
    while behind:
        behind = [partition for partition in behind if await projection.advance(partition) is Step.MORE]


async def _tail_on(connection: Connection, projection: HistoryProjection, upto: Upto) -> None:
    for partition, last in upto.items():
        while await projection.advance_on(connection, partition, last) is Step.MORE:
            pass


async def _swap(connection: Connection, projection: HistoryProjection) -> None:
    """Stop the live tables for a moment, go as far as they are, and take their place."""
    for attempt in range(1, SWAP_TRIES + 1):
        try:
            async with connection.transaction():
                await _tail_on(connection, projection, await fresh.live_positions(connection, hold=True))
                await fresh.swap(connection)
            return
        except psycopg.errors.LockNotAvailable:
            if attempt == SWAP_TRIES:
                raise RebuildFailed("Readers kept the old tables busy for too long; nothing has changed.") from None


async def _lock(connection: Connection) -> bool:
    """Held by this connection until it is given back or closes."""
    row = await (await connection.execute("SELECT pg_try_advisory_lock(%s)", [_LOCK])).fetchone()
    return bool(row and row[0])


async def _unlock(connection: Connection) -> None:
    """At once: a closed connection's session ends a moment later, and a rebuild may follow a check directly."""
    await connection.execute("SELECT pg_advisory_unlock(%s)", [_LOCK])
