"""The second factor: six digits that an app makes anew every 30 seconds (TOTP, RFC 6238), and codes if it is lost.

No code is accepted twice, whichever gateway it comes to. A secret counts once somebody has shown that their app has it.
"""

import hmac
import secrets
import time
from collections.abc import Callable, Iterable
from datetime import datetime
from string import ascii_lowercase, digits
from typing import Any, Final, Literal, NamedTuple

from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor.hotp import HOTP
from psycopg import AsyncConnection
from psycopg_pool import AsyncConnectionPool

from services.common.master_key import MasterKey
from services.common.staff import second_factor_owner_of

SECRET_BYTES: Final = 20
DIGITS: Final = 6
STEP_SECONDS: Final = 30
DRIFT: Final = 1
"""Steps that a phone's clock may be off, both ways."""
CODES: Final = 8
_SIGNS: Final = digits + "".join(one for one in ascii_lowercase if one not in "ilou")
"""Without those that are taken for others (Crockford's base 32): eight of them are 40 bits."""
_LOOKALIKES: Final = str.maketrans("oil", "011")

_BEGIN: Final = """
    INSERT INTO staff_second_factor (account, wrapped) VALUES (%s, %s)
    ON CONFLICT (account) DO UPDATE SET wrapped = excluded.wrapped, made_at = now(), last_step = 0
    WHERE staff_second_factor.confirmed_at IS NULL
"""
_SECRET: Final = "SELECT wrapped, confirmed_at FROM staff_second_factor WHERE account = %s"
_STATE: Final = """
    SELECT confirmed_at, (SELECT count(*) FROM staff_recovery_code AS code
                          WHERE code.account = factor.account AND used_at IS NULL)
    FROM staff_second_factor AS factor WHERE account = %s AND confirmed_at IS NOT NULL
"""
_HAVE: Final = "SELECT account FROM staff_second_factor WHERE account = ANY (%s) AND confirmed_at IS NOT NULL"
_CONFIRM: Final = """
    UPDATE staff_second_factor SET confirmed_at = now(), last_step = %s
    WHERE account = %s AND wrapped = %s AND confirmed_at IS NULL
"""
_STEP: Final = """
    UPDATE staff_second_factor SET last_step = %(step)s
    WHERE account = %(account)s AND wrapped = %(wrapped)s AND last_step < %(step)s AND confirmed_at IS NOT NULL
"""
_USE: Final = """
    UPDATE staff_recovery_code SET used_at = now() WHERE account = %s AND hash = %s AND used_at IS NULL
"""
_LOCK: Final = "SELECT FROM staff_second_factor WHERE account = %s AND confirmed_at IS NOT NULL FOR UPDATE"
_FORGET_CODES: Final = "DELETE FROM staff_recovery_code WHERE account = %s"
_ADD_CODES: Final = "INSERT INTO staff_recovery_code (account, hash) SELECT %s, unnest(%s::bytea[])"
_OFF: Final = "DELETE FROM staff_second_factor WHERE account = %s AND confirmed_at IS NOT NULL"

Connection = AsyncConnection[Any]


class State(NamedTuple):
    """A second factor that is on."""

    since: datetime
    codes_left: int


