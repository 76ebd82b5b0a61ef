"""The broadcast that persons were erased: every process that holds keys drops theirs at once.

It may get lost, so nothing depends on it but how soon: a cached key lives for `key_store.CACHE_SECONDS` at most.
"""

from collections.abc import Sequence
from typing import Final

import msgspec
import nats.errors
from msgspec import Struct
from nats.aio.msg import Msg

from contracts import subjects
from services.common.broker import Broker
from services.common.key_store import KeyStore
from services.common.logs import logger

log = logger(__name__)

SOME: Final = 1_000
"""Persons in one message."""


class Erased(Struct, frozen=True):
    """The keys of these persons of a shop are destroyed; `persons` is empty if it is all of the shop's."""

    shop: str
    persons: list[str]


_decoder: Final = msgspec.json.Decoder(Erased)


async def tell(broker: Broker, shop: str, persons: Sequence[str]) -> bool:
    """Tell every process. Returns whether it went out."""
    if not broker.connected:
        return False
    parts = [list(persons[first : first + SOME]) for first in range(0, len(persons), SOME)] or [[]]
    try:
        for part in parts:
            await broker.client.publish(subjects.erased(), msgspec.json.encode(Erased(shop, part)))
        await broker.client.flush(timeout=1)
    except nats.errors.Error:
        return False
    return True


async def listen(broker: Broker, keys: KeyStore) -> None:
    """Forget keys from now on as they are destroyed.

    After the broker was away, messages may have been missed: all keys are read anew.
    """

    async def heard(message: Msg) -> None:
        erased = _decoder.decode(message.data)
        keys.forget(erased.shop, *erased.persons)

    await broker.client.subscribe(subjects.erased(), cb=heard)
    broker.on_reconnect.append(keys.forget_all)
