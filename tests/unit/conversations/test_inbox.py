"""Turns and positions."""

from services.common.eventlog.inbox import Arrived, Inbox
from services.common.eventlog.store.recorder import Position


def inbox(*shops: str) -> Inbox:
    """Commands of these shops, in this order, with sequences from 11 on."""
    found = Inbox(Position("today", 10))
    for seq, shop in enumerate(shops, 11):
        found.put(Arrived(seq, 0.0, shop, "say_message", b""))
    return found


def seqs(batch: list[Arrived]) -> list[int]:
    return [one.seq for one in batch]


def test_shops_take_turns_and_each_keeps_its_order() -> None:
    assert seqs(inbox("a", "a", "a", "b", "c", "b").take(5)) == [11, 14, 15, 12, 16]


def test_the_turn_goes_on_in_the_next_batch() -> None:
    found = inbox("a", "a", "a", "b", "b")
    assert seqs(found.take(1)) == [11]
    assert seqs(found.take(2)) == [14, 12]
    assert found.waiting == 2


def test_the_position_stands_before_the_first_that_is_not_done() -> None:
    found = inbox("a", "a", "a", "b")
    first = found.take(2)
    assert seqs(first) == [11, 14]
    assert found.position_after(first) == Position("today", 11, (14,))
    found.stored(first, Position("today", 11, (14,)))
    second = found.take(1)
    assert found.position_after(second) == Position("today", 12, (14,))
    found.stored(second, Position("today", 12, (14,)))
    assert found.position_after(found.take(9)) == Position("today", 14)


def test_what_was_done_above_the_position_is_not_done_again_by_the_next_owner() -> None:
    found = Inbox(Position("today", 10, (13, 15)))
    for seq in (11, 12, 13):
        found.put(Arrived(seq, 0.0, "a", "say_message", b""))
    assert found.position_after([]) == Position("today", 10, (13, 15))
    batch = found.take(9)
    assert seqs(batch) == [11, 12]
    position = found.position_after(batch)
    assert position == Position("today", 13, (15,))
    found.stored(batch, position)
    for seq in (14, 15):
        found.put(Arrived(seq, 0.0, "a", "say_message", b""))
    assert found.waiting == 1
    assert found.position_after(found.take(9)) == Position("today", 15)


def test_what_was_done_and_has_left_the_stream_is_named_no_more() -> None:
    found = Inbox(Position("today", 10, (12, 15)))
    found.put(Arrived(13, 0.0, "a", "say_message", b""))
    assert found.position_after(found.take(9)) == Position("today", 13, (15,))


def test_of_a_batch_that_was_not_stored_each_command_counts_anew() -> None:
    found = inbox("a", "b", "c")
    batch = found.take(3)
    found.position_after(batch)
    assert found.position == Position("today", 10)
    assert found.position_after(batch[:1]) == Position("today", 11)


def test_one_by_one_they_come_in_the_order_of_the_stream() -> None:
    found = inbox("a", "a", "b")
    assert [seqs(found.take_next()) for _ in range(4)] == [[11], [12], [13], []]


def test_what_is_put_back_is_next_again() -> None:
    found = inbox("a", "a", "b")
    (one,) = found.take_next()
    found.put_back(one)
    assert seqs(found.take_next()) == [11]
    assert found.waiting == 2


def test_another_generation_of_the_stream_begins_at_its_start() -> None:
    found = inbox("a", "b")
    taken = found.take(1)
    found.restart(Position("tomorrow", 0))
    assert (found.position, found.received, found.waiting) == (Position("tomorrow", 0), 0, 0)
    assert found.position_after(taken) == Position("tomorrow", 0)
