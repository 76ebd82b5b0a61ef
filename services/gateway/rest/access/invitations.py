"""Invitations to work for a shop, as its staff sends them: `/v1/shops/{shop}/staff/invitations`."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any, Final, Literal, NamedTuple
from uuid import UUID

import msgspec
from msgspec import Meta, Struct
from psycopg import AsyncConnection
from psycopg.rows import class_row
from psycopg_pool import AsyncConnectionPool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from contracts.envelope import rfc3339
from contracts.sockets.common import Operator
from services.common import audit
from services.common.logs import logger
from services.gateway.access import letters
from services.gateway.access.roles import MANAGERS, may_manage
from services.gateway.access.sessions import Account
from services.gateway.access.standing import confirmed
from services.gateway.limits import Limits
from services.gateway.log_reader import uuid_or_none
from services.gateway.rest.access.door import json_of, too_often
from services.gateway.rest.access.words import address_of, language_of, name_of
from services.gateway.rest.bodies import decoded
from services.gateway.rest.problems import Problem
from services.gateway.rest.staff import StaffAccess
from services.gateway.shops import StaffNames

log = logger(__name__)

MAX_BODY: Final = 4_096
GOOD_DAYS: Final = 3
MOST: Final = 100
"""Of a shop at a time: the mail server's good name is everybody's."""
PAUSE_SECONDS: Final = 60.0
"""Before the same one is sent again."""

_WORKS: Final = """
    SELECT EXISTS (SELECT FROM staff.membership JOIN staff.account ON account.id = account
                   WHERE shop = %s AND email = %s AND left_at IS NULL AND disabled_at IS NULL)
"""
_OVER: Final = "DELETE FROM staff.invitation WHERE shop = %s AND expires_at < now() - interval '30 days'"
_COUNT: Final = "SELECT count(*) FROM staff.invitation WHERE shop = %s"
_ADD: Final = """
    INSERT INTO staff.invitation (shop, email, name, role, language, invited_by, expires_at)
    VALUES (%s, %s, %s, %s, %s, %s, now() + make_interval(days => %s))
    ON CONFLICT (shop, email) DO NOTHING
    RETURNING id, seq, email, role, invited_by, created_at, expires_at
"""
_ALL: Final = """
    SELECT invitation.id, invitation.seq, email, role, invited_by, invitation.created_at, expires_at,
        status AS mail, error
    FROM staff.invitation
    LEFT JOIN mail.mail ON aggregate = invitation.id AND mail.seq = invitation.seq AND mail.kind = 'invitation'
    WHERE invitation.shop = %s ORDER BY invitation.created_at DESC, invitation.id
"""
_ONE: Final = """
    SELECT id, seq, email, role, invited_by, created_at, expires_at FROM staff.invitation
    WHERE shop = %s AND id = %s FOR UPDATE
"""
_SENT_AGO: Final = "SELECT extract(epoch FROM now() - sent_at)::float8 FROM staff.invitation WHERE id = %s"
_AGAIN: Final = """
    UPDATE staff.invitation
    SET seq = seq + 1, sent_at = now(), expires_at = now() + make_interval(days => %s), invited_by = %s
    WHERE id = %s RETURNING id, seq, email, role, invited_by, created_at, expires_at
"""
_REMOVE: Final = "DELETE FROM staff.invitation WHERE id = %s"

Connection = AsyncConnection[Any]


class NewInvitation(Struct, forbid_unknown_fields=True):
    """Whom to invite; `language` is the mail's."""

    email: Annotated[str, Meta(max_length=320)]
    role: Literal["owner", "manager", "operator"]
    name: Annotated[str, Meta(max_length=400)] = ""
    language: Annotated[str, Meta(max_length=35)] = "en"


class InvitationShown(Struct):
    """An invitation that nobody has taken up yet. `mail`: how its mail is (pending, sending, sent, failed, dropped),
    and `error` why it was not taken yet, or will not be."""

    id: UUID
    email: str
    role: str
    invited_by: Operator
    created_at: str
    expires_at: str
    mail: str
    error: str | None


class InvitationList(Struct):
    """The newest first."""

    items: list[InvitationShown]
    next: None = None


class InvitationRow(NamedTuple):
    """As the tables have it."""

    id: UUID
    seq: int
    email: str
    role: str
    invited_by: str
    created_at: datetime
    expires_at: datetime
    mail: str | None = None
    error: str | None = None


_new: Final = msgspec.json.Decoder(NewInvitation)


