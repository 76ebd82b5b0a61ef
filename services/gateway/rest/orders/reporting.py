"""A shop's server reports orders and how they stand: one, or up to 500 at once, in any order, again and again."""

import asyncio
import hashlib
from collections import defaultdict
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final
from uuid import uuid4

import msgspec
from msgspec import UNSET, Struct
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from contracts.answers import Rejected
from contracts.command import Command
from services.common.database import DatabaseAway
from services.common.key_store import KeyStore
from services.common.logs import correlation, logger
from services.gateway.access.sessions import Account
from services.gateway.access.visitor_ids import VisitorIds
from services.gateway.dispatch import Dispatch
from services.gateway.rest.bodies import decoded, invalid
from services.gateway.rest.orders import bodies, commands
from services.gateway.rest.orders.bodies import NewOrder, NewStatus, Orders, Statuses, StatusOfOrder
from services.gateway.rest.outcomes import Outcome
from services.gateway.rest.problems import Problem, of_refusal, unavailable
from services.gateway.rest.staff import MAX_BODY as OTHERS_MAX_BODY
from services.gateway.rest.staff import StaffAccess, body_of
from services.gateway.shops import Shops

log = logger(__name__)

MAX_BODY: Final = 2_097_152
AT_ONCE: Final = 16
"""Of one request: others ask for things, too."""


class Result(Outcome, kw_only=True):
    """What became of an entry. Those that were stored stay so."""

    number: str


class Results(Struct):
    """In the order of the entries."""

    results: list[Result]


class _Numbered(Struct):
    number: str = ""


_one: Final = msgspec.json.Decoder(NewOrder)
_many: Final = msgspec.json.Decoder(Orders)
_status: Final = msgspec.json.Decoder(NewStatus)
_status_of_order: Final = msgspec.json.Decoder(StatusOfOrder)
_statuses: Final = msgspec.json.Decoder(Statuses)
_members: Final = msgspec.json.Decoder(dict[str, msgspec.Raw])
_numbered: Final = msgspec.json.Decoder(_Numbered)
_encode: Final = msgspec.json.Encoder().encode

Report = Callable[[], Awaitable[None]]


