"""Sessions of staff: who a token stands for, and which sockets live by it."""

import asyncio
import hashlib
import secrets
from collections import defaultdict
from dataclasses import dataclass
from typing import Any, Final, Protocol

import msgspec
import nats.errors
import psycopg
from nats.aio.msg import Msg
from psycopg import AsyncConnection
from psycopg_pool import AsyncConnectionPool, PoolTimeout

from contracts import subjects
from contracts.sockets import CloseCode
from services.common.broker import Broker
from services.common.logs import logger
from services.gateway.sockets.outbox import Outbox

log = logger(__name__)

COOKIE: Final = "shopbell_session"
IDLE_DAYS: Final = 14
CHECK_SECONDS: Final = 3.0
"""Sockets of ended sessions are closed at once by a broadcast; this finds them when it got lost."""

_INSERT = "INSERT INTO staff.session (token_hash, account) VALUES (%s, %s)"
_FIND = """
    UPDATE staff.session SET last_used_at = now() FROM staff.account
    WHERE token_hash = %s AND account.id = session.account AND ended_at IS NULL AND disabled_at IS NULL
      AND last_used_at > now() - make_interval(days => %s)
    RETURNING account.id, shop, email, name, role
"""
_ALIVE = """
    SELECT token_hash, role FROM staff.session JOIN staff.account ON account.id = session.account
    WHERE token_hash = ANY (%s) AND ended_at IS NULL AND disabled_at IS NULL
"""
_END = "UPDATE staff.session SET ended_at = now() WHERE token_hash = %s AND ended_at IS NULL"


@dataclass(frozen=True, slots=True)
class Account:
    """A member of a shop's staff."""

    id: str
    shop: str
    email: str
    name: str
    role: str


@dataclass(frozen=True, slots=True)
class Session:
    """An account that signed in, under the hash of its token."""

    token_hash: bytes
    account: Account


class _SignedOut(msgspec.Struct):
    sessions: list[str]


class SessionSocket(Protocol):
    """A socket that lives by a session."""

    outbox: Outbox


def hash_of(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()


class Sessions:
    """The table `staff.session`, and the sockets here."""

    def __init__(self, pool: AsyncConnectionPool[AsyncConnection[Any]], broker: Broker) -> None:
        self._pool = pool
        self._broker = broker
        self._sockets: dict[bytes, dict[SessionSocket, str]] = defaultdict(dict)

    async def create(self, account: str) -> str:
        """A new session of an account; its token is in no other place than here and now."""
        token = secrets.token_urlsafe(32)
        async with self._pool.connection() as connection:
            await connection.execute(_INSERT, [hash_of(token), account])
        return token

    async def find(self, token: str | None) -> Session | None:
        """The session of a token, if it is one that has not ended. Raises psycopg's errors."""
        if not token:
            return None
        token_hash = hash_of(token)
        async with self._pool.connection() as connection:
            row = await (await connection.execute(_FIND, [token_hash, IDLE_DAYS])).fetchone()
        return None if row is None else Session(token_hash, Account(*row))

    async def end(self, token: str) -> None:
        """Sign out: this session's sockets close, wherever they are."""
        token_hash = hash_of(token)
        async with self._pool.connection() as connection:
            await connection.execute(_END, [token_hash])
        self._close(token_hash)
        try:
            if self._broker.connected:
                payload = msgspec.json.encode(_SignedOut([token_hash.hex()]))
                await self._broker.client.publish(subjects.sign_outs(), payload)
        except nats.errors.Error:
            log.warning("Other gateways find the ended session by themselves")

    def hold(self, session: Session, socket: SessionSocket) -> None:
        """The socket lives as long as the session does."""
        self._sockets[session.token_hash][socket] = session.account.role

    def release(self, session: Session, socket: SessionSocket) -> None:
        here = self._sockets.get(session.token_hash, {})
        here.pop(socket, None)
        if not here:
            self._sockets.pop(session.token_hash, None)

    async def heard(self, message: Msg) -> None:
        """Another process ended sessions."""
        for token_hash in msgspec.json.decode(message.data, type=_SignedOut).sessions:
            self._close(bytes.fromhex(token_hash))

    async def run(self) -> None:
        """Look for ended sessions and changed roles, until cancelled."""
        while True:
            await asyncio.sleep(CHECK_SECONDS)
            if self._sockets:
                await self._check()

    async def _check(self) -> None:
        asked = list(self._sockets)
        try:
            async with self._pool.connection() as connection:
                rows = await (await connection.execute(_ALIVE, [asked])).fetchall()
        except (psycopg.OperationalError, PoolTimeout):
            return  # not knowing ends no session
        roles = {bytes(token_hash): role for token_hash, role in rows}
        for token_hash in asked:
            for socket, role in list(self._sockets.get(token_hash, {}).items()):
                if roles.get(token_hash) != role:
                    socket.outbox.close(CloseCode.SIGNED_OUT, "signed out")

    def _close(self, token_hash: bytes) -> None:
        for socket in list(self._sockets.get(token_hash, {})):
            socket.outbox.close(CloseCode.SIGNED_OUT, "signed out")


def token_of(scope: Any) -> str | None:
    """The token that a request carries, as a bearer or in its cookie."""
    headers: dict[bytes, bytes] = dict(scope["headers"])
    kind, _, value = headers.get(b"authorization", b"").decode("latin-1").partition(" ")
    if kind.lower() == "bearer" and value:
        return value.strip()
    for part in headers.get(b"cookie", b"").decode("latin-1").split(";"):
        name, _, value = part.strip().partition("=")
        if name == COOKIE:
            return value
    return None
