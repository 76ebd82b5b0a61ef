"""Who a customer is inside: the opaque ids under whose keys everything about them is sealed."""

from datetime import datetime
from typing import Any, Final, NamedTuple

from psycopg import AsyncConnection
from psycopg_pool import AsyncConnectionPool

from services.common.erasures import former
from services.gateway.access.visitor_ids import GUEST, SIGNED_IN, VisitorIds

Pool = AsyncConnectionPool[AsyncConnection[Any]]

MOST_PERSONS: Final = 10_000
"""Guests that one customer may have been: as many as one erasure names."""

_KEYS: Final = """
    SELECT person, subject, created_at FROM person_key
    WHERE shop = %(shop)s AND (person = ANY (%(ids)s) OR subject = ANY (%(ids)s)) ORDER BY created_at LIMIT %(most)s
"""
_ROWS: Final = """
    SELECT person FROM rm_conversation WHERE shop = %(shop)s AND (customer = %(customer)s OR person = ANY (%(ids)s))
    UNION
    SELECT person FROM rm_offline_message WHERE shop = %(shop)s AND (customer = %(customer)s OR person = ANY (%(ids)s))
    UNION
    SELECT person FROM rm_order
    WHERE shop = %(shop)s AND (customer = %(customer)s OR lower(email) = lower(%(customer)s) OR person = ANY (%(ids)s))
    LIMIT %(most)s
"""
_ERASED: Final = """
    SELECT number, asked_at, done_at, keys_at FROM erasure.erasure
    WHERE shop = %s AND former && %s ORDER BY number DESC LIMIT 1
"""


class Guest(NamedTuple):
    """A guest id that is the same person."""

    id: str
    since: datetime


class Who(NamedTuple):
    """One person of a shop. `persons` are the ids of their keys, the one asked for first."""

    shop: str
    customer: str
    persons: list[str]
    guests: list[Guest]

    @property
    def signed_in(self) -> bool:
        return any(person.startswith(SIGNED_IN) for person in self.persons)


class WasErased(NamedTuple):
    """Somebody who was erased, or is about to be."""

    number: int
    asked_at: datetime
    done_at: datetime | None
    keys_at: datetime | None


class Persons:
    """Finds persons by the id that the outside knows them by.

    All raise psycopg.OperationalError or PoolTimeout while a database is away.
    """

    def __init__(self, pools: dict[str, Pool], ids: VisitorIds) -> None:
        self._pools = pools
        self._ids = ids

    async def find(self, shop: str, customer: str) -> Who | WasErased | None:
        """Who came back after they were erased is somebody new, and found as such."""
        ids = self._candidates(shop, customer)
        known, linked = await self._known(shop, ids)
        erased = await self._erased(shop, ids)
        if erased is not None and (erased.keys_at is None or not known):
            return erased
        persons = [person for person, _ in known]
        if erased is None:
            persons += [one for one in await self._with_rows(shop, customer, ids) if one not in persons]
        if not persons:
            return None
        persons += [one for one in linked if one not in persons]
        first = next((one for one in ids if one in persons), persons[0])
        ordered = [first, *(one for one in persons if one != first)]
        guests = [Guest(person, since) for person, since in known if person.startswith(GUEST) and person != customer]
        return Who(shop, customer, ordered[:MOST_PERSONS], guests)

    def _candidates(self, shop: str, customer: str) -> list[str]:
        """A customer of the shop's, or a guest: a customer's id may look like a guest's. Who ordered without an id is
        known by their address, in lower case."""
        own = [self._ids.of_customer(shop, one) for one in dict.fromkeys((customer, customer.lower()))]
        return [*own, customer] if customer.startswith(GUEST) else own

    async def _known(self, shop: str, ids: list[str]) -> tuple[list[tuple[str, datetime]], list[str]]:
        """Persons who have a key, the oldest first, and as whom they signed in: that id may have no key yet.

        A guest who signed in leads to who that is, and that one to the browsers in which they want push.
        """
        known, rows = {*ids}, await self._keys(shop, ids)
        subjects = {subject for _, subject, _ in rows if subject is not None}
        while found := ({person for person, _, _ in rows if person.startswith(GUEST)} | subjects) - known:
            known |= found
            rows = await self._keys(shop, sorted(known))
            subjects |= {subject for _, subject, _ in rows if subject is not None}
        return [(person, since) for person, _, since in rows], sorted(subjects)

    async def _keys(self, shop: str, ids: list[str]) -> list[tuple[str, str | None, datetime]]:
        async with self._pools["keys"].connection() as connection:
            values = {"shop": shop, "ids": ids, "most": MOST_PERSONS}
            return await (await connection.execute(_KEYS, values)).fetchall()

    async def _with_rows(self, shop: str, customer: str, ids: list[str]) -> list[str]:
        """The same as history has it: a guest may have signed in a moment ago."""
        values = {"shop": shop, "customer": customer, "ids": ids, "most": MOST_PERSONS}
        async with self._pools["read"].connection() as connection:
            rows = await (await connection.execute(_ROWS, values)).fetchall()
        return [person for (person,) in rows]

    async def _erased(self, shop: str, ids: list[str]) -> WasErased | None:
        async with self._pools["log"].connection() as connection:
            row = await (await connection.execute(_ERASED, [shop, [former(shop, one) for one in ids]])).fetchone()
        return WasErased(*row) if row else None
