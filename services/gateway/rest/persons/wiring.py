"""Puts the routes about persons together."""

import asyncio
from typing import Any

from psycopg import AsyncConnection
from psycopg_pool import AsyncConnectionPool
from starlette.routing import Route

from services.gateway.gateway import Gateway
from services.gateway.rest.persons import export, person, receipts
from services.gateway.rest.persons.archive import FilesOfMessages
from services.gateway.rest.persons.book import Book
from services.gateway.rest.persons.export import AT_ONCE, Exports
from services.gateway.rest.persons.person import PersonRest
from services.gateway.rest.persons.receipts import Receipts
from services.gateway.rest.persons.store import PersonStore
from services.gateway.rest.persons.who import Persons
from services.gateway.rest.staff import StaffAccess

Pool = AsyncConnectionPool[AsyncConnection[Any]]


def routes(gateway: Gateway, pools: dict[str, Pool], access: StaffAccess, backup_days: int) -> list[Route]:
    """All of them; `pools` are connected to all three databases."""
    book = Book(pools["log"])
    rest = PersonRest(
        persons=Persons(pools, gateway.ids),
        store=PersonStore(pools["read"]),
        book=book,
        shops=gateway.shops,
        names=gateway.names,
        dispatch=gateway.dispatch,
        access=access,
        backup_days=backup_days,
    )
    exports = Exports(
        rest=rest,
        log=gateway.log,
        log_pool=pools["log"],
        keys=gateway.keys,
        names=gateway.names,
        files=FilesOfMessages(gateway.attachments, gateway.keys),
        turns=asyncio.Semaphore(AT_ONCE),
    )
    shown = Receipts(book=book, names=gateway.names, access=access)
    return [*export.routes(exports), *person.routes(rest), *receipts.routes(shown)]
