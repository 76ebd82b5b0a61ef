"""Events as messages of their stream, and the stream's end as a position in the log."""

import asyncio
import base64
from typing import Final, NamedTuple
from uuid import UUID

import msgspec
import nats.errors
from eventsourcing.persistence import Notification
from msgspec import Struct

from contracts import envelope, subjects
from contracts.registry import subject_tokens
from services.common.broker import Broker
from services.common.eventlog.consumer import stream_info
from services.common.eventlog.faults import StreamEmptied

EXPECTED_LAST_SEQ: Final = "Nats-Expected-Last-Sequence"
LOOKS_BEFORE_LOST: Final = 8
LOOK_AGAIN_SECONDS: Final = 1.0


class Outgoing(NamedTuple):
    """One message to publish."""

    subject: str
    payload: bytes
    headers: dict[str, str]


class _Facts(Struct):
    """What the headers repeat of a payload."""

    shop: str
    at: str
    correlation: str = ""


class _Stored(Struct):
    seq: int
    hdrs: str = ""


class _ApiError(Struct):
    code: int


class _Reply(Struct):
    message: _Stored | None = None
    error: _ApiError | None = None


_facts_decoder: Final = msgspec.json.Decoder(_Facts)
_reply_decoder: Final = msgspec.json.Decoder(_Reply)


def outgoing(log: str, partition: int, notification: Notification, expected_last_seq: int) -> Outgoing:
    """The message of an event; the stream takes it only directly behind `expected_last_seq`."""
    facts = _facts_decoder.decode(notification.state)
    aggregate, name = subject_tokens(notification.topic)
    headers = envelope.headers(
        log=log,
        partition=partition,
        notification_id=notification.id,
        topic=notification.topic,
        shop=facts.shop,
        at=facts.at,
        correlation=facts.correlation,
    )
    headers[EXPECTED_LAST_SEQ] = str(expected_last_seq)
    identity = notification.originator_id
    assert isinstance(identity, UUID)
    subject = subjects.event(log, partition, facts.shop, aggregate, identity, name)
    return Outgoing(subject, notification.state, headers)


async def stream_end(broker: Broker, stream: str) -> tuple[int, int]:
    """(last sequence, notification id of the last message), zeros for a stream that never held anything.

    While a cluster changes its leader, one node may know of a message that the other doesn't hold: only what stays
    missing is lost. Raises StreamEmptied, nats.errors.Error without an answer.
    """
    missing = -1
    for _ in range(LOOKS_BEFORE_LOST):
        last = (await stream_info(broker, stream)).state.last_seq
        if last == 0:
            return 0, 0
        request = msgspec.json.encode({"seq": last})
        answer = await broker.client.request(f"$JS.API.STREAM.MSG.GET.{stream}", request, timeout=2)
        reply = _reply_decoder.decode(answer.data)
        if reply.message is not None:
            return last, envelope.notification_id_of(_header(reply.message.hdrs, envelope.EVENT_ID_HEADER))
        if missing not in (-1, last):
            raise nats.errors.TimeoutError
        missing = last
        await asyncio.sleep(LOOK_AGAIN_SECONDS)
    raise StreamEmptied(
        f"The stream {stream} has lost its last message ({missing}), so it can't be told where its log goes on:"
        " restore the stream from a copy, or delete it, and it is made again from the log."
    )


def _header(encoded: str, name: str) -> str:
    for line in base64.b64decode(encoded).decode().split("\r\n"):
        key, _, value = line.partition(":")
        if key.strip() == name:
            return value.strip()
    raise ValueError(f"the stream holds a message without {name}")
