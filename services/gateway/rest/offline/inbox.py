"""REST of the offline inbox: what was left, answering it, and what became of the mails."""

from dataclasses import dataclass
from typing import Final
from uuid import UUID

import msgspec
from msgspec import Struct
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

from contracts.answers import Rejected, Stored
from contracts.conversations.commands import Command
from contracts.conversations.events import OfflineMessageLeft
from services.common.database import DatabaseAway
from services.common.key_store import KeyStore
from services.common.logs import correlation, logger
from services.gateway import commands
from services.gateway.access.sessions import Account
from services.gateway.commands import Sender
from services.gateway.dispatch import Dispatch
from services.gateway.log_reader import LogReader, uuid_or_none
from services.gateway.rest.bodies import decoded, invalid
from services.gateway.rest.command_ids import command_id
from services.gateway.rest.lists.doing import shown
from services.gateway.rest.offline.inbox_store import InboxStore, MessageRow
from services.gateway.rest.offline.mail_store import MailStore
from services.gateway.rest.offline.query import InboxQuery, parse
from services.gateway.rest.offline.table import rows_as_csv
from services.gateway.rest.offline.views import (
    InboxPage,
    OfflineMessageShown,
    counts_shown,
    message_shown,
    queue_shown,
)
from services.gateway.rest.problems import Problem, of_refusal
from services.gateway.rest.staff import StaffAccess
from services.gateway.shops import StaffNames
from services.gateway.sockets.texts import BadText, clean

log = logger(__name__)

MAX_BODY: Final = 65_536

_encode: Final = msgspec.json.Encoder().encode


class NewAnswer(Struct, forbid_unknown_fields=True):
    """The body of `POST …/offline-messages/{message}/answer`: plain text, 1-4,000 characters."""

    text: str


class NotShownYet(Struct):
    """What was asked for is stored as the event `seq` of the message, which the inbox will show in a moment."""

    id: UUID
    seq: int


_answer_decoder: Final = msgspec.json.Decoder(NewAnswer)


