"""Taking up an invitation: `/v1/invitations`, with the link from the mail.

Its token comes in the body: paths end in the logs of proxies.
"""

from dataclasses import dataclass
from typing import Annotated, Any, Final, NamedTuple
from uuid import UUID

import msgspec
from msgspec import Meta, Struct
from psycopg import AsyncConnection
from psycopg.rows import class_row
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from services.common import audit
from services.common.logs import logger
from services.common.staff import new_account_id
from services.common.staff_links import StaffLinks
from services.gateway.access.accounts import Known
from services.gateway.rest.access.door import Door, json_of
from services.gateway.rest.access.words import check_password, name_of
from services.gateway.rest.bodies import decoded
from services.gateway.rest.problems import Problem
from services.gateway.rest.staff import StaffAccess
from services.gateway.shops import StaffNames

log = logger(__name__)

MAX_BODY: Final = 4_096

_ONE: Final = """
    SELECT id, seq, shop, email, name, role, language, invited_by FROM staff.invitation
    WHERE id = %s AND seq = %s AND expires_at > now()
"""
_USE: Final = "DELETE FROM staff.invitation WHERE id = %s AND seq = %s AND expires_at > now()"
_MAKE: Final = """
    INSERT INTO staff.account (id, email, password_hash, name, language) VALUES (%s, %s, %s, %s, %s)
    ON CONFLICT (email) DO NOTHING
"""
_JOIN: Final = """
    INSERT INTO staff.membership (shop, account, role) VALUES (%s, %s, %s)
    ON CONFLICT (shop, account) DO UPDATE SET role = excluded.role, left_at = NULL
    WHERE membership.left_at IS NOT NULL
"""

Connection = AsyncConnection[Any]


class InvitationTold(Struct):
    """`known`: the address has an account already, whose password is asked for."""

    email: str
    shop: str
    shop_name: str
    role: str
    known: bool
    name: str


class Link(Struct, forbid_unknown_fields=True):
    """`token`: of the link."""

    token: Annotated[str, Meta(max_length=200)]


class Acceptance(Link, forbid_unknown_fields=True):
    """`password`: of the account, or from now on; `code`: of its second factor, if that is on."""

    password: str
    name: Annotated[str, Meta(max_length=400)] | None = None
    code: Annotated[str, Meta(max_length=40)] | None = None


class Invitation(NamedTuple):
    """An invitation that is still good."""

    id: UUID
    seq: int
    shop: str
    email: str
    name: str
    role: str
    language: str
    invited_by: str


_link: Final = msgspec.json.Decoder(Link)
_acceptance: Final = msgspec.json.Decoder(Acceptance)


@dataclass(frozen=True, kw_only=True)
class AcceptingRoutes:
    """For whoever has the link, and so the mailbox."""

    door: Door
    access: StaffAccess
    links: StaffLinks
    names: StaffNames

    def routes(self) -> list[Route]:
        return [
            Route("/v1/invitations/look", self.look, methods=["POST"]),
            Route("/v1/invitations/accept", self.accept, methods=["POST"]),
        ]

    async def look(self, request: Request) -> Response:
        """What the link is to."""
        self.access.check_origin(request)
        invitation = await self._invitation((await decoded(request, _link, MAX_BODY)).token)
        settings = await self.door.shops.settings(invitation.shop)
        known = await self.door.accounts.by_email(invitation.email) is not None
        told = InvitationTold(
            email=invitation.email,
            shop=invitation.shop,
            shop_name=settings.name if settings else "",
            role=invitation.role,
            known=known,
            name=invitation.name,
        )
        return json_of(told)

    async def accept(self, request: Request) -> Response:
        """201 like a sign-in. The link works once: of two who come with it at the same time, one comes too late."""
        self.access.check_origin(request)
        given = await decoded(request, _acceptance, MAX_BODY)
        invitation = await self._invitation(given.token)
        known = await self.door.accounts.by_email(invitation.email)
        if known is not None:
            known = await self.door.check(request, known.email, given.password, given.code)
            await self._join(invitation, known, new=False)
        else:
            known = await self._new(invitation, given)
            await self._join(invitation, known, new=True)
        self.names.forget(invitation.shop)
        log.info("Invitation taken up", shop=invitation.shop, operator=known.id)
        return await self.door.open(request, known, invitation.shop, stay=True)

    async def _invitation(self, token: str) -> Invitation:
        """The one of the link. Raises Problem."""
        found = self.links.read("invitation", token)
        if found is None:
            raise _over()
        pool = self.door.accounts.pool
        async with pool.connection() as connection, connection.cursor(row_factory=class_row(Invitation)) as cursor:
            invitation = await (await cursor.execute(_ONE, found)).fetchone()
        if invitation is None or await self.door.shops.settings(invitation.shop) is None:
            raise _over()
        return invitation

    async def _new(self, invitation: Invitation, given: Acceptance) -> Known:
        """An account as it is to be. Raises Problem."""
        name = name_of(given.name or invitation.name)
        check_password(given.password, [invitation.email, name, invitation.shop])
        hashed = await self.door.hashing.hash(given.password)
        return Known(new_account_id(), invitation.email, name, invitation.language, hashed)

    async def _join(self, invitation: Invitation, known: Known, *, new: bool) -> None:
        """Use the invitation up, and let them into the shop, all at once or not at all."""
        async with self.door.accounts.pool.connection() as connection:
            if (await connection.execute(_USE, [invitation.id, invitation.seq])).rowcount == 0:
                raise _over()
            if new:
                values = [known.id, known.email, known.password_hash, known.name, known.language]
                if (await connection.execute(_MAKE, values)).rowcount == 0:
                    raise Problem(409, "account_exists", "This address has an account now; open the link once more.")
            await connection.execute(_JOIN, [invitation.shop, known.id, invitation.role])
            details = {"role": invitation.role, "email": invitation.email, "invited_by": invitation.invited_by}
            await audit.record(connection, invitation.shop, known.id, "staff.joined", known.id, details)


def _over() -> Problem:
    return Problem(410, "link_over", "This link was used already, was withdrawn, or is too old; ask for another.")
