"""What a worker of this log hears: its bell. A low rate, so FastStream serves it."""

from collections.abc import Callable
from typing import Any

from faststream.nats import NatsBroker, NatsMessage
from faststream.security import SASLPlaintext

from contracts import subjects
from services.common.broker import parse_url


def listener(url: str, name: str, ring: Callable[[int], None]) -> NatsBroker:
    """A FastStream broker with our subscribers; start it, and stop it. `ring` is told the partition."""
    servers, user, password = parse_url(url)
    broker = NatsBroker(
        servers,
        security=SASLPlaintext(user, password) if user and password else None,
        name=name,
        max_reconnect_attempts=-1,
        reconnect_time_wait=1,
        logger=None,
        graceful_timeout=1.0,
    )

    async def on_bell(message: NatsMessage) -> None:
        raw: Any = message.raw_message
        ring(int(raw.subject.rpartition(".")[2]))

    for partition in range(subjects.PARTITIONS):
        broker.subscriber(subjects.bell(subjects.ENGAGEMENT, partition), no_reply=True)(on_bell)
    return broker
