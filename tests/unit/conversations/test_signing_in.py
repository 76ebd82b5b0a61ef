"""A guest signs in and keeps the conversation."""

from uuid import UUID

import pytest

from contracts.conversations import commands as c
from services.conversations.domain.errors import InAnotherConversation, InProgress, NotAllowed, NotFound, NotOpen
from services.conversations.views import conversation_of_visitor
from tests.unit.conversations.world import World


def talking() -> tuple[World, UUID]:
    world = World().open_shop()
    world.online("o_ann", 3)
    return world, world.start("g_1")


def identify(world: World, conversation: UUID, visitor: str = "c_ada", by: str = "g_1") -> int:
    command = world.by_visitor(
        c.IdentifyVisitor, by, conversation=conversation, visitor=visitor, customer="sealed", name="sealed name"
    )
    return world.do(command).seq


def test_signed_in_visitor_goes_on_and_the_guest_does_not() -> None:
    world, conversation = talking()
    identify(world, conversation)
    assert world.names == ["VisitorIdentified", "VisitorReidentified"]
    world.say(conversation, "c_ada")
    with pytest.raises(NotFound):
        world.say(conversation, "g_1")
    kept = world.conversation(conversation)
    assert (kept.person, kept.visitor, kept.signed_in, kept.name) == ("g_1", "c_ada", True, "sealed name")


def test_start_as_who_they_are_belongs_to_it() -> None:
    world, conversation = talking()
    identify(world, conversation)
    with pytest.raises(InProgress) as progress:
        world.start("c_ada")
    assert progress.value.conversation == conversation


def test_signing_in_again_as_the_same_changes_nothing() -> None:
    world, conversation = talking()
    identify(world, conversation)
    identify(world, conversation, by="c_ada")
    assert world.happened == []


def test_another_person_does_not_take_it_over() -> None:
    world, conversation = talking()
    identify(world, conversation)
    with pytest.raises(NotAllowed):
        identify(world, conversation, "c_bea", by="c_ada")


def test_visitor_who_is_in_a_conversation_as_who_they_are_keeps_two_apart() -> None:
    world, conversation = talking()
    world.start("c_ada", signed_in=True)
    with pytest.raises(InAnotherConversation):
        identify(world, conversation)


def test_waiting_guest_keeps_the_place() -> None:
    world = World().open_shop(limit=0, line=True)
    world.online("o_ann", 1)
    first, second = world.start("g_1"), world.start("g_2")
    identify(world, first)
    assert list(world.desk.seats.line) == [first, second]


def test_history_is_not_signed_in_to() -> None:
    world, conversation = talking()
    world.end(conversation, "g_1")
    world.offline("o_ann")
    with pytest.raises(NotOpen):
        identify(world, conversation)


def test_nothing_that_the_guest_was_known_by_leads_to_it_any_more() -> None:
    world = World().open_shop()
    world.online("o_ann", 3)
    start = world.start_command("g_2", sender="g_1", origin="origin of g_1")
    conversation = world.do(start).conversation
    assert conversation is not None
    identify(world, conversation, by="g_2")
    assert conversation_of_visitor(world.desk, "g_1", "origin of g_1") is None
    assert world.start("g_3", sender="g_1", origin="origin of g_1") != conversation
    with pytest.raises(NotFound):
        world.do(start)


def test_reopened_conversation_of_somebody_signed_in_is_still_only_theirs() -> None:
    world, conversation = talking()
    identify(world, conversation)
    world.end(conversation, "c_ada")
    world.say(conversation, "c_ada")
    assert conversation_of_visitor(world.desk, "g_1", "origin of g_1") is None
    assert conversation_of_visitor(world.desk, "c_ada", "") == conversation
