"""Persons are erased, shops go, and what is too old is deleted."""

from datetime import timedelta

import pytest

from contracts.conversations import commands as c
from contracts.conversations import events as e
from contracts.conversations.settings import Retention
from services.common.eventlog.refusals import WrongSender
from services.conversations import views
from services.conversations.deadlines import Due
from services.conversations.domain.errors import NotOpen, ShopNotFound, TooManyTranscripts
from services.conversations.watch import _is_alive
from tests.unit.conversations.test_deadlines import Owner
from tests.unit.conversations.world import NOON, World


def erase(world: World, *persons: str, **fields: object) -> e.PersonErased:
    world.do(world.by_operator(c.ErasePerson, "o_owner", persons=list(persons), digest="erase", **fields))
    found = world.happened[0]
    assert isinstance(found, e.PersonErased)
    return found


def test_erasing_ends_what_the_person_is_in_and_serves_who_waits() -> None:
    world = World().open_shop(limit=1, line=True)
    world.online("o_ann", 1)
    talking, waiting = world.start("g_1"), world.start("g_2")
    erased = erase(world, "c_9", "g_1")
    assert (erased.number, erased.persons, erased.author) == (1, ["c_9", "g_1"], "o_owner")
    assert world.conversation(talking).status == "archived"
    assert world.conversation(waiting).status == "open"
    world.check()
    world.check_replay()


def test_erasing_takes_a_person_out_of_the_line_and_finished_ones_off_the_desk() -> None:
    world = World().open_shop(limit=1, line=True)
    world.online("o_ann", 1)
    finished = world.start("g_1")
    world.end(finished, "o_ann")
    world.start("g_2")
    waiting = world.start("g_3")
    erase(world, "g_1")
    erase(world, "g_3")
    assert [world.conversation(one).status for one in (finished, waiting)] == ["archived", "archived"]
    assert list(world.desk.seats.line) == []
    world.check()


@pytest.mark.parametrize("asked", ["c_9", "g_1"])
def test_who_signed_in_is_erased_under_both_ids_whichever_is_asked_for(asked: str) -> None:
    world = World().open_shop()
    world.online("o_ann", 1)
    conversation = world.start("g_1")
    world.do(world.by_visitor(c.IdentifyVisitor, "g_1", conversation=conversation, visitor="c_9", customer="sealed"))
    world.end(conversation, "c_9")
    world.say(conversation, "c_9")
    erased = erase(world, asked)
    assert erased.persons[0] == asked
    assert set(erased.persons) == {"c_9", "g_1"}
    assert world.conversation(conversation).status == "archived"
    world.check_replay()


def test_erasures_are_counted_and_a_retry_is_answered_as_before() -> None:
    world = World().open_shop()
    assert erase(world, "g_1", id="erase-0001").number == 1
    assert erase(world, "g_2").number == 2
    again = world.by_operator(c.ErasePerson, "o_owner", persons=["g_1"], digest="erase", id="erase-0001")
    assert world.do(again).seq == 2
    assert world.happened == []


def test_a_removed_shop_has_nobody_left_and_refuses_everything() -> None:
    world = World().open_shop(limit=2, line=True)
    world.online("o_ann", 2)
    started = [world.start_command(f"g_{number}") for number in range(4)]
    conversations = [command.conversation for command in started]
    note = world.by_operator(c.AddNote, "o_ann", conversation=conversations[1], text="sealed")
    for command in (*started, note):
        world.do(command)
    world.end(conversations[0], "g_0")
    world.system(c.RemoveShop)
    world.check_replay()
    assert {world.conversation(one).status for one in conversations} == {"archived"}
    assert not world.desk.seats.all
    assert not world.desk.operators
    assert views.availability(world.desk) == "hidden"
    for attempt in (
        lambda: world.online("o_ann"),
        lambda: world.start("g_9"),
        lambda: world.say(conversations[1], "g_1"),
        lambda: world.change(limit=5),
        lambda: world.open_shop(limit=2, line=True),
        lambda: world.do(started[1]),
        lambda: world.do(note),
        lambda: erase(world, "g_1"),
    ):
        with pytest.raises(ShopNotFound):
            attempt()
    world.system(c.RemoveShop)
    assert world.happened == []


def test_staff_remove_no_shop() -> None:
    world = World().open_shop()
    with pytest.raises(WrongSender):
        world.do(world.by_operator(c.RemoveShop, "o_owner"))


def test_retention_is_applied_an_hour_after_it_was_set_and_then_once_a_day() -> None:
    owner = Owner(retention=Retention(conversations_days=30))
    assert owner.look(1) == Due([], NOON + timedelta(hours=1))
    assert owner.carry_out(3_600) == ["apply_retention"]
    applied = owner.world.happened[0]
    assert isinstance(applied, e.RetentionApplied)
    assert applied.conversations_before == owner.world.now - timedelta(days=30)
    assert applied.offline_messages_before is None
    assert owner.look(3_601) == Due([], NOON + timedelta(hours=25))
    assert owner.carry_out(90_000) == ["apply_retention"]
    owner.world.check_replay()


def test_changed_retention_gives_an_hour_to_take_it_back_and_another_setting_does_not_count() -> None:
    owner = Owner(retention=Retention(conversations_days=30))
    owner.carry_out(3_600)
    owner.world.change(limit=9, retention=Retention(conversations_days=30))
    assert owner.look(3_700).look_next == NOON + timedelta(hours=25)
    owner.world.change(limit=9, retention=Retention(conversations_days=3))
    assert owner.look(3_800).look_next == NOON + timedelta(hours=2)
    owner.world.change(limit=9)
    assert owner.carry_out(90_000) == []


def test_retention_asked_for_too_early_deletes_nothing() -> None:
    world = World().open_shop(retention=Retention(conversations_days=30))
    world.system(c.ApplyRetention)
    assert world.happened == []


def test_a_sleeping_desk_with_retention_is_looked_at_after_a_takeover() -> None:
    world = World().open_shop()
    assert not _is_alive(world.desk)
    world.change(retention=Retention(conversations_days=1))
    assert _is_alive(world.desk)


def test_a_transcript_goes_to_either_side_a_few_times() -> None:
    world = World().open_shop()
    world.online("o_ann", 1)
    conversation = world.start("g_1")
    for sender, make in (("g_1", world.by_visitor), ("o_ann", world.by_operator)):
        world.do(make(c.RequestTranscript, sender, conversation=conversation, email="sealed"))
        asked = world.happened[0]
        assert isinstance(asked, e.TranscriptRequested)
        assert asked.operator == ("o_ann" if sender == "o_ann" else None)
    world.check_replay()
    request = [world.by_visitor(c.RequestTranscript, "g_1", conversation=conversation, email="x") for _ in range(4)]
    for command in request[:3]:
        world.do(command)
    with pytest.raises(TooManyTranscripts):
        world.do(request[3])
    first = world.do(request[0]).seq
    assert isinstance(world.log[conversation][first - 1], e.TranscriptRequested)
    assert world.happened == []


def test_a_visitor_has_a_day_after_the_archive_for_the_transcript() -> None:
    world = World().open_shop()
    world.online("o_ann", 1)
    conversation = world.start("g_1")
    world.end(conversation, "g_1")
    world.offline("o_ann")
    world.later(hours=25)
    with pytest.raises(NotOpen):
        world.do(world.by_visitor(c.RequestTranscript, "g_1", conversation=conversation, email="x"))
    world.do(world.by_operator(c.RequestTranscript, "o_ann", conversation=conversation, email="x"))
