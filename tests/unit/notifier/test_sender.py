"""The sender beside a table of mails that hands out what it holds already."""

import asyncio
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any, cast
from uuid import UUID, uuid4

import pytest

from services.common.stopping import end_tasks
from services.notifier import sender as sending
from services.notifier.outcomes import Outcome
from services.notifier.queue import Due, Job
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


class Push(Job, frozen=True, kw_only=True):
    service: str

    @property
    def lane(self) -> str:
        return self.service


def pushes(service: str, count: int) -> list[Push]:
    return [
        Push(id=uuid4(), shop="demo", kind="campaign", attempts=1, tried_for=0.0, service=service) for _ in range(count)
    ]


class Ledger(Table):
    """Gives out what is in it, oldest first, a lane's share at a time."""

    def __init__(self, due: list[Push], share: int) -> None:
        super().__init__()
        self.due, self._share = due, share

    async def take(self, most: int, without: Sequence[str], _held: list[UUID]) -> list[Push]:  # type: ignore[override]
        self.asked += 1
        shares: Counter[str] = Counter()
        taken: list[Push] = []
        for one in self.due:
            shares[one.service] += 1
            if one.service not in without and shares[one.service] <= self._share and len(taken) < most:
                taken.append(one)
        self.due = [one for one in self.due if one not in taken]
        return taken


class Services(SlowServer):
    """Those named `still …` never answer."""

    async def make(self, push: Push, _connection: object) -> Outcome:  # type: ignore[override]
        if push.service.startswith("still"):
            await self.may_answer.wait()
        return Outcome("sent")

    async def close_if_idle(self) -> None:
        pass


async def test_services_that_stand_still_hold_up_only_what_goes_to_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sending, "POLL_SECONDS", 0.05)
    ledger, services = Ledger([one for which in range(3) for one in pushes(f"still {which}", 80)], 32), Services()
    sender: Sender[Any, Any] = Sender(cast("Any", ledger), cast("Any", services), [cast("Any", services)] * 16, lane=16)
    tasks = sender.start()
    try:
        await eventually(lambda: ledger.asked >= 2)
        quick = pushes("quick", 40)
        ledger.due += quick
        await eventually(lambda: {one.id for one in quick} <= set(ledger.noted))
    finally:
        await end_tasks(*tasks)
        await sender.stop()
