"""What staff do with polls."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final
from uuid import UUID

import msgspec
from msgspec import Struct
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

from contracts import subjects
from contracts.command import Command
from contracts.engagement import poll_commands as c
from contracts.engagement.poll_events import PollDiscarded, PollEvent
from contracts.envelope import event_id
from contracts.ids import poll_id
from services.common.logs import logger
from services.gateway.access.sessions import Account
from services.gateway.log_reader import LogReader, uuid_or_none
from services.gateway.polls.ballots import Ballots
from services.gateway.polls.rows import PollPlace, PollRow
from services.gateway.polls.store import PollStore
from services.gateway.rest.bodies import decoded
from services.gateway.rest.command_ids import command_id
from services.gateway.rest.lists.doing import Doing
from services.gateway.rest.lists.doing import shown as until_shown
from services.gateway.rest.paging import limit_of, place_of, wrong
from services.gateway.rest.polls import table, views
from services.gateway.rest.polls.checking import WrittenPoll, checked
from services.gateway.rest.problems import Problem, not_shown_yet
from services.gateway.rest.spreadsheets import separator_of
from services.gateway.rest.staff import StaffAccess
from services.gateway.shops import Shops, StaffNames

log = logger(__name__)

DEFAULT_LIMIT: Final = 50
MOST: Final = 200
STATES: Final = ("draft", "planned", "open", "closed", "archived")
IN_SIGHT: Final = STATES[:-1]
DEEDS: Final[Mapping[str, type[Command]]] = {"start": c.StartPoll, "close": c.ClosePoll, "archive": c.ArchivePoll}


class NewPoll(Struct, forbid_unknown_fields=True):
    """What a poll asks, whole."""

    content: WrittenPoll


_decoder: Final = msgspec.json.Decoder(NewPoll)
_encode: Final = msgspec.json.Encoder().encode


@dataclass(frozen=True, kw_only=True)
class PollsDesk:
    """For managers and owners."""

    store: PollStore
    events: LogReader
    ballots: Ballots
    names: StaffNames
    shops: Shops
    doing: Doing
    access: StaffAccess

    def routes(self) -> list[Route]:
        all_of_them = "/v1/shops/{shop}/polls"
        one = f"{all_of_them}/{{poll}}"
        return [
            Route(all_of_them, self.index, methods=["GET"]),
            Route(all_of_them, self.add, methods=["POST"]),
            Route(f"{one}.csv", self.as_csv, methods=["GET"]),
            Route(one, self.show, methods=["GET"]),
            Route(one, self.change, methods=["PUT"]),
            Route(one, self.discard, methods=["DELETE"]),
            Route(f"{one}/recount", self.recount, methods=["POST"]),
            *(Route(f"{one}/{deed}", self._deed(kind), methods=["POST"]) for deed, kind in DEEDS.items()),
        ]

    async def index(self, request: Request) -> Response:
        """All but those in the archive, unless one state is asked for."""
        shop, params = (await self.access.of_shop(request)).shop, request.query_params
        state = params.get("state")
        if state and state not in STATES:
            raise wrong("state", f"must be one of {', '.join(STATES)}")
        after = place_of(params.get("cursor"), PollPlace)
        limit = limit_of(params.get("limit"), DEFAULT_LIMIT, MOST)
        rows, following = await self.store.page(shop, [state] if state else list(IN_SIGHT), after, limit)
        items = await self._shown(shop, rows)
        return _json(views.Polls(items, following.encode() if following else None))

    async def add(self, request: Request) -> Response:
        """201 with the draft; its id follows from the Idempotency-Key, so that the same key makes no second one."""
        account = await self.access.of_shop(request)
        poll = poll_id(account.shop, account.id, command_id(request))
        return await self._save(request, account, c.DraftPoll, poll, 201)

    async def change(self, request: Request) -> Response:
        account = await self.access.of_shop(request)
        return await self._save(request, account, c.ChangePoll, _poll(request), 200)

    async def discard(self, request: Request) -> Response:
        """204 once that is stored; a second time there is nothing to throw away."""
        account, poll = await self.access.of_shop(request), _poll(request)
        await self.doing.do(request, account, c.DiscardPoll, f"discard\n{poll}", poll=poll)
        log.info("Poll discarded", shop=account.shop, operator=account.id, poll=str(poll))

        async def gone() -> bool:
            return await self.store.one(account.shop, poll) is None

        await until_shown(gone)
        return Response(status_code=204)

    async def show(self, request: Request) -> Response:
        shop = (await self.access.of_shop(request)).shop
        return _json(await self._whole(shop, await self._find(shop, _poll(request))))

    async def as_csv(self, request: Request) -> Response:
        """One line a vote, none of which tells whose it is."""
        account = await self.access.of_shop(request)
        row = await self._find(account.shop, _poll(request))
        separator = separator_of(request.query_params)
        settings = await self.shops.settings(account.shop)
        zone = settings.time_zone if settings else "UTC"
        log.info("Votes exported", shop=account.shop, operator=account.id, poll=str(row.id))
        headers = {"Content-Disposition": f'attachment; filename="poll-{row.id}.csv"', "Cache-Control": "no-store"}
        parts = table.parts(self.store, row, zone, separator)
        return StreamingResponse(parts, 200, headers, "text/csv; charset=utf-8")

    async def recount(self, request: Request) -> Response:
        """Count the events themselves, up to the one that the shown counts have come to."""
        shop = (await self.access.of_shop(request)).shop
        row, partition = await self._find(shop, _poll(request)), subjects.partition_of(shop)
        counted, upto = await self.store.counts_at(row.id, partition)
        counts = await self.ballots.count(shop, row.id, upto)
        place = event_id(subjects.ENGAGEMENT, partition, upto)
        return _json(
            views.Recount(counts=counts, votes=sum(counts.values()), agrees=counts == counted, counted_to=place)
        )

    def _deed(self, kind: type[Command]) -> Any:
        async def endpoint(request: Request) -> Response:
            account, poll = await self.access.of_shop(request), _poll(request)
            stored = await self.doing.do(request, account, kind, f"{kind.__name__}\n{poll}", poll=poll)
            log.info("Poll decided", shop=account.shop, operator=account.id, poll=str(poll), deed=kind.__name__)
            return _json(await self._once_shown(account.shop, poll, stored.seq))

        return endpoint

    async def _save(self, request: Request, account: Account, kind: type[Command], poll: UUID, status: int) -> Response:
        content = checked((await decoded(request, _decoder)).content)
        said = hashlib.sha256(_encode(content)).hexdigest()
        stored = await self.doing.do(request, account, kind, f"save\n{poll}\n{said}", poll=poll, content=content)
        log.info("Poll saved", shop=account.shop, operator=account.id, poll=str(poll))
        return _json(await self._once_shown(account.shop, poll, stored.seq), status)

    async def _once_shown(self, shop: str, poll: UUID, seq: int) -> views.PollWithVotes:
        """The poll with this change, as soon as the list has it. Raises Problem if that takes too long."""

        async def there() -> bool:
            row = await self.store.one(shop, poll)
            return row is not None and row.seq >= seq

        await until_shown(there)
        return await self._whole(shop, await self._find(shop, poll))

    async def _find(self, shop: str, poll: UUID) -> PollRow:
        row = await self.store.one(shop, poll)
        if row is None:
            newest = await self.events.newest(shop, poll, subjects.ENGAGEMENT)
            is_there = isinstance(newest, PollEvent) and not isinstance(newest, PollDiscarded)
            raise not_shown_yet() if is_there else unknown()
        return row

    async def _whole(self, shop: str, row: PollRow) -> views.PollWithVotes:
        since = row.opened_at or row.created_at
        width = views.width_of((row.closed_at or datetime.now(UTC)) - since)
        first = since.replace(second=0, microsecond=0)
        plot, counts = await self.store.plot(row.id, width, first), await self.store.counts(row.id)
        return views.whole((await self._shown(shop, [row]))[0], counts, plot, width)

    async def _shown(self, shop: str, rows: list[PollRow]) -> list[views.PollShown]:
        tallies = await self.store.tallies([row.id for row in rows])
        await self.names.refresh(shop, {row.author for row in rows})
        return [views.shown(row, tallies.get(row.id), self.names.operator(shop, row.author)) for row in rows]


def _poll(request: Request) -> UUID:
    """The id in the path; what is none names nothing."""
    found = uuid_or_none(request.path_params["poll"])
    if found is None:
        raise unknown()
    return found


def unknown() -> Problem:
    return Problem(404, "not_found", "There is no such poll.")


def _json(body: Struct, status: int = 200) -> Response:
    return Response(_encode(body), status, {"Cache-Control": "no-store"}, "application/json")
