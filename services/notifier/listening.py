"""What the notifier hears: the bell of the log, and whose keys were destroyed. Low rates, so FastStream serves them."""

from collections.abc import Callable, Mapping
from typing import Any, Final

import msgspec
from faststream.nats import NatsMessage

from contracts import subjects
from services.common.erased import Erased
from services.common.hearing import Hearing
from services.common.key_store import KeyStore
from services.common.logs import logger

log = logger(__name__)

_erased_decoder: Final = msgspec.json.Decoder(Erased)


def listener(url: str, name: str, rings: Mapping[str, Callable[[int], None]], keys: KeyStore) -> Hearing:
    """A FastStream broker with our subscribers; start it, and stop it. `rings`, by log, are told the partition."""

    async def back() -> None:
        keys.forget_all()  # something may have been said while we could not hear

    broker = Hearing(url, name, back)

    async def on_bell(message: NatsMessage) -> None:
        raw: Any = message.raw_message
        _, log_name, partition = raw.subject.split(".")
        rings[log_name](int(partition))

    for log_name in rings:
        for partition in range(subjects.PARTITIONS):
            broker.subscriber(subjects.bell(log_name, partition), no_reply=True)(on_bell)

    @broker.subscriber(subjects.erased(), no_reply=True)
    async def on_erased(message: NatsMessage) -> None:
        try:
            erased = _erased_decoder.decode(message.body)
        except msgspec.DecodeError:
            log.warning("Erasure not understood, all keys are read anew")
            keys.forget_all()
            return
        keys.forget(erased.shop, *erased.persons)

    return broker
