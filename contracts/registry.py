"""Reads events of every shipped version and gives them in their newest shape."""

from typing import Final, get_args

import msgspec

from contracts.event import Event, topic_of
from contracts.logs import AnyEvent
from contracts.upcasters import UPCASTERS, upcast

EVENT_TYPES: Final[tuple[type[Event], ...]] = get_args(AnyEvent)
TYPE_OF_TOPIC: Final[dict[str, type[Event]]] = {topic_of(event): event for event in EVENT_TYPES}

encode: Final = msgspec.json.Encoder().encode
_decoder: Final[msgspec.json.Decoder[AnyEvent]] = msgspec.json.Decoder(AnyEvent)


class UnknownEvent(ValueError):
    """An event of a type or version that this release does not know: the reader must stop, not skip."""


def decode(topic: str, state: bytes) -> AnyEvent:
    """The event that a log row or a stream message holds.

    Raises `UnknownEvent` for a topic of a newer release, `msgspec.ValidationError` for a damaged payload.
    """
    if topic in TYPE_OF_TOPIC:
        return _decoder.decode(state)
    if topic not in UPCASTERS:
        raise UnknownEvent(f"unknown event type {topic}; a newer release of Shopbell has written it")
    newest: AnyEvent = msgspec.convert(upcast(topic, msgspec.json.decode(state)), AnyEvent)
    return newest


def subject_tokens(topic: str) -> tuple[str, str]:
    """`conversation.message_said.v1` → (`conversation`, `message_said`), as the event's subject names them."""
    aggregate, name, _version = topic.split(".")
    return aggregate, name
