"""The inbox's fold: given the events of offline messages, then exactly these rows."""

import pytest

from contracts.conversations import events as happened
from services.common.person_keys import PersonKey
from services.projections.inbox import InboxFold
from services.projections.rows import OfflineMessageRow
from services.projections.sweeps import runs
from services.projections.texts import ERASED, Reader
from tests.support.told import Told, erased, retained


def fold(*messages: Told, keys: bool = True, known: OfflineMessageRow | None = None) -> InboxFold:
    found = {(told.shop, told.person): told.key for told in messages} if keys else {}
    folded = InboxFold({known.id: known} if known else {}, Reader(found))
    for told in messages:
        for event in told.events:
            folded.apply(event)  # type: ignore[arg-type]  # of offline messages all
    return folded


def only_row(folded: InboxFold) -> OfflineMessageRow:
    (row,) = folded.changed
    return row


def test_message_that_was_left_is_new_and_has_what_was_asked() -> None:
    told = Told().left(first_name="Żaneta", email="z@example.org", text="Do you ship?", locale="pl", page='{"url":"/"}')
    row = only_row(fold(told))
    assert (row.customer, row.signed_in, row.locale, row.status) == (told.person, False, "pl", "new")
    assert (row.first_name, row.last_name, row.email, row.phone) == ("Żaneta", None, "z@example.org", None)
    assert (row.text, row.page, row.left_at, row.answers) == (
        "Do you ship?",
        '{"url":"/"}',
        told.events[0].timestamp,
        [],
    )


def test_message_of_a_customer_is_listed_under_the_shops_own_id() -> None:
    row = only_row(fold(Told(person="c_1").left(signed_in=True, customer="4711")))
    assert (row.customer, row.person, row.signed_in) == ("4711", "c_1", True)


def test_answers_stand_in_order_and_the_last_one_is_told() -> None:
    told = Told().left(text="?").answered("Yes").answered("And more", operator="o_bob")
    row = only_row(fold(told))
    assert [(one.id, one.operator, one.text) for one in row.answers] == [
        ("a-00000001", "o_ann", "Yes"),
        ("a-00000002", "o_bob", "And more"),
    ]
    assert (row.status, row.answered_by, row.answered_at) == ("answered", "o_bob", told.events[-1].timestamp)


def test_message_that_was_called_back_says_by_whom() -> None:
    told = Told().left(phone="+48 601 555 018").add(happened.OfflineMessageCalled, operator="o_ann")
    row = only_row(fold(told))
    assert (row.status, row.called_by, row.called_at) == ("called", "o_ann", told.events[-1].timestamp)


def test_deleted_message_leaves_nothing() -> None:
    told = Told().left(text="Forget me").add(happened.OfflineMessageDeleted, operator="o_ann")
    folded = fold(told)
    assert (folded.changed, folded.removed) == ([], {told.id})


def test_message_of_an_erased_person_is_absent() -> None:
    told = Told().left(text="Who was it?")
    row = only_row(fold(told))
    assert fold(told, keys=False).changed == []
    told.answered("Yes")
    folded = fold(told, keys=False, known=row)
    assert (folded.changed, folded.removed) == ([], {told.id})


def test_message_sealed_under_a_key_of_before_is_absent() -> None:
    told = Told().left(text="Old")
    told.key = PersonKey(told.shop, told.person, bytes(32))
    assert fold(told).changed == []


def test_answer_that_does_not_open_is_a_tombstone() -> None:
    told = Told().left(text="?")
    reader = Reader({(told.shop, told.person): told.key})
    row = only_row(fold(told))
    other = Told(person=told.person)
    other.id = told.id
    other.events = list(told.events)
    folded = InboxFold({row.id: row}, reader)
    folded.apply(other.answered("Unreadable").events[-1])  # type: ignore[arg-type]  # of an offline message
    assert only_row(folded).answers[0].text == ERASED


@pytest.mark.parametrize("again", [1, 3])
def test_applying_events_again_changes_nothing(again: int) -> None:
    told = Told().left(text="?").answered("Yes").add(happened.OfflineMessageCalled, operator="o_ann")
    row = only_row(fold(told))
    told.events = told.events[:again]
    assert fold(told, known=row).changed == []


def test_sweeps_part_the_events_where_they_stand() -> None:
    told = Told().left(text="?").answered("Yes")
    gone, kept = erased("g_1"), retained()
    assert list(runs([gone, told.events[0], told.events[1], kept, gone])) == [gone, told.events, kept, gone]
    assert list(runs([])) == []
