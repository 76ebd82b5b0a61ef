"""Sessions of staff: who a token stands for, and which sockets live by it."""

import asyncio
import contextlib
import hashlib
import secrets
import time
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Final, Protocol
from uuid import UUID, uuid4

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

SEEN_SECONDS: Final = 60.0
"""How exactly it is kept when somebody was last here."""
KEPT_DAYS: Final = 60
"""Sessions that nobody has used for so long are forgotten."""

# Locked, so that a password that changes at this moment either refuses it or ends it.
_INSERT = """
    WITH proven AS (
        SELECT id FROM staff.account
        WHERE id = %(account)s AND disabled_at IS NULL AND password_hash = coalesce(%(proof)s, password_hash) FOR SHARE
    )
    INSERT INTO staff.session (token_hash, account, shop, agent)
    SELECT %(token)s, id, %(shop)s, %(agent)s FROM proven RETURNING id
"""
_FORGET = """
    DELETE FROM staff.session WHERE account = %s AND last_used_at < now() - make_interval(days => %s)
"""
_FIND = """
    UPDATE staff.session SET last_used_at = now() FROM staff.account, staff.membership
    WHERE token_hash = %s AND account.id = session.account
      AND membership.account = session.account AND membership.shop = session.shop
      AND ended_at IS NULL AND disabled_at IS NULL AND left_at IS NULL
      AND last_used_at > now() - make_interval(days => %s)
    RETURNING session.id, account.id, session.shop, email, coalesce(membership.name, account.name), role,
        last_seen_at IS NULL OR last_seen_at < now() - make_interval(secs => %s)
"""
_SEEN = "UPDATE staff.membership SET last_seen_at = now() WHERE shop = %s AND account = %s"
_ALIVE = """
    SELECT token_hash, session.shop, role FROM staff.session
    JOIN staff.account ON account.id = session.account
    JOIN staff.membership ON membership.account = session.account AND membership.shop = session.shop
    WHERE token_hash = ANY (%s) AND ended_at IS NULL AND disabled_at IS NULL AND left_at IS NULL
"""
_STILL_HERE = """
    UPDATE staff.session SET last_used_at = now() WHERE token_hash = ANY (%s) AND ended_at IS NULL
    RETURNING shop, account
"""
_ALL_SEEN = """
    UPDATE staff.membership SET last_seen_at = now() FROM unnest(%s::text[], %s::text[]) AS here (shop, account)
    WHERE membership.account = here.account AND membership.shop = here.shop
"""
_END = "UPDATE staff.session SET ended_at = now() WHERE token_hash = %s AND ended_at IS NULL"


@dataclass(frozen=True, slots=True)
class Account:
    """A member of a shop's staff; or a key of the shop's (see `api_keys`), whose role is `key`."""

    id: str
    shop: str
    email: str
    name: str
    role: str


@dataclass(frozen=True, slots=True)
class Session:
    """An account that signed in, under the hash of its token, for one of its shops."""

    token_hash: bytes
    account: Account
    id: UUID = field(default_factory=uuid4)


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
        self._sockets: dict[bytes, dict[SessionSocket, tuple[str, str]]] = defaultdict(dict)
        self._seen_at = time.monotonic()

    async def create(self, account: str, shop: str, *, agent: str = "", proof: str | None = None) -> str | None:
        """A new session of an account; its token is in no other place than here and now.

        `proof`: the hash of the password that was given. None if that is the account's no more.
        """
        token = secrets.token_urlsafe(32)
        values = {"token": hash_of(token), "account": account, "shop": shop, "agent": agent, "proof": proof}
        async with self._pool.connection() as connection:
            row = await (await connection.execute(_INSERT, values)).fetchone()
            await connection.execute(_FORGET, [account, KEPT_DAYS])
        return token if row is not None else None

    async def find(self, token: str | None) -> Session | None:
        """The session of a token, if it is one that has not ended. Raises psycopg's errors."""
        if not token:
            return None
        token_hash = hash_of(token)
        async with self._pool.connection() as connection:
            row = await (await connection.execute(_FIND, [token_hash, IDLE_DAYS, SEEN_SECONDS])).fetchone()
        if row is None:
            return None
        session = Session(token_hash, Account(*row[1:6]), row[0])
        if row[6]:  # by itself: who changes memberships locks them first and sessions afterwards
            async with self._pool.connection() as connection:
                await connection.execute(_SEEN, [session.account.shop, session.account.id])
        return session

    async def end(self, token: str) -> None:
        """Sign out: this session's sockets close, wherever they are."""
        token_hash = hash_of(token)
        async with self._pool.connection() as connection:
            await connection.execute(_END, [token_hash])
        await self.ended([token_hash])

    async def ended(self, token_hashes: Sequence[bytes]) -> None:
        """These sessions have ended, or are another shop's now: their sockets close, wherever they are."""
        for token_hash in token_hashes:
            self._close(token_hash)
        try:
            if self._broker.connected and token_hashes:
                payload = msgspec.json.encode(_SignedOut([one.hex() for one in token_hashes]))
                await self._broker.client.publish(subjects.sign_outs(), payload)
        except nats.errors.Error:
            log.warning("Other gateways find the ended sessions by themselves")

    def hold(self, session: Session, socket: SessionSocket) -> None:
        """The socket lives as long as the session is what it was."""
        self._sockets[session.token_hash][socket] = session.account.shop, session.account.role

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
        found = {bytes(token_hash): (shop, role) for token_hash, shop, role in rows}
        for token_hash in asked:
            for socket, held in list(self._sockets.get(token_hash, {}).items()):
                if found.get(token_hash) != held:
                    socket.outbox.close(CloseCode.SIGNED_OUT, "signed out")
        await self._note(list(found))

    async def _note(self, token_hashes: list[bytes]) -> None:
        """From time to time: whoever has a socket is here, though they ask for nothing."""
        if time.monotonic() - self._seen_at < SEEN_SECONDS:
            return
        self._seen_at = time.monotonic()
        with contextlib.suppress(psycopg.OperationalError, PoolTimeout):
            async with self._pool.connection() as connection:
                rows = await (await connection.execute(_STILL_HERE, [token_hashes])).fetchall()
            async with self._pool.connection() as connection:
                here = sorted(set(rows))
                await connection.execute(_ALL_SEEN, [[shop for shop, _ in here], [account for _, account in here]])

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
