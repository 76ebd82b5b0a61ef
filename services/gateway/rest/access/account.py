"""One's own account: `/v1/account`, its password, and where one is signed in."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any, Final, NamedTuple
from uuid import UUID

import msgspec
from msgspec import Meta, Struct
from psycopg.rows import class_row
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from contracts.envelope import rfc3339
from services.common.logs import logger
from services.gateway.access import letters
from services.gateway.access.accounts import end_sessions, record_in_all, set_password
from services.gateway.access.sessions import IDLE_DAYS
from services.gateway.log_reader import uuid_or_none
from services.gateway.rest.access.door import Door, json_of, leave
from services.gateway.rest.access.words import check_password, language_of, name_of
from services.gateway.rest.bodies import decoded
from services.gateway.rest.problems import Problem
from services.gateway.rest.staff import StaffAccess
from services.gateway.shops import StaffNames

log = logger(__name__)

MAX_BODY: Final = 4_096

_SESSIONS: Final = """
    SELECT id, token_hash, agent, created_at, last_used_at FROM staff.session
    WHERE account = %s AND ended_at IS NULL AND last_used_at > now() - make_interval(days => %s)
    ORDER BY last_used_at DESC, id
"""
_END: Final = """
    UPDATE staff.session SET ended_at = now() WHERE account = %s AND id = %s AND ended_at IS NULL RETURNING token_hash
"""


class AccountWish(Struct, forbid_unknown_fields=True):
    """What is given changes. `language`: of mails about the account."""

    name: str | None = None
    language: Annotated[str, Meta(max_length=35)] | None = None


class NewPassword(Struct, forbid_unknown_fields=True):
    """The password so far, and the one from now on."""

    current: str
    password: str


class SessionShown(Struct):
    """`here`: the one that asks. `agent`: browser and system, empty if they are not known."""

    id: UUID
    here: bool
    agent: str
    created_at: str
    last_used_at: str


class SessionList(Struct):
    """Where somebody is signed in, the last used first."""

    items: list[SessionShown]
    next: None = None


class SessionRow(NamedTuple):
    """A session that lives."""

    id: UUID
    token_hash: bytes
    agent: str
    created_at: datetime
    last_used_at: datetime


_wish: Final = msgspec.json.Decoder(AccountWish)
_password: Final = msgspec.json.Decoder(NewPassword)


@dataclass(frozen=True, kw_only=True)
class AccountRoutes:
    """Of whoever is signed in."""

    door: Door
    access: StaffAccess
    names: StaffNames

    def routes(self) -> list[Route]:
        sessions = "/v1/account/sessions"
        return [
            Route("/v1/account", self.show, methods=["GET"]),
            Route("/v1/account", self.change, methods=["PUT"]),
            Route("/v1/account/password", self.change_password, methods=["PUT"]),
            Route(sessions, self.list_sessions, methods=["GET"]),
            Route(sessions, self.end_all, methods=["DELETE"]),
            Route(f"{sessions}/{{session}}", self.end_one, methods=["DELETE"]),
        ]

    async def show(self, request: Request) -> Response:
        return json_of(await self._shown((await self.access.session(request)).account.id))

    async def change(self, request: Request) -> Response:
        account = (await self.access.session(request)).account
        wish = await decoded(request, _wish, MAX_BODY)
        name = None if wish.name is None else name_of(wish.name)
        language = None if wish.language is None else language_of(wish.language)
        await self.door.accounts.rename(account.id, account.shop, name, language)
        self.names.forget(account.shop)
        return json_of(await self._shown(account.id))

    async def change_password(self, request: Request) -> Response:
        """204: all other sessions have ended, and a mail tells of it."""
        session = await self.access.session(request)
        account = session.account
        given = await decoded(request, _password, MAX_BODY)
        known = await self.door.confirm(request, account, given.current)
        check_password(given.password, [account.email, account.name, known.name, account.shop])
        hashed = await self.door.hashing.hash(given.password)
        async with self.door.accounts.pool.connection() as connection:
            if not await set_password(connection, account.id, hashed, former=known.password_hash):
                raise Problem(409, "changed_since", "The password was changed at this moment from somewhere else.")
            ended = await end_sessions(connection, account.id, but=session.token_hash)
            await record_in_all(connection, account.id, "password.changed")
            await letters.notice(connection, account.shop, account.id, "password_changed")
        await self.door.sessions.ended(ended)
        log.info("Password changed", operator=account.id)
        return Response(status_code=204)

    async def list_sessions(self, request: Request) -> Response:
        session = await self.access.session(request)
        pool = self.door.accounts.pool
        async with pool.connection() as connection, connection.cursor(row_factory=class_row(SessionRow)) as cursor:
            rows = await (await cursor.execute(_SESSIONS, [session.account.id, IDLE_DAYS])).fetchall()
        return json_of(SessionList([_session(row, session.token_hash) for row in rows]))

    async def end_one(self, request: Request) -> Response:
        session = await self.access.session(request)
        wanted = uuid_or_none(request.path_params["session"])
        async with self.door.accounts.pool.connection() as connection:
            row = await (await connection.execute(_END, [session.account.id, wanted])).fetchone()
        if row is None:
            raise Problem(404, "not_found", "There is no such session of this account.")
        await self.door.sessions.ended([bytes(row[0])])
        response = Response(status_code=204)
        return leave(request, response) if bytes(row[0]) == session.token_hash else response

    async def end_all(self, request: Request) -> Response:
        """204: signed out everywhere, here too."""
        account = (await self.access.session(request)).account
        async with self.door.accounts.pool.connection() as connection:
            ended = await end_sessions(connection, account.id)
            await record_in_all(connection, account.id, "session.ended_all")
        await self.door.sessions.ended(ended)
        log.info("Signed out everywhere", operator=account.id, sessions=len(ended))
        return leave(request, Response(status_code=204))

    async def _shown(self, account: str) -> dict[str, Any]:
        known, state = await self.door.accounts.by_id(account), await self.door.factors.state(account)
        if known is None:
            raise Problem(404, "not_found", "There is no such account.")
        factor = {"since": rfc3339(state.since), "codes_left": state.codes_left} if state else None
        shown = {"id": known.id, "name": known.name, "email": known.email, "language": known.language}
        return {**shown, "second_factor": factor}


def _session(row: SessionRow, here: bytes) -> SessionShown:
    times = rfc3339(row.created_at), rfc3339(row.last_used_at)
    return SessionShown(row.id, bytes(row.token_hash) == here, row.agent, *times)
