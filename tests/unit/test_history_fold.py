"""History's fold: given the events of conversations, then exactly these rows."""

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.conversations import events as happened
from services.common.attachments.details import names_in
from services.common.person_keys import PersonKey
from services.common.words import words_of
from services.projections.history import HistoryFold
from services.projections.rows import ConversationRow, MessageRow
from services.projections.texts import ERASED, Reader, ShopPerson
from tests.support.told import START, Told


def fold(*conversations: Told, keys: bool = True) -> HistoryFold:
    return fold_under({(told.shop, told.person): told.key for told in conversations} if keys else {}, *conversations)


def fold_under(keys: dict[ShopPerson, PersonKey], *conversations: Told) -> HistoryFold:
    folded = HistoryFold({}, Reader(keys))
    for told in conversations:
        for event in told.events:
            folded.apply(event)  # type: ignore[arg-type]  # of conversations all
    return folded


def only_row(folded: HistoryFold) -> ConversationRow:
    (row,) = folded.changed
    return row


def lines(folded: HistoryFold, told: Told) -> list[MessageRow]:
    return folded.messages[told.id]


def test_conversation_with_messages_shows_the_last_one() -> None:
    told = Told().started(name="Anna").visitor_says("Is it blue?").operator_says("It is.")
    row = only_row(fold(told))
    assert (row.customer, row.signed_in, row.name, row.operator) == (told.person, False, "Anna", "o_ann")
    assert (row.status, row.last_message, row.last_from, row.message_count) == ("open", "It is.", "operator", 2)
    assert row.last_message_at == row.active_at == told.events[-1].timestamp
    assert row.seq == 4


def test_files_stand_where_nothing_was_said_and_are_found_by_their_names() -> None:
    told = Told().started().visitor_says("Two pictures").visitor_sends("broken mug.png", "box.jpg")
    folded = fold(told)
    row = only_row(folded)
    assert (row.last_message, row.last_from, row.message_count) == ("broken mug.png, box.jpg", "visitor", 2)
    assert {"broken", "mug", "box"} <= set(row.words.split())
    line = lines(folded, told)[-1]
    assert (line.kind, line.text, names_in(line.attachments)) == ("message", "", "broken mug.png, box.jpg")


def test_events_become_rows_in_the_sockets_kinds() -> None:
    told = Told().started().visitor_says("Hello")
    told.add(happened.NoteAdded, operator="o_ann", text="A regular")
    told.add(happened.ConversationTransferred, to="o_bob", channel=2, how="transfer", operator="o_ann")
    told.archived().add(happened.ConversationRated, score=4, comment="Fine")
    folded = fold(told)
    assert [line.kind for line in lines(folded, told)] == [
        "started",
        "assigned",
        "message",
        "note",
        "transferred",
        "ended",
        "archived",
        "rated",
    ]
    assert [line.seq for line in lines(folded, told)] == list(range(1, 9))
    assert (lines(folded, told)[-1].text, lines(folded, told)[-1].number) == ("Fine", 4)
    row = only_row(folded)
    assert (row.last_message, row.operator, row.rating, row.status) == ("Hello", "o_bob", 4, "archived")


def test_conversation_in_which_nobody_spoke_is_as_old_as_its_start() -> None:
    row = only_row(fold(Told().started()))
    assert (row.last_message, row.last_message_at, row.active_at) == (None, None, START)


def test_waiting_ended_and_reopened_conversations_have_their_status() -> None:
    told = Told().add(happened.ConversationStarted, visitor="g_x", origin="o").add(happened.ConversationQueued, place=3)
    told.person, told.key = "g_x", PersonKey("demo", "g_x", told.secret)
    assert only_row(fold(told)).status == "waiting"
    told.add(happened.ConversationLeftLine, reason="absent").add(happened.ConversationEnded, by="system")
    assert only_row(fold(told)).status == "ended"
    told.add(happened.ConversationReopened, by="visitor").add(happened.OperatorAssigned, operator="o_ann", channel=1)
    row = only_row(fold(told))
    assert (row.status, row.ended_at) == ("open", None)


def test_guest_who_signs_in_is_listed_as_the_customer() -> None:
    told = Told().started(name="Guest")
    told.add(happened.VisitorIdentified, visitor="c_1", customer="4711", name="Anna K.", email="anna@example.org")
    row = only_row(fold(told))
    assert (row.customer, row.signed_in, row.name, row.email) == ("4711", True, "Anna K.", "anna@example.org")
    assert row.person == told.person
    shown = [msgspec.json.decode(line.visitor) for line in lines(fold(told), told) if line.visitor]
    assert shown == [
        {"id": told.person, "signed_in": False, "name": "Guest"},
        {"id": "4711", "signed_in": True, "name": "Anna K.", "email": "anna@example.org"},
    ]


def test_deleted_conversation_leaves_nothing() -> None:
    told = Told().started().visitor_says("Forget me").archived().deleted()
    folded = fold(told)
    assert (folded.changed, folded.messages, folded.removed) == ([], {}, {told.id})


