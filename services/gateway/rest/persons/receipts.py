"""REST of erasures: how far one is, and its receipt, which names no person."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Literal

import msgspec
from msgspec import Struct
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from contracts.envelope import rfc3339
from contracts.sockets.common import Operator
from services.common.database import DatabaseAway
from services.common.erasures import WHOLE_SHOP, receipt_number
from services.gateway.rest.persons.book import Book, ErasureRow
from services.gateway.rest.persons.query import limit_of
from services.gateway.rest.problems import Problem, unavailable
from services.gateway.rest.staff import StaffAccess
from services.gateway.shops import StaffNames

_STEPS: Final[dict[str, str]] = {
    "key": "keys_at",
    "rows": "rows_at",
    "files": "files_at",
    "mails": "mails_at",
    "receipt": "done_at",
}
_HIGHEST: Final = 2**31 - 1

_encode: Final = msgspec.json.Encoder().encode


class ErasureStep(Struct):
    """`key`: destroyed; `rows`: history and inbox cleared and checked; `files`: removed; `mails`: waiting ones
    dropped; `receipt`."""

    step: str
    state: Literal["done", "running", "waiting"]
    at: str | None


class Removed(Struct):
    """What there was. `log_entries` stay, as blanks that nobody can read."""

    conversations: int
    offline_messages: int
    files: int
    mails: int
    log_entries: int


class Backups(Struct):
    """Backups of the keys database that were made before are gone after `days`, so by `gone_by`."""

    days: int | None
    gone_by: str | None


class ErasureShown(Struct, kw_only=True):
    """An erasure, and its receipt once it is done."""

    number: int
    receipt: str
    state: Literal["running", "failing", "done"]
    asked_at: str
    asked_by: Operator
    done_at: str | None
    steps: list[ErasureStep]
    removed: Removed
    key_print: str | None
    checked_at: str | None
    backups: Backups
    error: str | None


class ErasurePage(Struct):
    """`next` is the cursor of the following page, null on the last."""

    items: list[ErasureShown]
    next: str | None


@dataclass(frozen=True, kw_only=True)
class Receipts:
    """What the routes work with."""

    book: Book
    names: StaffNames
    access: StaffAccess

    async def show(self, request: Request) -> Response:
        account, number = await self.access.of_shop(request), _number(request)
        try:
            row = await self.book.read(account.shop, number)
            await self.names.refresh(account.shop)
        except DatabaseAway:
            raise unavailable() from None
        if row is None:
            raise _unknown()
        return _json(shown(account.shop, row, self.names))

    async def index(self, request: Request) -> Response:
        account = await self.access.of_shop(request)
        before, limit = _before(request.query_params.get("cursor")), limit_of(request.query_params.get("limit"))
        try:
            rows = await self.book.page(account.shop, before, limit + 1)
            await self.names.refresh(account.shop)
        except DatabaseAway:
            raise unavailable() from None
        following = str(rows[limit - 1].number) if len(rows) > limit else None
        return _json(ErasurePage([shown(account.shop, row, self.names) for row in rows[:limit]], following))

    async def retry(self, request: Request) -> Response:
        """204: it is looked at again at once."""
        account, number = await self.access.of_shop(request), _number(request)
        try:
            await self.book.retry(account.shop, number)
        except DatabaseAway:
            raise unavailable() from None
        return Response(status_code=204)


def routes(receipts: Receipts) -> list[Route]:
    one = "/v1/shops/{shop}/erasures/{number}"
    return [
        Route("/v1/shops/{shop}/erasures", receipts.index, methods=["GET"]),
        Route(one, receipts.show, methods=["GET"]),
        Route(f"{one}/retry", receipts.retry, methods=["POST"]),
    ]


def shown(shop: str, row: ErasureRow, names: StaffNames) -> ErasureShown:
    return ErasureShown(
        number=row.number,
        receipt=receipt_number(row.asked_at.year, row.number),
        state="done" if row.done_at else "failing" if row.error else "running",
        asked_at=rfc3339(row.asked_at),
        asked_by=names.operator(shop, row.author),
        done_at=_at(row.done_at),
        steps=_steps(row),
        removed=Removed(row.conversations, row.offline_messages, row.files, row.mails, row.log_entries),
        key_print=row.key_print,
        checked_at=_at(row.swept_at or row.rows_at),
        backups=_backups(row),
        error=None if row.done_at else row.error,
    )


def _steps(row: ErasureRow) -> list[ErasureStep]:
    """The first that is not done is the one at which it is."""
    steps: list[ErasureStep] = []
    for name, column in _STEPS.items():
        at: datetime | None = getattr(row, column)
        all_before = all(step.state == "done" for step in steps)
        steps.append(ErasureStep(name, "done" if at else "running" if all_before else "waiting", _at(at)))
    return steps


def _backups(row: ErasureRow) -> Backups:
    if row.keys_at is None or row.backup_days is None:
        return Backups(row.backup_days, None)
    return Backups(row.backup_days, rfc3339(row.keys_at + timedelta(days=row.backup_days)))


def _number(request: Request) -> int:
    text: str = request.path_params["number"]
    number = int(text) if text.isascii() and text.isdigit() and len(text) < 10 else WHOLE_SHOP
    if number == WHOLE_SHOP:
        raise _unknown()
    return number


def _before(cursor: str | None) -> int:
    if not cursor:
        return _HIGHEST
    if not cursor.isascii() or not cursor.isdigit() or len(cursor) > 9:
        raise Problem(400, "invalid", "The parameter cursor is none that a list has given.", field="cursor")
    return int(cursor)


def _unknown() -> Problem:
    return Problem(404, "not_found", "There is no such erasure in this shop.")


def _at(at: datetime | None) -> str | None:
    return None if at is None else rfc3339(at)


def _json(body: Struct) -> Response:
    return Response(_encode(body), media_type="application/json", headers={"Cache-Control": "no-store"})