@dataclass(frozen=True, kw_only=True)
class Inbox:
    """What the routes work with."""

    store: InboxStore
    mails: MailStore
    log: LogReader
    keys: KeyStore
    names: StaffNames
    dispatch: Dispatch
    access: StaffAccess

    # Looking

    async def index(self, request: Request) -> Response:
        shop = (await self._account(request)).shop
        query = parse(request.query_params)
        failed = await self.mails.failed(shop)
        rows, following = await self.store.page(shop, query, failed if query.status == "failed" else None)
        counts, queue = await self.store.counts(shop, failed), await self.mails.queue(shop)
        page = InboxPage(
            items=await self._shown(shop, rows),
            next=following.encode() if following else None,
            counts=counts_shown(counts),
            mail=queue_shown(queue, counts),
        )
        return _json(page)

    async def table(self, request: Request) -> Response:
        """All messages that the query finds, as CSV."""
        shop = (await self._account(request)).shop
        query = parse(request.query_params)
        found = self.store.all(shop, query, await self._among(shop, query))
        headers = {"Content-Disposition": 'attachment; filename="offline-messages.csv"', "Cache-Control": "no-store"}
        return StreamingResponse(rows_as_csv(found), 200, headers, "text/csv; charset=utf-8")

    async def show(self, request: Request) -> Response:
        shop, message = (await self._account(request)).shop, _message(request)
        return _json(await self._one(shop, message))

    # Doing

    async def answer(self, request: Request) -> Response:
        """201 once the answer is stored; its mail follows."""
        account, message = await self._account(request), _message(request)
        given = await decoded(request, _answer_decoder, MAX_BODY)
        try:
            text = clean(given.text.strip())
        except BadText as bad:
            raise invalid("text", f"The answer can't be taken: {bad.detail}.") from None
        left = await self._left(account.shop, message)
        if left.email is None:
            raise Problem(409, "no_address", "The visitor gave no e-mail address that an answer could go to.")
        key = await self.keys.get(account.shop, left.visitor)
        if key is None:
            raise _unknown()
        n = self.dispatch.next_number()
        command = commands.answer_offline_message(self._sender(account), command_id(request), n, message, text, key)
        return await self._done(account, message, command, 201)

    async def called(self, request: Request) -> Response:
        """The visitor was called instead."""
        account, message = await self._account(request), _message(request)
        n = self.dispatch.next_number()
        command = commands.mark_offline_message_called(self._sender(account), command_id(request), n, message)
        return await self._done(account, message, command, 200)

    async def delete(self, request: Request) -> Response:
        """204 once the deletion is stored; a second one finds nothing."""
        account, message = await self._account(request), _message(request)
        n = self.dispatch.next_number()
        command = commands.delete_offline_message(self._sender(account), command_id(request), n, message)
        await self._ask(command)
        await self._until(account.shop, message, None)
        log.info("Offline message deleted", shop=account.shop, operator=account.id, message=str(message))
        return Response(status_code=204)

    async def retry(self, request: Request) -> Response:
        """Have the mails of one message tried now."""
        account, message = await self._account(request), _message(request)
        if await self.store.one(account.shop, message) is None:
            raise _unknown()
        await self.mails.retry(account.shop, message)
        return _json(await self._one(account.shop, message))

    async def retry_all(self, request: Request) -> Response:
        """Have all mails of the inbox tried now that wait or failed."""
        account = await self._account(request)
        retried = await self.mails.retry(account.shop)
        log.info("Mails are tried again", shop=account.shop, operator=account.id, mails=retried)
        return Response(_encode({"retried": retried}), media_type="application/json")

    # Parts

    async def _account(self, request: Request) -> Account:
        return await self.access.of_shop(request)

    def _sender(self, account: Account) -> Sender:
        return Sender(account.shop, "operator", account.id, self.dispatch.gateway, correlation() or "rest")

    async def _among(self, shop: str, query: InboxQuery) -> list[UUID] | None:
        return await self.mails.failed(shop) if query.status == "failed" else None

    async def _left(self, shop: str, message: UUID) -> OfflineMessageLeft:
        left = await self.log.offline_message(shop, message)
        if left is None:
            raise _unknown()
        return left

    async def _shown(self, shop: str, rows: list[MessageRow]) -> list[OfflineMessageShown]:
        staff = {one for row in rows for one in (row.answered_by, row.called_by) if one}
        await self.names.refresh(shop, staff)
        mails = await self.mails.of([row.id for row in rows])
        return [message_shown(shop, row, mails[row.id], self.names) for row in rows]

    async def _one(self, shop: str, message: UUID) -> OfflineMessageShown:
        row = await self.store.one(shop, message)
        if row is None:
            raise _unknown()
        return (await self._shown(shop, [row]))[0]

    async def _done(self, account: Account, message: UUID, command: Command, status: int) -> Response:
        """Send the command, and show the message as it is then; 202 if it is stored and can't be shown yet."""
        stored = await self._ask(command)
        await self._until(account.shop, message, stored.seq)
        try:
            return _json(await self._one(account.shop, message), status)
        except (Problem, *DatabaseAway):
            return _json(NotShownYet(message, stored.seq), 202)

    async def _ask(self, command: Command) -> Stored:
        answer = await self.dispatch.ask(command)
        if isinstance(answer, Rejected):
            raise of_refusal(answer)
        if not isinstance(answer, Stored):
            raise Problem(500, "unexpected", "Not understood.")
        return answer

    async def _until(self, shop: str, message: UUID, seq: int | None) -> None:
        """So that who changes and then looks sees it: until the inbox has `seq`, or not the message any more."""

        async def there() -> bool:
            row = await self.store.one(shop, message)
            return row is None if seq is None else (row is not None and row.seq >= seq)

        await shown(there)


def routes(inbox: Inbox) -> list[Route]:
    """The routes under `/v1`."""
    all_of_them = "/v1/shops/{shop}/offline-messages"
    one = f"{all_of_them}/{{message}}"
    return [
        Route(f"{all_of_them}.csv", inbox.table, methods=["GET"]),
        Route(all_of_them, inbox.index, methods=["GET"]),
        Route(f"{all_of_them}/retry", inbox.retry_all, methods=["POST"]),
        Route(one, inbox.show, methods=["GET"]),
        Route(one, inbox.delete, methods=["DELETE"]),
        Route(f"{one}/answer", inbox.answer, methods=["POST"]),
        Route(f"{one}/called", inbox.called, methods=["POST"]),
        Route(f"{one}/retry", inbox.retry, methods=["POST"]),
    ]


def _message(request: Request) -> UUID:
    """The id in the path; what is none names nothing."""
    found = uuid_or_none(request.path_params["message"])
    if found is None:
        raise _unknown()
    return found


def _unknown() -> Problem:
    return Problem(404, "not_found", "There is no such message in this shop's inbox.")


def _json(body: Struct, status: int = 200) -> Response:
    return Response(_encode(body), status, {"Cache-Control": "no-store"}, "application/json")
