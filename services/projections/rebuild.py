"""`shopbell rebuild …`: makes read tables anew from the log while the old ones are read, then swaps them.

Nobody waits for it: the live tables are kept up until the moment of the swap, which is one short transaction that
also takes over the positions. With `--verify` nothing is swapped; old and new are compared instead.
"""

from contextlib import AsyncExitStack
from typing import Final

import click
import psycopg

from services.common.following import Step
from services.common.positions import Positions
from services.common.settings import ProjectionsSettings
from services.projections import verify
from services.projections.fresh import Connection
from services.projections.paging import Projection, positions_of
from services.projections.plan import Plan, RebuildFailed, Upto

SWAP_TRIES: Final = 5
_LOCK: Final = 0x53_48_52_42  # one rebuild of the same tables at a time


async def main(settings: ProjectionsSettings, plan: Plan, verify_only: bool = False) -> int:
    """Rebuild, or only compare. Returns the exit code; what it has to say goes to stdout."""
    async with await plan.tables.connect(settings) as connection:
        if not await _lock(connection, plan):
            click.echo(f"Another rebuild of {plan.name} is under way.", err=True)
            return 1
        await plan.tables.create(connection)
        try:
            async with AsyncExitStack() as stack:
                projection = await plan.open(settings, stack)
                await _positions(plan).create(connection)
                if verify_only:
                    return await _verify(settings, connection, plan, projection)
                return await _rebuild(settings, connection, plan, projection)
        except RebuildFailed as failed:
            click.echo(str(failed), err=True)
            return 1
        finally:
            await plan.tables.drop(connection)
            await _unlock(connection, plan)


def _positions(plan: Plan) -> Positions:
    return positions_of(plan.name, plan.log)


async def _rebuild(settings: ProjectionsSettings, connection: Connection, plan: Plan, projection: Projection) -> int:
    upto = await projection.heads()
    await _replay(settings, connection, plan, upto)
    click.echo("Making the indexes.")
    await plan.complete(connection)
    await plan.tables.add_indexes(connection)
    await _tail(projection, upto)
    await _swap(connection, plan, projection)
    click.echo(f"{plan.name.capitalize()} is rebuilt; the new tables are in use.")
    return 0


async def _verify(settings: ProjectionsSettings, connection: Connection, plan: Plan, projection: Projection) -> int:
    """Compare at the positions that the live tables have at one moment, which a snapshot holds still."""
    await _replay(settings, connection, plan, await plan.tables.live_positions(connection))
    await plan.complete(connection)
    await connection.set_isolation_level(psycopg.IsolationLevel.REPEATABLE_READ)
    async with connection.transaction():
        fixed = await plan.tables.live_positions(connection)
        await _tail_on(connection, projection, fixed)
        differences = await verify.compare(connection, plan)
        counted = await verify.count(connection, plan)
    places = verify.places(plan.log, fixed)
    if not differences:
        click.echo(f"Equal: {counted} are as the log says, at {places}.")
        return 0
    click.echo(f"Not equal, at {places}; the first differences:", err=True)
    for difference in differences:
        click.echo(f"  {difference}", err=True)
    return 1


async def _replay(settings: ProjectionsSettings, connection: Connection, plan: Plan, upto: Upto) -> None:
    """The long part, with a bar that counts events."""
    total = sum(upto.values())
    with click.progressbar(length=total, label="Replaying the log", show_pos=True) as bar:

        async def watch(reached: int) -> None:
            bar.update(reached - bar.pos)

        await plan.replay(settings, connection, upto, watch)
        bar.update(total - bar.pos)
    await _positions(plan).put(connection, upto)


async def _tail(projection: Projection, upto: Upto) -> None:
    """Until one page brings every partition to its end."""
    behind = list(upto)
    while behind:
        behind = [partition for partition in behind if await projection.advance(partition) is Step.MORE]


async def _tail_on(connection: Connection, projection: Projection, upto: Upto) -> None:
    for partition, last in upto.items():
        while await projection.advance_on(connection, partition, last) is Step.MORE:
            pass


async def _swap(connection: Connection, plan: Plan, projection: Projection) -> None:
    """Stop the live tables for a moment, go as far as they are, and take their place."""
    for attempt in range(1, SWAP_TRIES + 1):
        try:
            async with connection.transaction():
                await _tail_on(connection, projection, await plan.tables.live_positions(connection, hold=True))
                await plan.tables.swap(connection)
            return
        except psycopg.errors.LockNotAvailable:
            if attempt == SWAP_TRIES:
                raise RebuildFailed("Readers kept the old tables busy for too long; nothing has changed.") from None


async def _lock(connection: Connection, plan: Plan) -> bool:
    """Held by this connection until it is given back or closes."""
    row = await (
        await connection.execute("SELECT pg_try_advisory_lock(%s, hashtext(%s))", [_LOCK, plan.name])
    ).fetchone()
    return bool(row and row[0])


async def _unlock(connection: Connection, plan: Plan) -> None:
    """At once: a closed connection's session ends a moment later, and a rebuild may follow a check directly."""
    await connection.execute("SELECT pg_advisory_unlock(%s, hashtext(%s))", [_LOCK, plan.name])
