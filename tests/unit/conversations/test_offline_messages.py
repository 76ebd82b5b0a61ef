"""What is left while nobody can answer, and what staff do about it."""

from typing import Any
from uuid import UUID

import msgspec
import pytest

from contracts.conversations import commands as c
from contracts.conversations import events as e
from contracts.ids import offline_message_id
from services.common.eventlog.refusals import IdReused, WrongSender
from services.conversations.domain.errors import MessageNotFound, NoAddress, ShopNotFound
from tests.unit.conversations.world import World


def left(world: World, *, email: str | None = "sealed", **fields: object) -> c.LeaveOfflineMessage:
    command = world.next_id()
    made: c.LeaveOfflineMessage = world.by_visitor(
        c.LeaveOfflineMessage,
        "g_1",
        id=command,
        digest="left",
        message=offline_message_id(world.shop, "g_1", command),
        visitor="g_1",
        email=email,
        text="sealed",
        **fields,
    )
    return made


def with_message(email: str | None = "sealed") -> tuple[World, UUID]:
    world = World().open_shop()
    command = left(world, email=email)
    world.do(command)
    return world, command.message


def by_staff(world: World, kind: type[c.Command], message: UUID, **fields: Any) -> None:
    world.do(world.by_operator(kind, "o_ann", message=message, **fields))


def test_a_message_is_left_once_however_often_it_is_sent() -> None:
    world = World().open_shop()
    command = left(world)
    first = world.do(command)
    assert world.names == ["OfflineMessageLeft"]
    assert first == (command.message, 1)
    assert world.do(command) == first
    assert world.happened == []
    world.check_replay()


def test_its_id_with_other_words_is_refused() -> None:
    world = World().open_shop()
    command = left(world)
    world.do(command)
    with pytest.raises(IdReused):
        world.do(msgspec.structs.replace(command, digest="other words"))


def test_operators_answer_again_and_again_and_call() -> None:
    world, message = with_message()
    by_staff(world, c.AnswerOfflineMessage, message, text="sealed", id="answer-0001")
    answered = world.happened[0]
    assert isinstance(answered, e.OfflineMessageAnswered)
    assert (answered.operator, answered.answer) == ("o_ann", "answer-0001")
    by_staff(world, c.AnswerOfflineMessage, message, text="more")
    by_staff(world, c.MarkOfflineMessageCalled, message)
    assert world.events_of(message)[1:] == ["OfflineMessageAnswered", "OfflineMessageAnswered", "OfflineMessageCalled"]
    world.check_replay()


def test_without_an_address_there_is_no_answer_by_mail() -> None:
    world, message = with_message(email=None)
    with pytest.raises(NoAddress):
        by_staff(world, c.AnswerOfflineMessage, message, text="sealed")
    by_staff(world, c.MarkOfflineMessageCalled, message)


def test_a_deleted_message_is_gone_but_a_retry_is_still_answered() -> None:
    world, message = with_message()
    delete = world.by_operator(c.DeleteOfflineMessage, "o_ann", message=message)
    first = world.do(delete)
    assert world.do(delete) == first
    with pytest.raises(MessageNotFound):
        by_staff(world, c.MarkOfflineMessageCalled, message)
    world.check_replay()


def test_visitors_do_not_answer_and_strangers_find_nothing() -> None:
    world, message = with_message()
    with pytest.raises(WrongSender):
        world.do(world.by_visitor(c.AnswerOfflineMessage, "g_1", message=message, text="sealed"))
    with pytest.raises(MessageNotFound):
        by_staff(world, c.DeleteOfflineMessage, offline_message_id(world.shop, "g_2", "another-one"))
    with pytest.raises(ShopNotFound):
        World("nowhere").do(left(World("nowhere")))
