"""The shop's mail: a test of it, and the keys that sign it.

`POST /v1/shops/{shop}/test-mail` sends a mail to the address for messages, or one about reviews to whoever asks, the
way all mails go; what became of it is at `GET …/test-mail/{mail}`. `GET /v1/shops/{shop}/mail-keys` lists what must
stand in the DNS.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

import msgspec
from msgspec import Struct
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from contracts.conversations.appearance import Language
from contracts.engagement.reviews import Mode, Step
from contracts.envelope import rfc3339
from services.common.database import DatabaseAway
from services.common.dkim_keys import DkimKeys
from services.common.logs import logger
from services.gateway.access.sessions import Account
from services.gateway.log_reader import uuid_or_none
from services.gateway.rest.bodies import decoded, invalid
from services.gateway.rest.problems import Problem, unavailable
from services.gateway.rest.site.mails import Mails, TooManyTests, Trial
from services.gateway.rest.staff import StaffAccess, body_of
from services.gateway.shops import Shops

log = logger(__name__)

_encode: Final = msgspec.json.Encoder().encode


class NewTestMail(Struct, forbid_unknown_fields=True, kw_only=True):
    """With a `step`, the mail that asks customers for reviews, or reminds them, to the address of whoever asks: as it
    goes in this `mode` and `language`, the shop's first if absent. Without one, that mail works."""

    step: Step | None = None
    mode: Mode = "received"
    language: Language | None = None


class TestMail(Struct, kw_only=True):
    """A test mail and how far it is. `error`: why it was not taken yet, or will not be: a code and a sentence."""

    id: UUID
    status: str
    attempts: int = 0
    error: str | None = None
    sent_at: str | None = None
    next_at: str | None = None
    to: str | None = None


class MailKey(Struct):
    """A DKIM key: the TXT record that the domain's DNS must have, and whether mails are signed with it."""

    domain: str
    selector: str
    name: str
    record: str
    signs: bool


class MailKeys(Struct):
    """All of a shop, the oldest first."""

    items: list[MailKey]
    next: None = None


_wanted: Final = msgspec.json.Decoder(NewTestMail)


@dataclass(frozen=True, kw_only=True)
class MailRest:
    """For owners and managers."""

    mails: Mails
    dkim: DkimKeys
    shops: Shops
    access: StaffAccess

    def routes(self) -> list[Route]:
        return [
            Route("/v1/shops/{shop}/test-mail", self.send, methods=["POST"]),
            Route("/v1/shops/{shop}/test-mail/{mail}", self.show, methods=["GET"]),
            Route("/v1/shops/{shop}/mail-keys", self.keys, methods=["GET"]),
        ]

    async def send(self, request: Request) -> Response:
        """201: it is on its way, as the settings that are saved have it."""
        account = await self.access.of_shop(request)
        given = await decoded(request, _wanted) if await body_of(request) else NewTestMail()
        settings = await self.shops.read(account.shop)
        trial = _trial(account, given, settings.languages) if settings and given.step else None
        to = account.email if trial else (settings.mail.notify or settings.mail.reply_to) if settings else ""
        if not to:
            raise Problem(409, "no_address", "Save an address for messages first: the test goes there.")
        try:
            mail = await self.mails.ask(account.shop, trial)
        except TooManyTests:
            detail = "Enough tests for now; try in ten minutes."
            raise Problem(429, "rate_limited", detail, {"Retry-After": "600"}) from None
        except DatabaseAway:
            raise unavailable() from None
        log.info("Test mail asked for", shop=account.shop, operator=account.id, mail=str(mail), step=given.step)
        return _json(TestMail(id=mail, status="pending", to=to), 201)

    async def show(self, request: Request) -> Response:
        account, mail = await self.access.of_shop(request), uuid_or_none(request.path_params["mail"])
        row = await self.mails.one(account.shop, mail) if mail else None
        if row is None:
            raise Problem(404, "not_found", "There is no such test mail.")
        waits = row.status == "pending" and row.attempts > 0
        shown = TestMail(
            id=row.id,
            status=row.status,
            attempts=row.attempts,
            error=row.error,
            sent_at=None if row.sent_at is None else rfc3339(row.sent_at),
            next_at=rfc3339(row.next_at) if waits else None,
        )
        return _json(shown)

    async def keys(self, request: Request) -> Response:
        shop = (await self.access.of_shop(request)).shop
        found = [
            MailKey(key.domain, key.selector, key.record_name, key.record, key.signs)
            for key in await self.dkim.all(shop)
        ]
        return _json(MailKeys(found))


def _trial(account: Account, given: NewTestMail, languages: Sequence[str]) -> Trial:
    language = given.language or languages[0]
    if language not in languages or given.step is None:
        raise invalid("language", "The shop does not speak this language.")
    return Trial(account.id, given.step, given.mode, language)


def _json(body: Struct, status: int = 200) -> Response:
    return Response(_encode(body), status, {"Cache-Control": "no-store"}, "application/json")
