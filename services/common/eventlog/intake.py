"""From what has come to a batch that can be decided: decoding, staleness, and commands that have killed before."""

import time
from typing import Any, Final

import msgspec
import nats.errors
from msgspec import Struct

from contracts import subjects
from contracts.answers import Rejected
from services.common.broker import Broker
from services.common.eventlog.consumer import Consumer
from services.common.eventlog.dead_letters import Reason, bury
from services.common.eventlog.decider import STALE, Instead, Item
from services.common.eventlog.definition import LogDefinition
from services.common.eventlog.inbox import Arrived, Inbox
from services.common.eventlog.loading import LogAway, reading
from services.common.eventlog.ownership import Ownership, Taken, Tenure
from services.common.logs import correlated, logger

log = logger(__name__)

MOST_IN_A_BATCH: Final = 256
STALE_SECONDS: Final = 30.0
TRIES_BEFORE_CARE: Final = 2
BURY_TRIES: Final = 3
MOST_BYTES: Final = 786_432
"""Of a command. Its events are hardly larger, and the stream refuses messages above 1 MiB: it would end there."""
TOO_LARGE: Final = "The command has too many bytes."
GIVEN_UP: Final = "The command can't be carried out."


class _ReturnAddress(Struct):
    """What can be read of a command that can't be read."""

    gateway: str = ""
    n: int = 0
    correlation: str = ""


_address_decoder: Final = msgspec.json.Decoder(_ReturnAddress)


class Intake:
    """Takes batches out of an inbox.

    After two crashes at the same position commands run one by one, each noted in the log before, until what was in
    the stream by then is done; a command found noted after a crash is not run again.
    """

    def __init__(
        self,
        definition: LogDefinition[Any],
        broker: Broker,
        ownership: Ownership,
        taken: Taken,
        tenure: Tenure,
        inbox: Inbox,
        consumer: Consumer,
    ) -> None:
        self._log_name, self._decode = definition.name, definition.decode_command
        self._broker, self._ownership, self._taken, self._tenure = broker, ownership, taken, tenure
        self._inbox, self._consumer = inbox, consumer
        self._careful = taken.attempts >= TRIES_BEFORE_CARE or taken.suspect_seq is not None

    async def take(self) -> list[Item]:
        """The next batch of what has come. Raises LogAway."""
        if self._careful:
            return await self._take_one()
        arrived = self._inbox.take(MOST_IN_A_BATCH)
        await self._consumer.more()
        oldest = time.time() + self._consumer.clock_ahead - STALE_SECONDS
        return [self._ready(one, oldest) or await self._bury(one, "undecodable") for one in arrived]

    async def give_up(self, item: Item, reason: Reason) -> Item:
        """Put a command aside; what comes back answers `unavailable` in its place."""
        assert item.arrived is not None
        return await self._bury(item.arrived, reason)

    async def _take_one(self) -> list[Item]:
        found = self._inbox.take_next()
        await self._consumer.more()
        if not found:
            return []
        one, taken = found[0], self._taken
        if one.seq > self._consumer.last_seq_at_start:
            self._careful = False
        elif one.seq == taken.suspect_seq and self._inbox.position.stream == taken.position.stream:
            return [await self._bury(one, "kills the worker")]
        else:
            await self._note(one)
        oldest = time.time() + self._consumer.clock_ahead - STALE_SECONDS
        return [self._ready(one, oldest) or await self._bury(one, "undecodable")]

    async def _note(self, one: Arrived) -> None:
        try:
            await reading(lambda: self._ownership.note_suspect(self._tenure, one.seq))
        except LogAway:
            self._inbox.put_back(one)
            raise

    async def _bury(self, arrived: Arrived, reason: Reason) -> Item:
        address = _address_of(arrived.data)
        subject = subjects.dead_letter(self._log_name, self._taken.partition, arrived.shop, arrived.kind)
        origin = f"{self._inbox.position.stream}/{self._taken.partition}/{arrived.seq}"
        with correlated(address.correlation or None):
            log.error("Command put aside", reason=reason, kind=arrived.kind, partition=self._taken.partition)
            for _ in range(BURY_TRIES):
                try:
                    await bury(self._broker, subject, arrived.data, origin, reason)
                    break
                except (nats.errors.Error, TimeoutError) as error:
                    log.error("Dead letter not taken", error=type(error).__name__)
        return Item(None, arrived, Instead(address.gateway, _unavailable(address.n, GIVEN_UP)))

    def _ready(self, arrived: Arrived, oldest: float) -> Item | None:
        """The command, ready to be decided, or what is answered if it is too old or too large; None if unreadable."""
        try:
            command = self._decode(arrived.data)
        except msgspec.DecodeError:
            return None
        if command.shop != arrived.shop:
            return None
        if len(arrived.data) > MOST_BYTES:
            too_large = Rejected(n=command.n, code="too_long", detail=TOO_LARGE)
            return Item(None, arrived, Instead(command.gateway, too_large))
        if arrived.at < oldest:
            return Item(None, arrived, Instead(command.gateway, _unavailable(command.n, STALE)))
        return Item(command, arrived)


def _address_of(data: bytes) -> _ReturnAddress:
    try:
        return _address_decoder.decode(data)
    except msgspec.DecodeError:
        return _ReturnAddress()


def _unavailable(n: int, detail: str) -> Rejected:
    return Rejected(n=n, code="unavailable", detail=detail)
