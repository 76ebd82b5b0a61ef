"""Housekeeping that fails is told and tried again: it stops neither erasing nor history beside it."""

import asyncio
from types import SimpleNamespace
from typing import Any, cast

import pytest

from services.common.broker import Broker
from services.projections.erasing import book, eraser, remnants, restored
from services.projections.erasing.eraser import Eraser
from tests.support.waiting import eventually


async def test_whatever_fails_it_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    failed: dict[str, int] = dict.fromkeys(("restored", "remnants", "retention"), 0)

    def failing(name: str) -> Any:
        async def fail(*_: object) -> None:
            failed[name] += 1
            raise ValueError(name)

        return fail

    async def nothing(*_: object) -> None:
        return None

    async def due(*_: object) -> tuple[str, int] | None:
        return ("demo", 7) if failed["retention"] < 2 else None

    monkeypatch.setattr(eraser, "RESTORED_SECONDS", 0.01)
    monkeypatch.setattr(book, "take", nothing)
    monkeypatch.setattr(book, "take_retention", due)
    monkeypatch.setattr(eraser, "history_is_at", failing("retention"))
    monkeypatch.setattr(restored, "begin_again", failing("restored"))
    monkeypatch.setattr(remnants, "clear", failing("remnants"))
    pool = cast("Any", SimpleNamespace())
    one = Eraser(
        log_pool=pool, read_pool=pool, keys=cast("Any", SimpleNamespace(pool=pool)), broker=Broker(), backup_days=0
    )
    one._swept.set()  # as after an erasure
    running = asyncio.create_task(one.run())
    try:
        await eventually(lambda: running.done() or min(failed.values()) >= 2)
        assert not running.done()
    finally:
        running.cancel()
        await asyncio.wait([running])
