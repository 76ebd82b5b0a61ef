"""Whom the staff of a shop ask, and what works: GET /v1/shops/{shop}/contact."""

from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from typing import Any, Final

import msgspec
from msgspec import Struct
from psycopg import AsyncConnection
from psycopg_pool import AsyncConnectionPool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from contracts.envelope import rfc3339
from services.common.broker import Broker
from services.common.settings import GatewaySettings
from services.gateway.rest.staff import StaffAccess

_MAILS: Final = """
    SELECT count(*) FILTER (WHERE attempts > 0), min(first_tried_at) FILTER (WHERE attempts > 0)
    FROM mail.mail WHERE shop = %s AND status IN ('pending', 'sending')
"""

_encode: Final = msgspec.json.Encoder().encode


class Running(Struct, kw_only=True):
    """What works now. `mails_waiting` were tried and not taken, the first of them `mails_since`."""

    broker: bool
    mails_waiting: int
    mails_since: str | None


class Contact(Struct, kw_only=True):
    """`name`, `email`, `phone` of who runs the installation, as far as they have said."""

    name: str
    email: str
    phone: str
    version: str
    running: Running


@dataclass(frozen=True, kw_only=True)
class ContactRest:
    """For everybody of the staff; `pool` connects to the log's database."""

    pool: AsyncConnectionPool[AsyncConnection[Any]]
    broker: Broker
    access: StaffAccess
    settings: GatewaySettings

    def routes(self) -> list[Route]:
        return [Route("/v1/shops/{shop}/contact", self.show, methods=["GET"])]

    async def show(self, request: Request) -> Response:
        shop = (await self.access.of_shop(request)).shop
        async with self.pool.connection() as connection:
            row = await (await connection.execute(_MAILS, [shop])).fetchone()
        waiting, since = row or (0, None)
        contact = Contact(
            name=self.settings.contact_name,
            email=self.settings.contact_email,
            phone=self.settings.contact_phone,
            version=_version(),
            running=Running(
                broker=self.broker.connected,
                mails_waiting=waiting,
                mails_since=None if since is None else rfc3339(since),
            ),
        )
        return Response(_encode(contact), 200, {"Cache-Control": "no-store"}, "application/json")


def _version() -> str:
    try:
        return version("shopbell")
    except PackageNotFoundError:
        return "0"
