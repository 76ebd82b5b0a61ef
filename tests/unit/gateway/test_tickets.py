"""Tickets of forms: their age, and who may use them."""

import pytest

from services.common.master_key import MasterKey
from services.gateway.access.tickets import LIFE_SECONDS, BadTicket, Tickets


class Clock:
    now = 1_000.0

    def __call__(self) -> float:
        return self.now


def test_ticket_tells_its_age_to_every_gateway_for_a_day() -> None:
    clock = Clock()
    one, other = (Tickets(MasterKey(bytes(32)), clock) for _ in range(2))
    ticket = one.make("demo")
    assert ticket != one.make("demo")
    clock.now += 90
    assert other.age("demo", ticket) == 90
    clock.now += LIFE_SECONDS
    with pytest.raises(BadTicket):
        other.age("demo", ticket)


@pytest.mark.parametrize("change", ["", "x", "é", "..", "0.a.", "9999999999999.a.b"])
def test_forged_ticket_is_refused(change: str) -> None:
    with pytest.raises(BadTicket):
        Tickets(MasterKey(bytes(32))).age("demo", change)


def test_another_shops_ticket_is_refused() -> None:
    tickets = Tickets(MasterKey(bytes(32)))
    with pytest.raises(BadTicket):
        tickets.age("other", tickets.make("demo"))
    with pytest.raises(BadTicket):
        Tickets(MasterKey(bytes([1] * 32))).age("demo", tickets.make("demo"))
