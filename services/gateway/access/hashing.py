"""Passwords, hashed and compared beside the event loop, a few at a time."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Final

from argon2 import PasswordHasher

from services.common.staff import hash_password, password_matches

AT_ONCE: Final = 2
"""Each takes tens of MiB and tens of milliseconds of a core."""
WAITING_MOST: Final = 50
"""More would wait for seconds, and who floods the door is not to make everybody else wait longer still."""


class TooMany(Exception):
    """So many wait for their turn that nobody else should; it can be tried again soon."""


class Hashing:
    """One for a gateway: all of its routes take turns. Raises TooMany when the queue is full."""

    def __init__(self) -> None:
        self._turns = asyncio.Semaphore(AT_ONCE)
        self._here = 0
        self._nobody = PasswordHasher().hash("nobody has this password")

    async def matches(self, password_hash: str | None, password: str) -> bool:
        """Whether this is the password. Takes as long where there is none to compare with."""
        async with self._turn():
            right = await asyncio.to_thread(password_matches, password_hash or self._nobody, password)
        return right and password_hash is not None

    async def hash(self, password: str) -> str:
        async with self._turn():
            return await asyncio.to_thread(hash_password, password)

    @asynccontextmanager
    async def _turn(self) -> AsyncIterator[None]:
        if self._here >= AT_ONCE + WAITING_MOST:
            raise TooMany
        self._here += 1
        try:
            async with self._turns:
                yield
        finally:
            self._here -= 1
