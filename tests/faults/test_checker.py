"""The checker finds what is planted into sound books, and nothing in sound ones."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest

from contracts import ids, subjects
from contracts.conversations import events as e
from contracts.conversations.settings import DeskRules
from tests.faults.books import Books, Row
from tests.faults.checker import check
from tests.faults.sound_books import TEXT_SEALED, sound_books, with_event
from tests.support.journal import Entry

PARTITION = subjects.partition_of("rose")
TALK = ids.conversation_id("rose", "v1", "rose-start-v1")
QUIET = ids.conversation_id("rose", "silent", "rose-start-silent")
DESK = ids.desk_id("rose")


@pytest.fixture
def books() -> Books:
    return sound_books()


def found(books: Books) -> set[str]:
    """Names of the checks that found something."""
    return {finding.check for finding in check(books)}


def said(books: Books, message: str) -> int:
    """Index in the log of one message."""
    rows = books.logs[PARTITION]
    return next(
        i for i, row in enumerate(rows) if isinstance(row.event, e.MessageSaid) and row.event.message == message
    )


def append(books: Books, kind: type[e.Event], aggregate: UUID, **facts: object) -> None:
    """One more event at the end of log and stream, well made."""
    rows = books.logs[PARTITION]
    version = sum(row.aggregate == aggregate for row in rows) + 1
    model = rows[-1]
    event = kind(
        originator_id=aggregate,
        originator_version=version,
        timestamp=model.event.timestamp + timedelta(seconds=1),
        shop="rose",
        **facts,  # type: ignore[arg-type]
    )
    blank = Row(model.notification + 1, aggregate, version, e.topic_of(event), b"", event)  # type: ignore[arg-type]
    rows.append(with_event(blank))
    last = books.streams[PARTITION][-1]
    changes = {"notification": rows[-1].notification, "topic": rows[-1].topic, "state": rows[-1].state}
    books.streams[PARTITION].append(replace(last, sequence=last.sequence + 1, **changes))  # type: ignore[arg-type]
    books.collected.append(books.streams[PARTITION][-1])


def entry(books: Books, who: str, what: str, **fields: object) -> int:
    """Index in the journal of the first entry of a client with these fields in its frame."""
    return next(
        i
        for i, one in enumerate(books.journal)
        if one.who == who and one.what == what and all(one.frame.get(k) == v for k, v in fields.items())
    )


def test_sound_books_are_found_sound(books: Books) -> None:
    assert check(books) == []


def test_loss_in_log_and_stream_is_found(books: Books) -> None:
    index = said(books, "rose-say-0005")
    del books.logs[PARTITION][index:]
    del books.streams[PARTITION][index:]
    assert {"answers", "messages", "views", "reads"} <= found(books)


def test_loss_in_the_stream_is_found(books: Books) -> None:
    del books.streams[PARTITION][7]
    assert found(books) == {"stream"}


@pytest.mark.parametrize("spoil", ["loss", "double", "swap"])
def test_what_the_stream_of_all_has_wrong_is_found(books: Books, spoil: str) -> None:
    match spoil:
        case "loss":
            del books.collected[5]
        case "double":
            books.collected.append(books.collected[5])
        case "swap":
            books.collected[4], books.collected[5] = books.collected[5], books.collected[4]
    assert found(books) == {"EVENTS"}


def test_loss_in_the_middle_of_the_log_is_found(books: Books) -> None:
    del books.logs[PARTITION][said(books, "rose-say-0002")]
    assert {"log", "stream", "answers"} <= found(books)


def test_loss_in_the_read_table_is_found(books: Books) -> None:
    assert books.messages is not None
    del books.messages[TALK][2]
    assert found(books) == {"reads"}


def test_loss_at_the_end_of_the_other_sides_view_is_found(books: Books) -> None:
    del books.journal[entry(books, "rose/v1", "event", id="rose-say-0004") :]
    assert "seen" in found(books)


def test_message_that_no_client_ever_sent_twice_but_stands_twice_is_found(books: Books) -> None:
    append(books, e.MessageSaid, TALK, sender="visitor", message="rose-say-0003", text=TEXT_SEALED)
    assert "doubles" in found(books)


def test_command_counted_twice_is_found(books: Books) -> None:
    ref = e.CommandRef(id="rose-say-0003", sender="v1")
    append(books, e.ConversationRated, TALK, score=3, command=ref)
    assert "doubles" in found(books)


def test_double_in_the_stream_is_found(books: Books) -> None:
    stream = books.streams[PARTITION]
    stream.append(replace(stream[4], sequence=stream[-1].sequence + 1))
    assert found(books) == {"stream"}


def test_double_in_a_view_is_found(books: Books) -> None:
    index = entry(books, "rose/v1", "event", id="rose-say-0002")
    books.journal.insert(index + 1, books.journal[index])
    assert found(books) == {"views"}


def test_double_in_the_read_table_is_found(books: Books) -> None:
    assert books.messages is not None
    books.messages[TALK].append(books.messages[TALK][0])
    assert found(books) == {"reads"}


def test_swap_in_the_stream_is_found(books: Books) -> None:
    stream = books.streams[PARTITION]
    stream[3], stream[4] = replace(stream[4], sequence=4), replace(stream[3], sequence=5)
    assert found(books) == {"stream"}


def test_swap_of_two_messages_in_all_books_is_found_by_the_clients_clocks(books: Books) -> None:
    stored = [entry(books, "rose/op", "stored", id=f"rose-say-000{n}") for n in (2, 4)]
    one, two = (books.journal[i].frame["seq"] for i in stored)
    for index, seq in zip(stored, (two, one), strict=True):
        old = books.journal[index]
        books.journal[index] = Entry(old.t, old.who, old.what, {**old.frame, "seq": seq})
    assert {"order", "answers"} <= found(books)


def test_swap_in_a_view_is_found(books: Books) -> None:
    one, two = (entry(books, "rose/v1", "event", id=f"rose-say-000{n}") for n in (1, 2))
    books.journal[one], books.journal[two] = books.journal[two], books.journal[one]
    assert found(books) == {"views"}


def test_excess_over_the_limit_is_found(books: Books) -> None:
    third = ids.conversation_id("rose", "v3", "rose-start-v3")
    append(
        books, e.ConversationAdmitted, DESK, conversation=third, visitor="v3", origin="v3", channel=3, operator="o_1"
    )
    assert any("excess: 3 busy with a limit of 2" in str(finding) for finding in check(books))


def test_two_conversations_on_a_channel_are_found(books: Books) -> None:
    append(books, e.RulesChanged, DESK, rules=DeskRules(limit=9))
    third = ids.conversation_id("rose", "v3", "rose-start-v3")
    append(
        books, e.ConversationAdmitted, DESK, conversation=third, visitor="v3", origin="v3", channel=2, operator="o_1"
    )
    assert any("two conversations on channel 2" in str(finding) for finding in check(books))


def test_conversation_that_the_desk_has_forgotten_is_found(books: Books) -> None:
    append(books, e.ChannelReleased, DESK, channel=1, conversation=TALK, closed=False)
    assert found(books) == {"desk"}


def test_hole_in_the_versions_is_found(books: Books) -> None:
    rows = books.logs[PARTITION]
    index = max(i for i, row in enumerate(rows) if row.aggregate == TALK)
    rows[index] = with_event(rows[index], version=rows[index].version + 1)
    assert {"log", "stream", "answers"} <= found(books)


def test_hole_in_a_view_is_found(books: Books) -> None:
    del books.journal[entry(books, "rose/op", "event", id="rose-say-0002")]
    assert found(books) == {"views"}


def test_hole_in_the_streams_sequence_is_found(books: Books) -> None:
    stream = books.streams[PARTITION]
    stream[-1] = replace(stream[-1], sequence=stream[-1].sequence + 1)
    assert found(books) == {"stream"}


def test_event_in_the_wrong_schema_is_found(books: Books) -> None:
    other = (PARTITION + 1) % subjects.PARTITIONS
    books.logs[other] = [books.logs[PARTITION].pop()]
    assert "log" in found(books)


def test_other_bytes_in_the_stream_are_found(books: Books) -> None:
    stream = books.streams[PARTITION]
    stream[2] = replace(stream[2], state=stream[2].state + b" ")
    assert found(books) == {"stream"}


def test_other_words_in_a_view_are_found(books: Books) -> None:
    index = entry(books, "rose/v1", "event", id="rose-say-0002")
    old = books.journal[index]
    books.journal[index] = Entry(old.t, old.who, old.what, {**old.frame, "text": "something else"})
    assert found(books) == {"views"}


def test_time_that_goes_back_is_found(books: Books) -> None:
    rows = books.logs[PARTITION]
    rows[-1] = with_event(rows[-1], timestamp=rows[0].event.timestamp - timedelta(days=1))
    assert "log" in found(books)


def test_refused_command_in_the_log_is_found(books: Books) -> None:
    index = entry(books, "rose/v1", "stored", id="rose-say-0003")
    old = books.journal[index]
    books.journal[index] = Entry(old.t, old.who, "rejected", {"id": "rose-say-0003", "code": "not_open"})
    assert found(books) == {"answers"}


@pytest.mark.parametrize("late", [19.0, 21.0])
def test_silent_visitor_left_waiting_is_found(books: Books, late: float) -> None:
    index = entry(books, "rose/silent", "event", id="rose-tell-0005")
    old = books.journal.pop(index)
    books.journal.append(Entry(old.t + late, old.who, old.what, old.frame))
    assert found(books) == ({"silent"} if late > 20 else set())


@pytest.mark.parametrize(
    ("kind", "aggregate", "facts"),
    [
        (e.ConversationArchived, QUIET, {}),
        (e.ConversationEnded, QUIET, {"by": "system", "reason": "forgotten"}),
        (e.OperatorWentOffline, DESK, {"operator": "o_1", "reason": "gone"}),
        (e.OperatorMarkedAway, DESK, {"operator": "o_1"}),
        (e.VisitorMarkedAway, DESK, {"conversation": QUIET}),
    ],
)
def test_what_an_outage_did_to_people_is_found(
    books: Books, kind: type[e.Event], aggregate: UUID, facts: dict[str, object]
) -> None:
    append(books, kind, aggregate, **facts)
    assert "presence" in found(books)
