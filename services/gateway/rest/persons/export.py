"""REST of taking away everything about one person: a zip that a machine and a human can read.

It is made from the log, which knows more than history shows: pages, forms, each event as it was stored. What staff
noted for themselves is left out unless it is asked for.
"""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final
from uuid import UUID

import msgspec
from psycopg import AsyncConnection
from psycopg.rows import dict_row
from psycopg_pool import AsyncConnectionPool
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

from contracts import subjects
from contracts.conversations.events import NoteAdded
from contracts.envelope import rfc3339
from services.common.database import DatabaseAway
from services.common.key_store import KeyStore
from services.common.logs import logger
from services.common.telling import Json, in_clear
from services.gateway.log_reader import LogReader
from services.gateway.rest.persons import pages
from services.gateway.rest.persons.archive import FilesOfMessages, zipped
from services.gateway.rest.persons.person import PersonRest, customer_of
from services.gateway.rest.persons.query import TimelineQuery
from services.gateway.rest.persons.views import PersonShown
from services.gateway.rest.persons.who import Who
from services.gateway.rest.problems import unavailable
from services.gateway.shops import StaffNames

log = logger(__name__)

AT_ONCE: Final = 2
"""Exports that one gateway makes at the same time: the texts of each are in memory until they are sent."""
FORMAT: Final = "shopbell-person/1"
ENGAGED: Final = ("orders", "review_requests", "reviews", "review_mails", "push_subscriptions")
PROFILE: Final = ("id", "signed_in", "name", "email", "phone", "languages", "since", "also_known_as")

_MAILS: Final = """
    SELECT kind, status, created_at, sent_at FROM mail.mail WHERE shop = %s AND person = ANY (%s) ORDER BY created_at
"""

Pool = AsyncConnectionPool[AsyncConnection[Any]]


@dataclass(frozen=True, kw_only=True)
class Exports:
    """What the route works with."""

    rest: PersonRest
    log: LogReader
    log_pool: Pool
    keys: KeyStore
    names: StaffNames
    files: FilesOfMessages
    turns: asyncio.Semaphore

    async def make(self, request: Request) -> Response:
        """200 with the zip."""
        account, customer = await self.rest.access.of_shop(request), customer_of(request)
        notes = request.query_params.get("notes") == "true"
        try:
            async with self.turns:
                who = await self.rest.found(account.shop, customer)
                texts, files = await self._texts(who, notes)
        except DatabaseAway:
            raise unavailable() from None
        log.info("Person exported", shop=account.shop, operator=account.id, person=who.persons[0], notes=notes)
        headers = {"Cache-Control": "no-store", "Content-Disposition": 'attachment; filename="person.zip"'}
        return StreamingResponse(zipped(texts, files, self.files), 200, headers, "application/zip")

    async def _texts(self, who: Who, notes: bool) -> tuple[list[tuple[str, str | bytes]], dict[str, UUID]]:
        """What is written down of the person, and the files of their conversations, both by their paths."""
        await self.names.refresh(who.shop)
        profile = await self.rest.shown(who, TimelineQuery(limit=1))
        ids = await self.rest.store.ids(who)
        conversations = [one async for one in self._told(who, ids.conversations, notes)]
        messages = [one async for one in self._told(who, ids.offline_messages, notes)]
        engaged = await self._engaged(who)
        data = _data(who, profile, conversations, messages, await self._mails(who)) | engaged
        names = {operator: self.names.name(who.shop, operator) for operator in _operators(conversations, messages)}
        settings = await self.rest.shops.settings(who.shop)
        zone = settings.time_zone if settings else "UTC"
        writer = pages.Pages(lambda operator: names.get(operator, "the shop"), zone)
        texts = await asyncio.to_thread(_written, data, profile, writer)
        events = [event for one in conversations for event in one["events"]]
        return texts, {pages.path_of(file): file.id for event in events for file in pages.files_of(event)}

    async def _told(self, who: Who, ids: list[UUID], notes: bool) -> AsyncIterator[Json]:
        """Each aggregate with its events in clear, the oldest first."""
        found = [(await self._events(who.shop, one, notes), one) for one in ids]
        for events, one in sorted(found, key=lambda pair: pair[0][0]["at"] if pair[0] else ""):
            if events:
                yield {"id": str(one), "events": events}

    async def _engaged(self, who: Who) -> dict[str, list[Json]]:
        """What they ordered, were asked and wrote, and where they want push."""
        told: dict[str, list[Json]] = {kind: [] for kind in ENGAGED}
        for one in await self.rest.store.engaged(who):
            events = await self._events(who.shop, one.id, False, one.person, subjects.ENGAGEMENT)
            if events:
                told[one.kind].append({"id": str(one.id), "events": events})
        return told

    async def _events(
        self, shop: str, aggregate: UUID, notes: bool, person: str = "", log: str = subjects.CONVERSATIONS
    ) -> list[Json]:
        told: list[Json] = []
        after = 0
        while page := await self.log.page(shop, str(aggregate), after, log):
            person = person or getattr(page[0], "visitor", "")
            key = await self.keys.get(shop, person)
            if key is None:
                return []  # erased while we were at it
            for event in page:
                if notes or not isinstance(event, NoteAdded):
                    told.append(in_clear(event, key))
            after = page[-1].originator_version
        return told

    async def _mails(self, who: Who) -> list[Json]:
        async with self.log_pool.connection() as connection, connection.cursor(row_factory=dict_row) as cursor:
            rows = await (await cursor.execute(_MAILS, [who.shop, who.persons])).fetchall()
        return [{name: _plain(value) for name, value in row.items()} for row in rows]


def routes(exports: Exports) -> list[Route]:
    """Before those of the person: the path of an id takes whatever follows."""
    return [Route("/v1/shops/{shop}/customers/{customer:path}/export", exports.make, methods=["POST"])]


def _data(who: Who, profile: PersonShown, conversations: list[Json], messages: list[Json], mails: list[Json]) -> Json:
    known = msgspec.to_builtins(profile)
    return {
        "format": FORMAT,
        "made_at": rfc3339(datetime.now(UTC)),
        "shop": who.shop,
        "person": {name: known[name] for name in PROFILE if name in known},
        "conversations": conversations,
        "offline_messages": messages,
        "mails": mails,
    }


def _operators(*told: list[Json]) -> set[str]:
    """Staff who are named in events."""
    events = [event for some in told for one in some for event in one["events"]]
    return {event[member] for event in events for member in ("operator", "to") if member in event}


def _written(data: Json, profile: PersonShown, writer: pages.Pages) -> list[tuple[str, str | bytes]]:
    """Takes a while for somebody who wrote much: not for the event loop."""
    return [
        ("data.json", msgspec.json.format(msgspec.json.encode(data), indent=2)),
        ("index.html", writer.index(profile, data)),
        *((pages.file_name(number), writer.conversation(one)) for number, one in enumerate(data["conversations"], 1)),
    ]


def _plain(value: Any) -> Any:
    return rfc3339(value) if isinstance(value, datetime) else value
