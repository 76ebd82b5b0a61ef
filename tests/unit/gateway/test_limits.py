"""How fast offline messages and transcripts may come."""

from services.common.settings import GatewaySettings
from services.gateway.limits import Limits

READ = 60.0
"""Seconds after which a form was read by somebody."""


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def limits(clock: Clock, **settings: float) -> Limits:
    return Limits(GatewaySettings(**settings), clock)  # type: ignore[arg-type]  # floats and one bool


def test_form_that_nobody_can_have_read_has_to_wait() -> None:
    some = limits(Clock(), offline_form_seconds=2)
    assert some.offline_message("192.0.2.1", "demo", 0.5) == 1.5
    assert some.offline_message("192.0.2.1", "demo", 2.0) == 0


def test_messages_of_one_address_and_of_one_shop_are_counted() -> None:
    clock = Clock()
    some = limits(clock, offline_messages_per_minute_address=2, offline_messages_per_minute_shop=3)
    waits = [some.offline_message("192.0.2.1", "demo", READ) for _ in range(3)]
    assert waits == [0, 0, 30]
    assert some.offline_message("192.0.2.2", "demo", READ) == 0
    assert some.offline_message("192.0.2.3", "demo", READ) == 20
    assert some.offline_message("192.0.2.3", "other", READ) == 0
    clock.now += 30
    assert some.offline_message("192.0.2.1", "demo", READ) == 0


def test_transcripts_of_one_address_are_counted() -> None:
    some = limits(Clock(), transcripts_per_minute_address=1)
    assert [some.transcript("192.0.2.1"), some.transcript("192.0.2.1"), some.transcript("192.0.2.2")] == [0, 60, 0]


def test_without_limits_everything_passes() -> None:
    some = Limits(GatewaySettings(rate_limits=False, offline_messages_per_minute_address=1), Clock())
    assert [some.offline_message("192.0.2.1", "demo", 0.0) for _ in range(3)] == [0, 0, 0]