@dataclass(frozen=True, kw_only=True)
class OrdersRest:
    """For keys with the scope `orders:write` or `order-status:write`, and for managers and owners."""

    keys: KeyStore
    ids: VisitorIds
    dispatch: Dispatch
    shops: Shops
    access: StaffAccess

    def routes(self) -> list[Route]:
        orders = "/v1/shops/{shop}/orders"
        return [
            Route(orders, self.place, methods=["POST"]),
            Route(f"{orders}/{{number:path}}/status", self.report, methods=["POST"]),
            Route("/v1/shops/{shop}/order-statuses", self.report_many, methods=["POST"]),
        ]

    async def place(self, request: Request) -> Response:
        """201 for one order, 200 with what became of each for several."""
        raw, account = await self._body(request)
        if "orders" in _members_of(raw):
            given = (await decoded(request, _many, MAX_BODY)).orders
            return await _all(given, lambda entry: self._placing(request, account, bodies.one_of(entry, _one)))
        order = await decoded(request, _one, MAX_BODY)
        await self._place(request, account, order)
        return _json(Result(number=order.number, stored=True), 201)

    async def report(self, request: Request) -> Response:
        """Also of an order that is not known yet."""
        account = await self.access.of_shop(request)
        given = await decoded(request, _status)
        number: str = request.path_params["number"]
        if not 1 <= len(number) <= 64:
            raise invalid("number", "An order's number has from 1 to 64 characters.")
        await self._report(request, account, StatusOfOrder(number=number, status=given.status, at=given.at))
        return _json(Result(number=number, stored=True))

    async def report_many(self, request: Request) -> Response:
        _, account = await self._body(request)
        given = (await decoded(request, _statuses, MAX_BODY)).statuses
        return await _all(
            given, lambda entry: self._reporting(request, account, bodies.one_of(entry, _status_of_order))
        )

    async def _body(self, request: Request) -> tuple[bytes, Account]:
        """Who sends slowly is judged at the end; of what is too large for other routes, nobody sends it who may not."""
        if _is_large(request):
            await self.access.of_shop(request, body=False)
        raw = await body_of(request, MAX_BODY)
        return raw, await self.access.of_shop(request, body=False)

    def _placing(self, request: Request, account: Account, order: NewOrder) -> Report:
        return lambda: self._place(request, account, order)

    def _reporting(self, request: Request, account: Account, given: StatusOfOrder) -> Report:
        return lambda: self._report(request, account, given)

    async def _place(self, request: Request, account: Account, given: NewOrder) -> None:
        now = datetime.now(UTC)
        order = bodies.checked(given, now)
        person = commands.person_of(self.ids, account.shop, order)
        try:
            key = await self.keys.get_or_create(account.shop, person, person)
            language = order.language or await self._first_language(account.shop)
        except DatabaseAway:
            raise unavailable() from None
        common = self._common(request, account, f"order\n{order.number}")
        mailbox = commands.mailbox_of(self.ids, account.shop, order)
        await self._do(commands.place_order(order, language, person, mailbox, key, common))
        if order.status is not None:
            status = StatusOfOrder(number=order.number, status=order.status.status, at=order.status.at)
            await self._report(request, account, status)

    async def _first_language(self, shop: str) -> str:
        settings = await self.shops.settings(shop)
        return settings.languages[0] if settings is not None else "en"

    async def _report(self, request: Request, account: Account, given: StatusOfOrder) -> None:
        status = bodies.checked_status(given, datetime.now(UTC))
        common = self._common(request, account, f"status\n{status.number}\n{status.status}")
        await self._do(commands.report_status(status, common))

    def _common(self, request: Request, account: Account, what: str) -> dict[str, Any]:
        """A repeated Idempotency-Key makes the same commands, one for each of what the request is about."""
        key, n = request.headers.get("Idempotency-Key"), self.dispatch.next_number()
        own = hashlib.sha256(f"{key}\n{what}".encode()).hexdigest()[:40] if key else uuid4().hex
        return {
            "id": f"rest-{own}",
            "shop": account.shop,
            "sender_kind": "operator",
            "sender": account.id,
            "gateway": self.dispatch.gateway,
            "n": n,
            "correlation": f"{correlation() or 'orders'}-{n}",
        }

    async def _do(self, command: Command) -> None:
        answer = await self.dispatch.ask(command)
        if isinstance(answer, Rejected):
            raise of_refusal(answer)


async def _all(entries: Sequence[msgspec.Raw], read: Callable[[msgspec.Raw], Report]) -> Response:
    """Each for itself; those about the same order one after another."""
    results = [Result(number=_number(entry)) for entry in entries]
    of_number: dict[str, list[int]] = defaultdict(list)
    for place, result in enumerate(results):
        of_number[result.number].append(place)
    turns = asyncio.Semaphore(AT_ONCE)

    async def one_order(places: list[int]) -> None:
        async with turns:
            for place in places:
                results[place] = await _result(results[place].number, entries[place], read)

    await asyncio.gather(*(one_order(places) for places in of_number.values()))
    wrong = sum(result.stored is not True for result in results)
    log.info("Orders reported", entries=len(results), wrong=wrong)
    return _json(Results(results))


async def _result(number: str, entry: msgspec.Raw, read: Callable[[msgspec.Raw], Report]) -> Result:
    try:
        await read(entry)()
    except Problem as problem:
        field = problem.more.get("field", UNSET)
        return Result(number=number, code=problem.code, detail=problem.detail, field=field)
    return Result(number=number, stored=True)


def _is_large(request: Request) -> bool:
    length = request.headers.get("content-length", "")
    return not length.isdecimal() or int(length) > OTHERS_MAX_BODY


def _members_of(raw: bytes) -> dict[str, msgspec.Raw]:
    """Of a JSON object; what is none is told by who decodes it."""
    try:
        return _members.decode(raw)
    except (msgspec.MsgspecError, ValueError, RecursionError):
        return {}


def _number(entry: msgspec.Raw) -> str:
    """What the entry calls its order, if anything."""
    try:
        return _numbered.decode(entry).number[:64]
    except (msgspec.MsgspecError, ValueError, RecursionError):
        return ""


def _json(body: Struct, status: int = 200) -> Response:
    return Response(_encode(body), status, {"Cache-Control": "no-store"}, "application/json")
