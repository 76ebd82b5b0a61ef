"""Passwords, hashed and compared beside the event loop, a few at a time."""

import asyncio
from typing import Final

from argon2 import PasswordHasher

from services.common.staff import hash_password, password_matches

AT_ONCE: Final = 2
"""Each takes tens of MiB and tens of milliseconds of a core."""


class Hashing:
    """One for a gateway: all of its routes take turns."""

    def __init__(self) -> None:
        self._turns = asyncio.Semaphore(AT_ONCE)
        self._nobody = PasswordHasher().hash("nobody has this password")

    async def matches(self, password_hash: str | None, password: str) -> bool:
        """Whether this is the password. Takes as long where there is none to compare with."""
        async with self._turns:
            right = await asyncio.to_thread(password_matches, password_hash or self._nobody, password)
        return right and password_hash is not None

    async def hash(self, password: str) -> str:
        async with self._turns:
            return await asyncio.to_thread(hash_password, password)
