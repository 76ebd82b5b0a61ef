"""What a worker of this log hears: its bell. A low rate, so FastStream serves it."""

from collections.abc import Callable
from typing import Any

from faststream.nats import NatsMessage

from contracts import subjects
from services.common.hearing import Hearing


def listener(url: str, name: str, ring: Callable[[int], None]) -> Hearing:
    """A FastStream broker with our subscribers; start it, and stop it. `ring` is told the partition."""
    broker = Hearing(url, name)

    async def on_bell(message: NatsMessage) -> None:
        raw: Any = message.raw_message
        ring(int(raw.subject.rpartition(".")[2]))

    for partition in range(subjects.PARTITIONS):
        broker.subscriber(subjects.bell(subjects.ENGAGEMENT, partition), no_reply=True)(on_bell)
    return broker
