"""A forgotten password: `/v1/password-resets`. The answer tells nobody whether an address has an account.

The link's token comes in the body: paths end in the logs of proxies.
"""

from dataclasses import dataclass
from typing import Annotated, Any, Final
from uuid import UUID

import msgspec
from msgspec import Meta, Struct
from psycopg import AsyncConnection
from starlette.background import BackgroundTask
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from services.common.database import DatabaseAway
from services.common.logs import logger
from services.common.staff_links import StaffLinks
from services.gateway.access import letters
from services.gateway.access.accounts import end_sessions, record_in_all, set_password, stored
from services.gateway.rest.access.door import Door, address_of, too_often
from services.gateway.rest.access.words import check_password, language_of
from services.gateway.rest.bodies import decoded
from services.gateway.rest.problems import Problem
from services.gateway.rest.staff import StaffAccess

log = logger(__name__)

MAX_BODY: Final = 4_096

_USABLE: Final = """
    SELECT account, email, name, (
        SELECT shop FROM staff.membership WHERE membership.account = letter.account AND left_at IS NULL
        ORDER BY last_seen_at DESC NULLS LAST, shop LIMIT 1
    )
    FROM staff.letter JOIN staff.account ON account.id = account
    WHERE letter.id = %s AND kind = 'password_reset' AND used_at IS NULL AND expires_at > now() AND disabled_at IS NULL
"""
# The account comes first, as everywhere: of two links at the same time each would hold what the other one waits for.
_LOCK: Final = "SELECT FROM staff.account WHERE id = %s FOR NO KEY UPDATE"
_USE: Final = """
    UPDATE staff.letter SET used_at = now()
    WHERE id = %s AND kind = 'password_reset' AND used_at IS NULL AND expires_at > now() RETURNING account
"""


class ResetWish(Struct, forbid_unknown_fields=True):
    """Whose password is forgotten, and in which language the mail is to be."""

    email: Annotated[str, Meta(max_length=320)]
    language: Annotated[str, Meta(max_length=35)] = "en"


class Reset(Struct, forbid_unknown_fields=True):
    """`token`: of the link; the password from now on."""

    token: Annotated[str, Meta(max_length=200)]
    password: str


_wish: Final = msgspec.json.Decoder(ResetWish)
_reset: Final = msgspec.json.Decoder(Reset)


@dataclass(frozen=True, kw_only=True)
class ResetRoutes:
    """For whoever comes; who has the link has the mailbox of the account."""

    door: Door
    access: StaffAccess
    links: StaffLinks

    def routes(self) -> list[Route]:
        return [
            Route("/v1/password-resets", self.ask, methods=["POST"]),
            Route("/v1/password-resets", self.reset, methods=["PUT"]),
        ]

    async def ask(self, request: Request) -> Response:
        """202 always, and as fast: what there is to do is done afterwards."""
        self.access.check_origin(request)
        wish = await decoded(request, _wish, MAX_BODY)
        seconds = await self.door.limits.password_reset(address_of(request), stored(wish.email))
        if seconds:
            raise too_often(seconds)
        task = BackgroundTask(self._send, wish.email, language_of(wish.language))
        return Response(status_code=202, headers={"Cache-Control": "no-store"}, background=task)

    async def reset(self, request: Request) -> Response:
        """204: the password is another one, and nobody is signed in any more. The second factor stays."""
        self.access.check_origin(request)
        given = await decoded(request, _reset, MAX_BODY)
        letter = self.links.read("password_reset", given.token)
        pool = self.door.accounts.pool
        async with pool.connection() as connection:
            row = await self._usable(connection, letter[0] if letter else None)
        account, email, name, shop = row
        check_password(given.password, [email, name, shop or ""])
        hashed = await self.door.hashing.hash(given.password)
        async with pool.connection() as connection:
            await connection.execute(_LOCK, [account])
            used = await (await connection.execute(_USE, [letter and letter[0]])).fetchone()
            if used is None or not await set_password(connection, account, hashed):
                raise _over()
            ended = await end_sessions(connection, account)
            await record_in_all(connection, account, "password.reset")
            if shop is not None:
                await letters.notice(connection, shop, account, "password_changed")
        await self.door.sessions.ended(ended)
        log.info("Password reset", operator=account)
        return Response(status_code=204)

    @staticmethod
    async def _usable(connection: AsyncConnection[Any], letter: UUID | None) -> tuple[str, str, str, str | None]:
        row = await (await connection.execute(_USABLE, [letter])).fetchone()
        if row is None:
            raise _over()
        return row[0], row[1], row[2], row[3]

    async def _send(self, email: str, language: str) -> None:
        """Write the mail down, if there is somebody to get it."""
        try:
            known = await self.door.accounts.by_email(email)
            places = await self.door.places(known.id) if known else []
            if known is None or not places:
                return
            async with self.door.accounts.pool.connection() as connection:
                await letters.reset_link(connection, places[0].shop, known.id, language)
            log.info("Link to set a password asked for", operator=known.id)
        except DatabaseAway:
            log.warning("A link to set a password was not sent: the database is away")


def _over() -> Problem:
    return Problem(410, "link_over", "This link was used already, or is too old; ask for another.")
