"""Passwords take turns, and the queue for it has an end."""

import asyncio

import pytest

from services.gateway.access import hashing
from services.gateway.access.hashing import AT_ONCE, WAITING_MOST, Hashing, TooMany


async def test_queue_has_an_end_and_empties(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hashing, "password_matches", lambda password_hash, password: password_hash == password)
    some = Hashing()
    asked = [asyncio.create_task(some.matches("open", "open")) for _ in range(AT_ONCE + WAITING_MOST)]
    await asyncio.sleep(0)
    with pytest.raises(TooMany):
        await some.matches("open", "open")
    assert all(await asyncio.gather(*asked))
    assert await some.matches("open", "open")
