"""Every event version that was ever shipped can be read for ever, and is what it was."""

import json

import msgspec
import pytest

from contracts import registry
from contracts.event import Event, topic_of
from contracts.upcasters import UPCASTERS
from tests.contracts import freeze

TOPICS = sorted(registry.TYPE_OF_TOPIC)
AGGREGATES = {
    *("shop", "desk", "conversation", "offline_message"),
    *("push_subscription", "campaign", "review_policy", "order", "review_request", "review", "recipient"),
    *("poll", "vote"),
}
HINT = "run: python -m tests.contracts.freeze"


def golden(topic: str) -> dict[str, object]:
    payload: dict[str, object] = json.loads((freeze.GOLDEN / f"{topic}.json").read_text())
    return payload


def test_every_version_has_a_golden_file_and_a_fingerprint() -> None:
    ever = {*registry.TYPE_OF_TOPIC, *UPCASTERS}
    assert {file.stem for file in freeze.GOLDEN.glob("*.json")} == ever, HINT
    assert set(freeze.shipped()) == ever, HINT


def test_shipped_versions_never_change() -> None:
    assert freeze.changed(freeze.shipped()) == [], "a shipped event was altered: give it a new version and an upcaster"


def test_a_changed_event_is_found() -> None:
    known = {**freeze.shipped(), "conversation.ended.v1": "0" * 64}
    assert freeze.changed(known) == ["conversation.ended.v1"]


def test_fingerprint_ignores_words_but_not_fields_called_like_them() -> None:
    one = {"title": "A", "properties": {"title": {"type": "string", "description": "x"}}}
    assert freeze._without_words(one) == {"properties": {"title": {"type": "string"}}}


@pytest.mark.parametrize("topic", sorted({*TOPICS, *UPCASTERS}))
def test_golden_payload_decodes_to_the_newest_shape(topic: str) -> None:
    event = registry.decode(topic, json.dumps(golden(topic)).encode())
    assert type(event) in registry.EVENT_TYPES
    assert event.originator_version == 3


@pytest.mark.parametrize("topic", TOPICS)
def test_golden_payload_encodes_to_the_same_bytes(topic: str) -> None:
    payload = msgspec.json.encode(golden(topic))
    assert registry.encode(registry.decode(topic, payload)) == payload


@pytest.mark.parametrize("topic", TOPICS)
def test_payload_of_required_fields_alone_is_read(topic: str) -> None:
    needed = {field.encode_name for field in msgspec.structs.fields(registry.TYPE_OF_TOPIC[topic]) if field.required}
    payload = {key: value for key, value in golden(topic).items() if key in needed | {"type"}}
    event = registry.decode(topic, msgspec.json.encode(payload))
    assert registry.encode(event) == msgspec.json.encode(payload)


@pytest.mark.parametrize("event", registry.EVENT_TYPES, ids=topic_of)
def test_event_says_when_it_happens(event: type[Event]) -> None:
    assert (event.__doc__ or "").strip()


def test_topics_are_aggregate_name_version_and_unique() -> None:
    assert len(TOPICS) == len(registry.EVENT_TYPES)
    for topic in TOPICS:
        aggregate, name = registry.subject_tokens(topic)
        assert aggregate in AGGREGATES
        assert name.replace("_", "").isalpha()
        assert topic.rpartition(".v")[2].isdigit()


def test_unknown_event_stops_the_reader() -> None:
    with pytest.raises(registry.UnknownEvent, match="newer release"):
        registry.decode("conversation.ended.v99", b"{}")


def test_damaged_payload_is_refused() -> None:
    with pytest.raises(msgspec.ValidationError):
        registry.decode("conversation.ended.v1", b'{"type":"conversation.ended.v1"}')
