"""Answers on their way: one core message for each gateway and batch."""

from collections.abc import Mapping

import nats.errors

from contracts import subjects
from contracts.answers import Answer, encode_answers
from services.common.broker import Broker
from services.common.logs import logger

log = logger(__name__)


async def send_answers(broker: Broker, answers: Mapping[str, list[Answer]]) -> None:
    """Send what was decided and is committed. What can't be sent is not kept: the client asks again by its id."""
    for gateway, batch in answers.items():
        try:
            await broker.client.publish(subjects.answers(gateway), encode_answers(batch))
        except nats.errors.Error as error:
            log.warning("Answers not sent", error=type(error).__name__, count=len(batch))
