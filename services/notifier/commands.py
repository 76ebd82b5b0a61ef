"""Commands of the notifier's own: sent without waiting, and again by whoever finds that the log has not got them."""

from collections.abc import Iterable

import msgspec
import nats.errors

from contracts import subjects
from contracts.command import Command, kind_of
from contracts.logs import log_of
from services.common.broker import Broker
from services.common.logs import logger

log = logger(__name__)


async def send(broker: Broker, commands: Iterable[Command]) -> None:
    """In order; while the broker is away, none."""
    if not broker.connected:
        return
    try:
        for command in commands:
            subject = subjects.command(log_of(command), command.shop, kind_of(command))
            await _publish(broker, subject, msgspec.json.encode(command))
    except nats.errors.Error:
        return


async def _publish(broker: Broker, subject: str, told: bytes) -> None:
    try:
        await broker.client.publish(subject, told)
    except nats.errors.MaxPayloadError:
        log.error("A command is too large for the broker", subject=subject, size=len(told))
