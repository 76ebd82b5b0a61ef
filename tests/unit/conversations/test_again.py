"""The same command again: the same answer, before any other check; the same id for something else is refused."""

from uuid import UUID

import msgspec
import pytest

from contracts.conversations import commands as c
from services.common.eventlog.refusals import IdReused
from services.conversations.domain.desk_state import COMMANDS_KEPT
from services.conversations.handlers import Decided
from tests.unit.conversations.world import World


def talking() -> tuple[World, UUID]:
    world = World().open_shop()
    world.online("o_ann", 1)
    return world, world.start("g_1")


def said(world: World, conversation: UUID, text: str = "so") -> c.SayMessage:
    command: c.SayMessage = world.by_visitor(c.SayMessage, "g_1", conversation=conversation, text=text, digest=text)
    return command


def test_same_word_again_has_the_first_seq_and_no_event() -> None:
    world, conversation = talking()
    command = said(world, conversation)
    first = world.do(command)
    world.say(conversation, "o_ann")
    assert world.do(command) == first
    assert world.happened == []


def test_same_word_again_is_answered_in_history_too() -> None:
    world, conversation = talking()
    command = said(world, conversation)
    first = world.do(command)
    world.end(conversation, "g_1")
    world.offline("o_ann")
    assert world.do(command) == first


def test_same_id_with_another_text_is_invalid() -> None:
    world, conversation = talking()
    command = said(world, conversation)
    world.do(command)
    with pytest.raises(IdReused) as refused:
        world.do(msgspec.structs.replace(command, text="else", digest="else"))
    assert refused.value.code == "invalid"


def test_same_id_of_another_sender_is_another_command() -> None:
    world, conversation = talking()
    command = said(world, conversation)
    first = world.do(command)
    other = msgspec.structs.replace(command, sender_kind="operator", sender="o_ann")
    assert world.do(other) == Decided(conversation, first.seq + 1)


def test_rejected_command_is_decided_afresh() -> None:
    world, conversation = talking()
    world.end(conversation, "g_1")
    reopen = world.by_operator(c.ReopenConversation, "o_ann", conversation=conversation)
    world.change(limit=0)
    with pytest.raises(Exception, match="No channel"):
        world.do(reopen)
    world.change(limit=1)
    assert world.do(reopen).conversation == conversation


def test_start_again_is_answered_under_the_old_and_the_new_token() -> None:
    world = World().open_shop(limit=1)
    world.online("o_ann", 1)
    start = world.start_command("g_2", sender="g_1", origin="origin of g_1")
    first = world.do(start)
    again = msgspec.structs.replace(start, sender="g_2", origin="origin of g_2")
    assert first.seq == 1
    assert world.do(start) == world.do(again) == first


def test_start_again_with_another_text_is_invalid() -> None:
    world = World().open_shop(limit=1)
    world.online("o_ann", 1)
    start = world.start_command("g_1")
    world.do(start)
    with pytest.raises(IdReused):
        world.do(msgspec.structs.replace(start, text="else", digest="else"))


def test_id_of_the_start_is_not_free_for_a_word() -> None:
    world = World().open_shop()
    world.online("o_ann", 1)
    start = world.start_command("g_1")
    conversation = world.do(start).conversation
    assert conversation is not None
    with pytest.raises(IdReused):
        world.say(conversation, "g_1", id=start.id)


def test_guests_word_again_after_signing_in_is_recognised() -> None:
    world, conversation = talking()
    command = said(world, conversation)
    first = world.do(command)
    world.do(world.by_visitor(c.IdentifyVisitor, "g_1", conversation=conversation, visitor="c_ada", customer="sealed"))
    assert world.do(msgspec.structs.replace(command, sender="c_ada")) == first


def test_going_online_again_with_the_same_id_opens_nothing() -> None:
    world = World().open_shop()
    command = world.by_operator(c.GoOnline, "o_ann", channels=2)
    first = world.do(command)
    world.offline("o_ann")
    assert world.do(command) == first
    assert not world.desk.is_online("o_ann")


def test_desk_keeps_a_bounded_number_of_commands() -> None:
    world = World().open_shop()
    commands = [world.by_operator(c.GoOnline, "o_ann") for _ in range(COMMANDS_KEPT + 1)]
    answers = [world.do(command) for command in commands]
    assert len(world.desk.commands) == COMMANDS_KEPT
    assert world.do(commands[1]) == answers[1]
    assert world.do(commands[0]) != answers[0]


def test_command_of_the_system_is_kept_by_nobody() -> None:
    world, conversation = talking()
    kept = len(world.desk.commands)
    world.system(c.MarkVisitorAway, conversation=conversation)
    assert len(world.desk.commands) == kept
