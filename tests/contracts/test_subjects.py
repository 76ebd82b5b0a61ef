"""Names on the wire stay: who subscribed under one finds it there after an upgrade."""

from uuid import UUID

import pytest

from contracts import ids, subjects

CONVERSATION = UUID("0e4ff4b0-9b4c-5a1d-8a53-5e0a6a1f2c33")

PARTITION_OF = {
    "demo": 9,
    "a": 5,
    "shop-1": 6,
    "shop-2": 8,
    "blumen-huber": 1,
    "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx": 2,
    "0": 4,
    "the-quick-brown-fox": 9,
}


@pytest.mark.parametrize(("shop", "partition"), PARTITION_OF.items())
def test_partition_of_a_shop_never_changes(shop: str, partition: int) -> None:
    assert subjects.partition_of(shop) == partition


def test_partitions_are_used_evenly() -> None:
    counts = [0] * subjects.PARTITIONS
    for number in range(16_000):
        counts[subjects.partition_of(f"shop-{number}")] += 1
    assert min(counts) > 850
    assert max(counts) < 1_150


def test_derived_ids_never_change() -> None:
    assert ids.desk_id("demo") == UUID("23c560de-6476-5f17-bafe-f21a1d4a3543")
    assert ids.shop_aggregate_id("demo") == UUID("23b0338f-cc68-5f67-b0ba-53e821e8ded0")
    assert ids.conversation_id("demo", "g_1", "start-000") == UUID("8daee3e0-eb64-579c-a870-31d884d75137")


def test_streams_and_subjects_never_change() -> None:
    p = subjects.partition_of("demo")
    assert subjects.command("conversations", "demo", "say_message") == f"cmd.conversations.{p}.demo.say_message"
    assert subjects.command_stream("conversations", 3) == "COMMANDS-conversations-3"
    assert subjects.event_stream("conversations", 3) == "EVENTS-conversations-3"
    assert subjects.dead_letter("conversations", 3, "demo", "say_message") == "dead.conversations.3.demo.say_message"
    assert subjects.live_desk("demo") == "live.demo.desk"
    event = subjects.event("conversations", p, "demo", "conversation", CONVERSATION, "ended")
    assert event == f"evt.conversations.{p}.demo.conversation.{CONVERSATION}.ended"
    assert event.startswith(subjects.conversation_events("demo", CONVERSATION).removesuffix(">"))
    assert event.startswith(subjects.shop_conversations("demo").removesuffix(">"))