@dataclass(frozen=True, kw_only=True)
class InvitationRoutes:
    """Owners invite everybody, managers operators."""

    pool: AsyncConnectionPool[Connection]
    limits: Limits
    names: StaffNames
    access: StaffAccess

    def routes(self) -> list[Route]:
        all_of_them = "/v1/shops/{shop}/staff/invitations"
        one = f"{all_of_them}/{{invitation}}"
        return [
            Route(all_of_them, self.index, methods=["GET"]),
            Route(all_of_them, self.invite, methods=["POST"]),
            Route(f"{one}/resend", self.resend, methods=["POST"]),
            Route(one, self.withdraw, methods=["DELETE"]),
        ]

    async def index(self, request: Request) -> Response:
        shop = (await self.access.of_shop(request)).shop
        async with (
            self.pool.connection() as connection,
            connection.cursor(row_factory=class_row(InvitationRow)) as cursor,
        ):
            rows = await (await cursor.execute(_ALL, [shop])).fetchall()
        await self.names.refresh(shop, {row.invited_by for row in rows})
        return json_of(InvitationList([self._shown(shop, row) for row in rows]))

    async def invite(self, request: Request) -> Response:
        """201 once it is written down; its mail follows."""
        account, wish = await self.access.of_shop(request), await decoded(request, _new, MAX_BODY)
        email, name, language = address_of(wish.email), name_of(wish.name), language_of(wish.language)
        await self._check_pace(account)
        async with self.pool.connection() as connection:
            _check_may(await confirmed(connection, account, MANAGERS), wish.role)
            await self._check_room(connection, account.shop, email)
            values = [account.shop, email, name, wish.role, language, account.id, GOOD_DAYS]
            row = await (await connection.execute(_ADD, values)).fetchone()
            if row is None:
                raise Problem(409, "invited", "This address is invited already; send it again.", field="email")
            made = InvitationRow(*row)
            await self._sent(connection, account, made, "staff.invited")
        await self.names.refresh(account.shop, {account.id})
        log.info("Staff invited", shop=account.shop, operator=account.id, invitation=str(made.id))
        return json_of(self._shown(account.shop, made), 201)

    async def resend(self, request: Request) -> Response:
        """Another link, which is good for as long; the one before it ends."""
        account = await self.access.of_shop(request)
        await self._check_pace(account)
        async with self.pool.connection() as connection:
            before = await self._one(connection, account, request)
            ago = await (await connection.execute(_SENT_AGO, [before.id])).fetchone()
            if ago is not None and ago[0] < PAUSE_SECONDS:
                raise too_often(PAUSE_SECONDS - ago[0])
            row = await (await connection.execute(_AGAIN, [GOOD_DAYS, account.id, before.id])).fetchone()
            if row is None:
                raise _unknown()
            again = InvitationRow(*row)
            await self._sent(connection, account, again, "staff.invitation_resent")
        await self.names.refresh(account.shop, {account.id})
        return json_of(self._shown(account.shop, again))

    async def withdraw(self, request: Request) -> Response:
        """204: its link opens nothing any more."""
        account = await self.access.of_shop(request)
        async with self.pool.connection() as connection:
            row = await self._one(connection, account, request)
            await connection.execute(_REMOVE, [row.id])
            details = {"email": row.email, "role": row.role}
            await audit.record(connection, account.shop, account.id, "staff.invitation_withdrawn", "", details)
        return Response(status_code=204)

    @staticmethod
    async def _sent(connection: Connection, account: Account, row: InvitationRow, what: str) -> None:
        await letters.invitation(connection, account.shop, row.id, row.seq)
        details = {"email": row.email, "role": row.role}
        await audit.record(connection, account.shop, account.id, what, "", details)

    async def _check_pace(self, account: Account) -> None:
        """Whoever withdraws what they sent may send no more for it: invitations are no way to write to strangers."""
        if seconds := await self.limits.staff_invitation(account.shop):
            raise too_often(seconds)

    @staticmethod
    async def _check_room(connection: Connection, shop: str, email: str) -> None:
        works = await (await connection.execute(_WORKS, [shop, email])).fetchone()
        if works and works[0]:
            raise Problem(409, "known", "Somebody with this address works here already.", field="email")
        await connection.execute(_OVER, [shop])
        count = await (await connection.execute(_COUNT, [shop])).fetchone()
        if count and count[0] >= MOST:
            raise Problem(409, "too_many", f"A shop has at most {MOST} open invitations; withdraw some first.")

    @staticmethod
    async def _one(connection: Connection, account: Account, request: Request) -> InvitationRow:
        """Locked. Raises Problem."""
        account = await confirmed(connection, account, MANAGERS)
        wanted = uuid_or_none(request.path_params["invitation"])
        row = await (await connection.execute(_ONE, [account.shop, wanted])).fetchone()
        if row is None:
            raise _unknown()
        found = InvitationRow(*row)
        _check_may(account, found.role)
        return found

    def _shown(self, shop: str, row: InvitationRow) -> InvitationShown:
        by = self.names.operator(shop, row.invited_by)
        times = rfc3339(row.created_at), rfc3339(row.expires_at)
        return InvitationShown(row.id, row.email, row.role, by, *times, row.mail or "pending", row.error)


def _check_may(account: Account, role: str) -> None:
    if not may_manage(account.role, role):
        raise Problem(403, "forbidden", "Managers invite operators; only owners invite the others.")


def _unknown() -> Problem:
    return Problem(404, "not_found", "There is no such invitation.")
