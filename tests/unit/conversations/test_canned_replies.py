"""Canned replies: each shortcut once, so many at most."""

from typing import Any
from uuid import UUID, uuid5

import pytest

from contracts.conversations import commands as c
from contracts.conversations import events as e
from services.conversations.domain import shop as rules
from services.conversations.domain.errors import ReplyNotFound, ShortcutTaken, TooManyReplies
from tests.unit.conversations.world import World


def reply(name: str) -> UUID:
    return uuid5(UUID(int=0), name)


def save(world: World, name: str, shortcut: str, text: str = "Hello!", **fields: Any) -> int:
    return world.do(
        world.by_operator(
            c.SaveCannedReply, "o_ann", reply=reply(name), shortcut=shortcut, texts={"en": text}, **fields
        )
    ).seq


def delete(world: World, name: str) -> None:
    world.do(world.by_operator(c.DeleteCannedReply, "o_ann", reply=reply(name)))


def test_saved_reply_says_who_saved_what() -> None:
    world = World().open_shop()
    save(world, "greeting", "hello")
    saved = world.happened[0]
    assert isinstance(saved, e.CannedReplySaved)
    assert (saved.reply, saved.shortcut, saved.texts, saved.author) == (
        reply("greeting"),
        "hello",
        {"en": "Hello!"},
        "o_ann",
    )
    world.check_replay()


def test_changed_reply_keeps_or_changes_its_shortcut() -> None:
    world = World().open_shop()
    save(world, "greeting", "hello")
    save(world, "greeting", "hello", "Good day!")
    save(world, "greeting", "hi")
    save(world, "other", "hello")
    world.check_replay()


def test_shortcut_of_another_is_refused_until_that_one_is_deleted() -> None:
    world = World().open_shop()
    save(world, "greeting", "hello")
    with pytest.raises(ShortcutTaken) as refused:
        save(world, "other", "hello")
    assert refused.value.code == "invalid"
    delete(world, "greeting")
    save(world, "other", "hello")


def test_one_more_than_are_kept_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rules, "REPLIES_MOST", 2)
    world = World().open_shop()
    save(world, "one", "one")
    save(world, "two", "two")
    with pytest.raises(TooManyReplies):
        save(world, "three", "three")
    save(world, "two", "zwei")


def test_deleting_what_is_not_there_is_not_found() -> None:
    world = World().open_shop()
    with pytest.raises(ReplyNotFound):
        delete(world, "greeting")


def test_retry_gets_the_first_answer() -> None:
    world = World().open_shop()
    first = save(world, "greeting", "hello", id="save-once")
    save(world, "greeting", "hi")
    assert save(world, "greeting", "hello", id="save-once") == first
    assert world.happened == []
