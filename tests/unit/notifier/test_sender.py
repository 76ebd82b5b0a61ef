"""The sender beside a table of mails that hands out what it holds already."""

import asyncio
from collections.abc import Iterable
from typing import Any, cast
from uuid import UUID, uuid4

import pytest

from services.common.stopping import end_tasks
from services.notifier.outcomes import Outcome
from services.notifier.queue import Due
from services.notifier.sender import Sender
from tests.support.waiting import eventually

MAIL = Due(id=uuid4(), shop="demo", kind="answer", person="g_1", aggregate=uuid4(), seq=2, attempts=1, tried_for=0.0)


class Table:
    """Gives out one mail to everybody who does not hold it, as if its lease had run out, until it is sent."""

    def __init__(self, lease: float = 30.0, *, taken: bool = False) -> None:
        """`taken`: by others, as soon as its lease is over."""
        self.lease, self._taken = lease, taken
        self.asked = self.renewed = 0
        self.noted: list[UUID] = []

    async def take(self, _most: int, _without: object, held: list[UUID]) -> list[Due]:
        self.asked += 1
        return [] if self.noted or MAIL.id in held else [MAIL]

    async def renew(self, mails: Iterable[Due]) -> set[UUID]:
        self.renewed += 1
        if self._taken:
            return set()
        self.lease = 30.0
        return {mail.id for mail in mails}

    async def sent(self, mails: list[UUID]) -> None:
        self.noted += mails

    async def give_back(self, _mails: Iterable[Due]) -> None:
        pass

    async def waiting(self) -> tuple[int, float]:
        return 1, 0.0


class SlowServer:
    """Says yes when it is let."""

    def __init__(self) -> None:
        self.handed_over = 0
        self.may_answer = asyncio.Event()

    async def make(self, _mail: Due, _connection: object) -> Outcome:
        self.handed_over += 1
        await self.may_answer.wait()
        return Outcome("sent")

    async def close(self) -> None:
        pass


async def test_mail_in_hand_is_not_begun_a_second_time() -> None:
    table, server = Table(), SlowServer()
    sender: Sender[Any, Any] = Sender(cast("Any", table), cast("Any", server), [cast("Any", server)])
    tasks = sender.start()
    try:
        await eventually(lambda: server.handed_over)
        sender.wake()
        await eventually(lambda: table.asked >= 2)
        server.may_answer.set()
        await eventually(lambda: table.noted)
        sender.wake()
        await eventually(lambda: table.asked >= 3)
    finally:
        await end_tasks(*tasks)
        await sender.stop()
    assert (server.handed_over, table.noted) == (1, [MAIL.id])


@pytest.mark.parametrize("taken", [True, False])
async def test_mail_whose_lease_ran_out_while_we_stood_still_is_left_to_others_if_they_have_it(taken: bool) -> None:
    table, server = Table(-1.0, taken=taken), SlowServer()
    server.may_answer.set()
    sender: Sender[Any, Any] = Sender(cast("Any", table), cast("Any", server), [cast("Any", server)])
    tasks = sender.start()
    try:
        await eventually(lambda: table.renewed)
        sender.wake()
        await eventually(lambda: table.asked >= 2 and (taken or table.noted))
    finally:
        await end_tasks(*tasks)
        await sender.stop()
    assert (server.handed_over, table.noted) == ((0, []) if taken else (1, [MAIL.id]))
