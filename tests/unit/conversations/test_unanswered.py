"""Since when a visitor's word stands unanswered, and the one alert about it."""

from datetime import datetime
from uuid import UUID

from contracts.conversations import commands as c
from contracts.conversations import events as e
from services.conversations import views
from tests.unit.conversations.world import NOON, World


def talking(**settings: object) -> tuple[World, UUID]:
    world = World().open_shop(**{"unanswered_after": 60, **settings})
    world.online("o_ann", 1)
    return world, world.start("g_1")


def since(world: World, conversation: UUID) -> datetime | None:
    summary = views.conversation_summary(world.conversation(conversation))
    assert summary is not None
    return summary.unanswered_since


def notice(world: World, conversation: UUID) -> list[str]:
    world.system(c.NoticeUnanswered, conversation=conversation)
    return world.names


def test_unanswered_since_the_first_word_until_the_operators() -> None:
    world, conversation = talking()
    world.later(seconds=20)
    world.say(conversation, "g_1", "anybody?")
    assert since(world, conversation) == NOON
    world.say(conversation, "o_ann", "yes")
    assert since(world, conversation) is None


def test_nothing_said_needs_no_answer() -> None:
    world = World().open_shop()
    world.online("o_ann", 1)
    assert since(world, world.start("g_1", None)) is None


def test_end_needs_no_answer_and_a_word_that_reopens_does() -> None:
    world, conversation = talking()
    world.end(conversation, "g_1")
    assert since(world, conversation) is None
    world.later(seconds=5)
    world.say(conversation, "g_1", "one more thing")
    assert since(world, conversation) == world.now


def test_alert_comes_after_the_time_of_the_rules_once_until_it_is_answered() -> None:
    world, conversation = talking()
    world.later(seconds=59)
    assert notice(world, conversation) == []
    world.later(seconds=1)
    assert notice(world, conversation) == ["LeftUnanswered"]
    alert = world.happened[0]
    assert isinstance(alert, e.LeftUnanswered)
    assert (alert.since, alert.operator) == (NOON, "o_ann")
    world.later(seconds=600)
    world.say(conversation, "g_1", "hello??")
    assert notice(world, conversation) == []
    world.say(conversation, "o_ann", "sorry")
    world.say(conversation, "g_1", "well")
    world.later(seconds=60)
    assert notice(world, conversation) == ["LeftUnanswered"]


def test_alert_about_who_waits_in_line_names_nobody_and_about_who_is_away_comes_too() -> None:
    world, _ = talking(line=True)
    waiting = world.start("g_2")
    world.system(c.MarkVisitorAway, conversation=waiting)
    world.later(seconds=60)
    assert notice(world, waiting) == ["LeftUnanswered"]
    alert = world.happened[0]
    assert isinstance(alert, e.LeftUnanswered)
    assert alert.operator is None


def test_note_is_no_answer_and_rules_may_want_no_alert() -> None:
    world, conversation = talking(unanswered_after=None)
    world.do(world.by_operator(c.AddNote, "o_ann", conversation=conversation, text="hm"))
    world.later(hours=5)
    assert since(world, conversation) == NOON
    assert notice(world, conversation) == []


def test_snapshot_keeps_it() -> None:
    world, conversation = talking()
    world.check_replay()
    world.later(seconds=60)
    notice(world, conversation)
    world.check_replay()