def test_conversation_of_an_erased_person_is_absent() -> None:
    folded = fold(Told().started().visitor_says("Who was it?"), keys=False)
    assert (folded.changed, folded.removed) == ([], set())


def test_conversation_whose_person_is_erased_meanwhile_is_removed() -> None:
    told = Told().started()
    row = only_row(fold(told))
    told.visitor_says("More")
    folded = HistoryFold({told.id: row}, Reader({}))
    folded.apply(told.events[-1])  # type: ignore[arg-type]  # of a conversation
    assert (folded.changed, folded.removed) == ([], {told.id})


def test_conversation_sealed_under_a_key_of_before_is_absent() -> None:
    told = Told().started(name="Anna")
    reader = Reader({(told.shop, told.person): PersonKey(told.shop, told.person, bytes(32))})
    folded = HistoryFold({}, reader)
    for event in told.events:
        folded.apply(event)  # type: ignore[arg-type]  # of a conversation
    assert (folded.changed, reader.former, reader.unreadable) == ([], [(told.shop, told.person)], [])


def test_text_that_does_not_open_is_a_tombstone() -> None:
    told = Told().started().visitor_says("Hello")
    broken = msgspec.structs.replace(told.events[-1], text="AAAA")
    reader = Reader({(told.shop, told.person): told.key})
    folded = HistoryFold({}, reader)
    for event in [*told.events[:-1], broken]:
        folded.apply(event)  # type: ignore[arg-type]  # of a conversation
    row = only_row(folded)
    assert (row.last_message, row.words.split(), len(reader.unreadable)) == (ERASED, words_of(told.person), 1)


def test_nul_in_a_name_does_not_stop_history() -> None:
    assert only_row(fold(Told().started(name="An\0na"))).name == "An\ufffdna"


def test_words_are_those_of_who_it_is_and_of_all_that_was_said_or_noted() -> None:
    told = Told(person="g_x").started(name="Żaneta").visitor_says("Blue, blue?").operator_says("RED")
    told.add(happened.NoteAdded, operator="o_ann", text="a regular").archived()
    told.add(happened.ConversationRated, score=5, comment="Merci")
    told.add(happened.TranscriptRequested, by="visitor", email="z@example.org")
    words = only_row(fold(told)).words
    assert {"zaneta", "blue", "red", "regular", "merci", "example"} <= set(words.split())
    assert words.count(" blue") == 1


def test_transcript_that_was_asked_for_is_a_line_with_its_address() -> None:
    told = Told().started()
    told.add(happened.TranscriptRequested, by="operator", operator="o_ann", email="anna@example.org")
    line = lines(fold(told), told)[-1]
    assert (line.kind, line.sender, line.operator, line.text) == ("transcript", "operator", "o_ann", "anna@example.org")


def test_department_handover_and_alert_are_lines_of_their_own() -> None:
    told = Told().started(department="returns").visitor_says("Hello?")
    told.add(happened.LeftUnanswered, since=START, operator="o_ann")
    told.add(happened.TransferAsked, operator="o_ann", department="sales")
    folded = fold(told)
    started, _, _, alert, asked = lines(folded, told)
    assert (started.kind, started.department) == ("started", "returns")
    assert (alert.kind, alert.operator, alert.since) == ("unanswered", "o_ann", START)
    assert (asked.kind, asked.operator, asked.department) == ("transfer_asked", "o_ann", "sales")
    assert (only_row(folded).operator, only_row(folded).status, only_row(folded).last_message) == (
        "o_ann",
        "open",
        "Hello?",
    )


@given(data=st.data())
def test_pages_cut_anywhere_and_replayed_give_the_same_rows(data: st.DataObject) -> None:
    anna = Told().started().visitor_says("One").operator_says("Two").archived()
    bert = Told().started().visitor_says("Three").archived().deleted()
    events = [event for pair in zip(anna.events, bert.events, strict=False) for event in pair] + anna.events[6:]
    keys = {(told.shop, told.person): told.key for told in (anna, bert)}
    rows: dict[object, ConversationRow] = {}
    messages: list[MessageRow] = []
    at = 0
    while at < len(events):
        upto = data.draw(st.integers(at + 1, len(events)))
        again = data.draw(st.integers(0, at))  # a page may begin again with what was applied before
        page = HistoryFold({row.id: row for row in rows.values()}, Reader(keys))
        for event in events[again:upto]:
            page.apply(event)  # type: ignore[arg-type]  # of conversations all
        for removed in page.removed:
            rows.pop(removed, None)
            messages = [line for line in messages if line.conversation != removed]
        rows |= {row.id: row for row in page.changed}
        messages += [line for some in page.messages.values() for line in some]
        at = upto
    if bert.id in rows:
        pytest.fail("a deleted conversation is there again")
    whole = fold(anna)
    assert list(rows.values()) == whole.changed
    assert messages == whole.messages[anna.id]
