"""What gateways tell and ask the owners: leases and queries. Low rates, so FastStream serves them.

Every worker hears all partitions; who owns one answers for it, the others are silent.
"""

import asyncio
from collections.abc import Callable
from typing import Any, Final

import msgspec
from faststream.nats import NatsMessage

from contracts import subjects
from contracts.desks import Leases, Query
from services.common.eventlog.faults import Lost
from services.common.eventlog.partition import Partition
from services.common.hearing import Hearing
from services.common.logs import logger
from services.conversations.duties import DeskDuties

log = logger(__name__)

ASKS_AT_ONCE: Final = 64
ANSWER_SECONDS: Final = 2.0
"""Longer than that nobody waits for a reply."""

Owned = Callable[[int], Partition[DeskDuties] | None]

_leases_decoder: Final = msgspec.json.Decoder(Leases)
_query_decoder: Final[msgspec.json.Decoder[Query]] = msgspec.json.Decoder(Query)


def listener(url: str, name: str, owned: Owned, held: Owned) -> Hearing:
    """A FastStream broker with our two subscribers; start it, and stop it.

    `owned` gives a partition that can answer, `held` one that was only just taken, too: a lease that it does not
    hear is missing for ten seconds.
    """
    broker = Hearing(url, name)

    @broker.subscriber(subjects.leases_of_all(subjects.CONVERSATIONS), no_reply=True)
    async def on_leases(message: NatsMessage) -> None:
        partition = held(_partition_in(message))
        if partition is None:
            return
        try:
            partition.duties.renew(_leases_decoder.decode(message.body))
        except msgspec.DecodeError:
            log.warning("Leases not understood")

    @broker.subscriber(subjects.asks_of_all(subjects.CONVERSATIONS), no_reply=True, max_workers=ASKS_AT_ONCE)
    async def on_ask(message: NatsMessage) -> None:
        partition = owned(_partition_in(message))
        if partition is None or not message.reply_to:
            return
        try:
            reply = await asyncio.wait_for(partition.duties.ask(_query_decoder.decode(message.body)), ANSWER_SECONDS)
        except msgspec.DecodeError:
            log.warning("Query not understood")
            return
        except (Lost, TimeoutError):
            return  # who asks asks again, and finds the next owner
        await broker.publish(msgspec.json.encode(reply), message.reply_to)

    return broker


def _partition_in(message: Any) -> int:
    return int(message.raw_message.subject.rpartition(".")[2])
