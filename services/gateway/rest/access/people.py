"""The staff of a shop as the tables have it, and what is done to it: each deed in one transaction with its record.

Whoever changes somebody's access locks all who work at the shop first, always in the same order: two owners who
demote each other at the same moment don't both succeed, and who was demoted a moment ago does nothing any more.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final, NamedTuple

from psycopg import AsyncConnection
from psycopg.rows import class_row
from psycopg_pool import AsyncConnectionPool

from services.common import audit
from services.gateway.access import letters
from services.gateway.access.roles import may_manage
from services.gateway.access.sessions import Account
from services.gateway.rest.problems import Problem

MOST: Final = 10_000

_ALL: Final = """
    SELECT account AS id, coalesce(membership.name, account.name) AS name, email, role, last_seen_at, left_at
    FROM staff.membership JOIN staff.account ON account.id = account
    WHERE shop = %s AND disabled_at IS NULL
    ORDER BY left_at IS NOT NULL, lower(coalesce(membership.name, account.name)), account LIMIT %s
"""
_LOCK: Final = """
    SELECT account, role, left_at IS NULL FROM staff.membership WHERE shop = %s ORDER BY account FOR UPDATE
"""
_ROLE: Final = "UPDATE staff.membership SET role = %s WHERE shop = %s AND account = %s"
_NAME: Final = "UPDATE staff.membership SET name = %s WHERE shop = %s AND account = %s"
_LEAVE: Final = "UPDATE staff.membership SET left_at = now() WHERE shop = %s AND account = %s"
_RETURN: Final = "UPDATE staff.membership SET left_at = NULL WHERE shop = %s AND account = %s"
_END: Final = """
    UPDATE staff.session SET ended_at = now() WHERE shop = %s AND account = %s AND ended_at IS NULL
    RETURNING token_hash
"""
_WITHDRAW: Final = "DELETE FROM staff.invitation WHERE shop = %s AND invited_by = %s"
_ELSEWHERE: Final = """
    SELECT EXISTS (SELECT FROM staff.membership AS theirs WHERE account = %s AND left_at IS NULL AND NOT EXISTS (
        SELECT FROM staff.membership AS mine
        WHERE mine.shop = theirs.shop AND mine.account = %s AND mine.role = 'owner' AND mine.left_at IS NULL
    ))
"""

Connection = AsyncConnection[Any]


class MemberRow(NamedTuple):
    """Somebody who works for the shop, or did."""

    id: str
    name: str
    email: str
    role: str
    last_seen_at: datetime | None
    left_at: datetime | None


class Place(NamedTuple):
    """What somebody is at the shop."""

    role: str
    works: bool


class People:
    """All raise psycopg.OperationalError or PoolTimeout while the database is away, and Problem for what may not be."""

    def __init__(self, pool: AsyncConnectionPool[Connection]) -> None:
        """`pool` connects to the database of the log."""
        self.pool = pool

    async def all(self, shop: str) -> list[MemberRow]:
        """By name; who has left comes last."""
        async with self.pool.connection() as connection, connection.cursor(row_factory=class_row(MemberRow)) as cursor:
            return await (await cursor.execute(_ALL.encode(), [shop, MOST])).fetchall()

    async def change(self, by: Account, account: str, role: str | None, name: str | None) -> None:
        """Another role, or another name at this shop."""
        async with self.pool.connection() as connection:
            places = await self._locked(connection, by)
            place = _of(places, account, works=True)
            self._check_may(places, by, place.role, role or place.role)
            if role is not None and role != place.role:
                _check_owner_left(places, account)
                await connection.execute(_ROLE, [role, by.shop, account])
                if role != "owner":  # they may have invited more than they may now
                    await connection.execute(_WITHDRAW, [by.shop, account])
                details = {"role": role, "former": place.role}
                await audit.record(connection, by.shop, by.id, "staff.role_changed", account, details)
            if name is not None:
                await connection.execute(_NAME, [name, by.shop, account])
                await audit.record(connection, by.shop, by.id, "staff.renamed", account, {"name": name})

    async def close(self, by: Account, account: str) -> list[bytes]:
        """Close somebody's access to the shop. Returns their sessions, which have ended."""
        async with self.pool.connection() as connection:
            places = await self._locked(connection, by)
            place = _of(places, account, works=True)
            self._check_may(places, by, place.role, place.role)
            _check_owner_left(places, account)
            await connection.execute(_LEAVE, [by.shop, account])
            await connection.execute(_WITHDRAW, [by.shop, account])  # they might have invited themselves
            rows = await (await connection.execute(_END, [by.shop, account])).fetchall()
            await audit.record(connection, by.shop, by.id, "staff.access_closed", account, {"role": place.role})
        return [bytes(token_hash) for (token_hash,) in rows]

    async def let_back(self, by: Account, account: str) -> None:
        """Give somebody who had left the access back that they had."""
        async with self.pool.connection() as connection:
            places = await self._locked(connection, by)
            place = _of(places, account, works=False)
            self._check_may(places, by, place.role, place.role)
            await connection.execute(_RETURN, [by.shop, account])
            await audit.record(connection, by.shop, by.id, "staff.let_back", account, {"role": place.role})

    async def take_factor(self, by: Account, account: str) -> None:
        """Note that somebody's second factor goes, and tell them. Only who owns every shop that the account works for
        may do so: it guards them all. Nobody their own in this way, which asks for no password."""
        if account == by.id:
            raise Problem(409, "own_account", "Turn your own off in your account, with your password.")
        async with self.pool.connection() as connection:
            places = await self._locked(connection, by)
            self._check_may(places, by, _of(places, account, works=True).role, "owner")
            row = await (await connection.execute(_ELSEWHERE, [account, by.id])).fetchone()
            if row is None or row[0]:
                raise Problem(409, "works_elsewhere", "This account works for another shop, which it guards as well.")
            await audit.record(connection, by.shop, by.id, "staff.second_factor_off", account)
            await letters.notice(connection, by.shop, account, "second_factor_off")

    @staticmethod
    async def _locked(connection: Connection, by: Account) -> Mapping[str, Place]:
        rows = await (await connection.execute(_LOCK, [by.shop])).fetchall()
        return {account: Place(role, works) for account, role, works in rows}

    @staticmethod
    def _check_may(places: Mapping[str, Place], by: Account, role: str, wanted: str) -> None:
        """As things stand now, whatever they were when the request came."""
        mine = places.get(by.id)
        allowed = mine is not None and mine.works and may_manage(mine.role, role) and may_manage(mine.role, wanted)
        if not allowed:
            raise Problem(403, "forbidden", "Managers look after operators; only owners look after the others.")


def _of(places: Mapping[str, Place], account: str, *, works: bool) -> Place:
    place = places.get(account)
    if place is None or place.works is not works:
        raise Problem(404, "not_found", f"Nobody by that id {'works' if works else 'has left'} here.")
    return place


def _check_owner_left(places: Mapping[str, Place], account: str) -> None:
    """A shop without an owner could never have one again."""
    owners = {one for one, place in places.items() if place.works and place.role == "owner"}
    if owners == {account}:
        raise Problem(409, "last_owner", "A shop has an owner at least; make somebody else one first.")