class SecondFactors:
    """All raise psycopg.OperationalError or PoolTimeout while the database is away."""

    def __init__(
        self, pool: AsyncConnectionPool[Connection], master: MasterKey, clock: Callable[[], float] = time.time
    ) -> None:
        """`pool` connects to the database of keys; `clock` counts seconds of Unix time."""
        self._pool = pool
        self._master = master
        self._pepper = master.derive("recovery-codes")
        self._clock = clock

    async def state(self, account: str) -> State | None:
        """None while it is off."""
        async with self._pool.connection() as connection:
            row = await (await connection.execute(_STATE, [account])).fetchone()
        return State(*row) if row else None

    async def have(self, accounts: Iterable[str]) -> frozenset[str]:
        """Which of these have one."""
        async with self._pool.connection() as connection:
            rows = await (await connection.execute(_HAVE, [list(accounts)])).fetchall()
        return frozenset(account for (account,) in rows)

    async def begin(self, account: str) -> bytes | None:
        """A new secret, which counts once it is confirmed; None if one is on already."""
        secret = secrets.token_bytes(SECRET_BYTES)
        wrapped = self._master.wrap(secret, second_factor_owner_of(account))
        async with self._pool.connection() as connection:
            begun = (await connection.execute(_BEGIN, [account, wrapped])).rowcount
        return secret if begun else None

    async def confirm(self, account: str, code: str) -> list[str] | None:
        """Turn it on, if the code is of the secret last begun with. Returns recovery codes, which are kept nowhere."""
        async with self._pool.connection() as connection:
            row = await (await connection.execute(_SECRET, [account])).fetchone()
            step = self._step_of(account, bytes(row[0]), code) if row and row[1] is None else None
            if row is None or step is None:
                return None
            if (await connection.execute(_CONFIRM, [step, account, row[0]])).rowcount == 0:
                return None
            return await self._new_codes(connection, account)

    async def check(self, account: str, code: str) -> Literal["app", "recovery"] | None:
        """What opens the door, which it does once: digits of the app, or a recovery code. None: neither."""
        async with self._pool.connection() as connection:
            if not is_of_app(code):
                used = await connection.execute(_USE, [account, self._hash(account, code)])
                return "recovery" if used.rowcount == 1 else None
            row = await (await connection.execute(_SECRET, [account])).fetchone()
            step = self._step_of(account, bytes(row[0]), "".join(code.split())) if row else None
            if row is None or step is None:
                return None
            values = {"step": step, "account": account, "wrapped": row[0]}
            return "app" if (await connection.execute(_STEP, values)).rowcount == 1 else None

    async def renew_codes(self, account: str) -> list[str] | None:
        """Other recovery codes; those from before open nothing any more. None while it is off."""
        async with self._pool.connection() as connection:
            if await (await connection.execute(_LOCK, [account])).fetchone() is None:
                return None
            return await self._new_codes(connection, account)

    async def off(self, account: str) -> bool:
        """Turn it off. Whether it was on."""
        async with self._pool.connection() as connection:
            return (await connection.execute(_OFF, [account])).rowcount == 1

    async def _new_codes(self, connection: Connection, account: str) -> list[str]:
        codes = ["".join(secrets.choice(_SIGNS) for _ in range(8)) for _ in range(CODES)]
        await connection.execute(_FORGET_CODES, [account])
        await connection.execute(_ADD_CODES, [account, [self._hash(account, code) for code in codes]])
        return [f"{code[:4]}-{code[4:]}" for code in codes]

    def _step_of(self, account: str, wrapped: bytes, code: str) -> int | None:
        """The time step whose code this is, about now."""
        secret = self._master.unwrap(wrapped, second_factor_owner_of(account))
        now = int(self._clock()) // STEP_SECONDS
        generator = HOTP(secret, DIGITS, SHA1())  # the hash of RFC 6238 that all apps know
        steps = range(now - DRIFT, now + DRIFT + 1)
        found = [step for step in steps if hmac.compare_digest(generator.generate(step), code.encode())]
        return found[-1] if found else None

    def _hash(self, account: str, code: str) -> bytes:
        """Keyed, since 40 bits alone could be tried out by who has the table."""
        plain = "".join(one for one in code.lower() if one.isalnum()).translate(_LOOKALIKES)
        return hmac.digest(self._pepper, f"{account}\n{plain}".encode(), "sha256")


def is_of_app(code: str) -> bool:
    """Whether it looks like the digits of an app; else it is for recovery."""
    plain = "".join(code.split())
    return len(plain) == DIGITS and plain.isascii() and plain.isdigit()
