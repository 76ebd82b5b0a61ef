"""From what a visitor says to an operator's browser, while the dashboard is closed and only then."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from starlette.responses import Response

from contracts.conversations import events as happened
from services.common.settings import Settings
from services.notifier.push.housekeeping import tidy
from tests.integration.notifier.pushing import CONTACT, Desk, pusher
from tests.support.push_service import PushService
from tests.support.told import Told, append
from tests.support.waiting import eventually

LATER = Response(status_code=503, headers={"Retry-After": "600"})
"""What a push service answers that wants to be left alone for as long as any test takes."""


async def test_visitors_word_reaches_the_browser_of_who_is_away_and_says_nothing_of_it(
    desk: Desk, service: PushService
) -> None:
    told = desk.talk()
    desk.say(told, "Seen at once")
    told.operator_says("Of course", "o_maja")
    append(desk.settings, told)
    desk.away("o_maja")
    desk.say(told, "Planted secret")
    async with pusher(desk.settings) as pushing:
        await pushing.note()
        await eventually(lambda: desk.pushes() == [("o_maja", "message", "sent", None)])
        (taken,) = service.taken
        assert taken.payload == {
            "title": "Nowa wiadomość",
            "body": "Gość napisał do Ciebie.",
            "lang": "pl",
            "url": f"/dashboard/#/chat/{told.id}",
            "tag": f"shopbell:{told.id}",
            "conversation": str(told.id),
        }
        assert pushing.key.public in taken.headers["authorization"]
    assert taken.claims["sub"] == CONTACT
    assert 0 < int(taken.headers["ttl"]) <= 1_800
    assert (taken.headers["urgency"], len(taken.headers["topic"])) == ("high", 32)
    assert "secret" not in str(desk.execute("SELECT to_jsonb(message) FROM push.message"))


async def test_who_has_a_dashboard_open_is_told_there_alone(desk: Desk, service: PushService) -> None:
    told = desk.talk()
    desk.say(told)
    desk.away("o_maja")
    desk.back("o_maja")
    desk.say(told)
    desk.offline("o_maja", "asked")
    desk.say(told)
    async with pusher(desk.settings) as pushing:
        await pushing.note()
    assert desk.pushes() == []


async def test_what_was_said_in_the_moments_before_they_were_marked_away_is_pushed(
    desk: Desk, service: PushService
) -> None:
    answered, old, unheard = desk.talk(), desk.talk(), desk.talk()
    desk.say(answered)
    append(desk.settings, answered.operator_says("Yes", "o_maja"))
    desk.say(old)
    desk.now += timedelta(seconds=100)
    late = Told(desk.shop, start=desk.now)
    late.id, late.person, late.secret, late.key = unheard.id, unheard.person, unheard.secret, unheard.key
    late.events = list(unheard.events)
    desk.say(late)
    desk.now += timedelta(seconds=25)
    desk.away("o_maja")
    async with pusher(desk.settings) as pushing:
        await pushing.note()
        await eventually(lambda: [row[2] for row in desk.pushes()] == ["sent"])
    assert service.taken[0].payload["conversation"] == str(unheard.id)


async def test_only_who_holds_the_conversation_is_told_and_a_transfer_to_them(desk: Desk, service: PushService) -> None:
    desk.hire("o_bob", service.subscribe())
    desk.online("o_bob")
    mine, his = desk.talk("o_maja"), desk.talk("o_bob")
    append(desk.settings, mine, his)
    desk.away("o_maja")
    desk.say(his)
    handed = desk.talk("o_bob").add(
        happened.ConversationTransferred, to="o_maja", channel=2, how="transfer", operator="o_bob"
    )
    append(desk.settings, handed)
    taken_over = desk.talk("o_maja").add(
        happened.ConversationTransferred, to="o_bob", channel=3, how="take_over", operator="o_bob"
    )
    desk.say(taken_over)
    async with pusher(desk.settings) as pushing:
        await pushing.note()
        await eventually(lambda: all(row[2] == "sent" for row in desk.pushes()))
    assert [row[:2] for row in desk.pushes()] == [("o_maja", "assigned")] * 2
    shown = {taken.payload["conversation"]: taken.payload["title"] for taken in service.taken}
    assert shown == {str(one.id): "Nowa rozmowa" for one in (handed, taken_over)}


async def test_alert_reaches_the_holder_and_from_the_line_everybody_who_is_absent(
    desk: Desk, service: PushService
) -> None:
    for operator in ("o_bob", "o_cleo"):
        desk.hire(operator, service.subscribe(), "fr")
        desk.online(operator)
    desk.away("o_maja")
    desk.away("o_bob")
    desk.offline("o_bob", "gone")
    told, waiting = desk.talk("o_cleo"), Told(desk.shop, start=desk.now)
    told.add(happened.LeftUnanswered, since=desk.now, operator="o_cleo")
    waiting.add(happened.ConversationStarted, visitor=waiting.person, origin="origin")
    waiting.add(happened.ConversationQueued, place=1).add(happened.LeftUnanswered, since=desk.now)
    append(desk.settings, told, waiting)
    async with pusher(desk.settings) as pushing:
        await pushing.note()
        await eventually(lambda: len(service.taken) == 2)
    assert [row[:2] for row in desk.pushes()] == [("o_bob", "unanswered"), ("o_maja", "unanswered")]
    assert {taken.payload["title"] for taken in service.taken} == {"Un visiteur attend", "Gość czeka"}


async def test_other_shops_and_who_has_no_browser_are_left_in_peace(desk: Desk, service: PushService) -> None:
    other = Desk(desk.settings, "elsewhere")
    other.online("o_zoe")
    desk.away("o_maja")
    other.away("o_zoe")
    other.say(other.talk("o_zoe"))
    async with pusher(desk.settings) as pushing:
        await pushing.note()
    assert desk.pushes() == []
    assert desk.execute("SELECT operator FROM push.absence") == [("o_maja",)]


async def test_many_words_before_the_first_is_sent_are_one_push(desk: Desk, service: PushService) -> None:
    desk.away("o_maja")
    told = desk.talk()
    service.on_push = lambda asked: LATER if asked == 0 else None
    async with pusher(desk.settings) as pushing:
        desk.say(told)
        await pushing.note()
        await eventually(lambda: desk.pushes()[0][3] is not None)
        for number in range(4):
            desk.say(told, f"Number {number}")
            await pushing.note()
        assert [row[2] for row in desk.pushes()] == ["pending"]
    async with pusher(desk.settings):  # nobody has told this one to wait
        desk.execute("UPDATE push.message SET next_at = now()")
        await eventually(lambda: desk.pushes()[0][2] == "sent", 20)
    assert len(desk.pushes()) == len(service.taken) == 1


async def test_what_is_told_to_every_browser_of_an_operator_is_told_once_each(desk: Desk, service: PushService) -> None:
    desk.hire("o_maja", service.subscribe(), "en")
    desk.away("o_maja")
    desk.say(desk.talk())
    async with pusher(desk.settings) as first, pusher(desk.settings) as second:
        await first.note()
        await second.note()
        await eventually(lambda: [row[2] for row in desk.pushes()] == ["sent", "sent"])
    assert {taken.payload["lang"] for taken in service.taken} == {"pl", "en"}


@pytest.mark.parametrize("happens", ["back", "signed out", "disabled", "left", "another signs in"])
async def test_push_that_is_not_wanted_any_more_when_its_turn_comes_is_dropped(
    desk: Desk, service: PushService, happens: str
) -> None:
    service.on_push = lambda asked: LATER if asked == 0 else None
    desk.away("o_maja")
    desk.say(desk.talk())
    async with pusher(desk.settings) as pushing:
        await pushing.note()
        await eventually(lambda: desk.pushes() and desk.pushes()[0][3])
        if happens == "back":
            desk.back("o_maja")
        else:
            desk.execute(
                {
                    "signed out": "UPDATE staff.session SET ended_at = now()",
                    "disabled": "UPDATE staff.account SET disabled_at = now()",
                    "left": "UPDATE staff.membership SET left_at = now()",
                    "another signs in": (
                        "WITH other AS (INSERT INTO staff.account (id, email, password_hash, name)"
                        " VALUES ('o_x', 'x@morrow.example', '', 'X') RETURNING id)"
                        " UPDATE push.subscription SET account = other.id FROM other"
                    ),
                }[happens]
            )
        await pushing.note()
        desk.execute("UPDATE push.message SET next_at = now()")
        await eventually(lambda: desk.pushes()[0][2] == "dropped", 20)
    assert service.taken == []


async def test_what_comes_too_late_is_not_pushed(settings: Settings, service: PushService) -> None:
    desk = Desk(settings, start=datetime.now(UTC) - timedelta(hours=1))
    desk.hire("o_maja", service.subscribe())
    desk.online("o_maja")
    desk.away("o_maja")
    desk.say(desk.talk())
    async with pusher(settings) as pushing:
        await pushing.note()
        assert desk.pushes() == []
        assert desk.execute("SELECT operator FROM push.absence") == [("o_maja",)]
        desk.now = datetime.now(UTC)
        told = desk.talk()
        desk.say(told)
        await pushing.note()
        await eventually(lambda: [row[2] for row in desk.pushes()] == ["sent"])
    assert service.taken[0].payload["conversation"] == str(told.id)


async def test_nothing_is_kept_longer_than_it_is_needed(desk: Desk, service: PushService) -> None:
    desk.away("o_maja")
    desk.say(desk.talk())
    async with pusher(desk.settings) as pushing:
        await pushing.note()
        await eventually(lambda: [row[2] for row in desk.pushes()] == ["sent"])
        await tidy(pushing.pool)
        assert _counts(desk) == (1, 1, 1)
        desk.execute("UPDATE push.message SET created_at = now() - interval '2 days'")
        desk.execute("UPDATE push.absence SET since = now() - interval '13 hours'")
        desk.execute("UPDATE staff.session SET ended_at = now()")
        await tidy(pushing.pool)
    assert _counts(desk) == (0, 0, 0)


def _counts(desk: Desk) -> Any:
    tables = ("push.message", "push.absence", "push.subscription")
    return tuple(desk.execute(f"SELECT count(*) FROM {table}")[0][0] for table in tables)
