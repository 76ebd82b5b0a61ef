"""From what a visitor says to an operator's browser, while the dashboard is closed and only then."""

import signal
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from starlette.responses import Response

from contracts.conversations import events as happened
from services.common.settings import Settings
from services.notifier.push.housekeeping import tidy
from tests.integration.notifier.pushing import CONTACT, Desk, pusher
from tests.integration.notifier.test_processes import running
from tests.support.push_service import PushService, push_service
from tests.support.told import Told, append
from tests.support.waiting import eventually


@pytest.fixture
async def service() -> AsyncIterator[PushService]:
    async with push_service() as pushing:
        yield pushing
    assert pushing.wrong == []


@pytest.fixture
def desk(settings: Settings, service: PushService) -> Desk:
    """Maja is online, and wants to be pushed to in Polish."""
    made = Desk(settings)
    made.hire("o_maja", service.subscribe(), "pl-PL")
    made.online("o_maja")
    return made


def say(desk: Desk, told: Told, text: str = "Is anybody there?") -> None:
    append(desk.settings, told.visitor_says(text))


async def test_visitors_word_reaches_the_browser_of_who_is_away_and_says_nothing_of_it(
    desk: Desk, service: PushService
) -> None:
    told = desk.talk()
    say(desk, told, "Seen at once")
    told.operator_says("Of course", "o_maja")
    append(desk.settings, told)
    desk.away("o_maja")
    say(desk, told, "Planted secret")
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
    say(desk, told)
    desk.away("o_maja")
    desk.back("o_maja")
    say(desk, told)
    desk.offline("o_maja", "asked")
    say(desk, told)
    async with pusher(desk.settings) as pushing:
        await pushing.note()
    assert desk.pushes() == []


async def test_what_was_said_in_the_moments_before_they_were_marked_away_is_pushed(
    desk: Desk, service: PushService
) -> None:
    answered, old, unheard = desk.talk(), desk.talk(), desk.talk()
    say(desk, answered)
    append(desk.settings, answered.operator_says("Yes", "o_maja"))
    say(desk, old)
    desk.now += timedelta(seconds=100)
    late = Told(desk.shop, start=desk.now)
    late.id, late.person, late.secret, late.key = unheard.id, unheard.person, unheard.secret, unheard.key
    late.events = list(unheard.events)
    say(desk, late)
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
    say(desk, his)
    handed = desk.talk("o_bob").add(
        happened.ConversationTransferred, to="o_maja", channel=2, how="transfer", operator="o_bob"
    )
    append(desk.settings, handed)
    taken_over = desk.talk("o_maja").add(
        happened.ConversationTransferred, to="o_bob", channel=3, how="take_over", operator="o_bob"
    )
    say(desk, taken_over)
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
    say(other, other.talk("o_zoe"))
    async with pusher(desk.settings) as pushing:
        await pushing.note()
    assert desk.pushes() == []
    assert desk.execute("SELECT operator FROM push.absence") == [("o_maja",)]


async def test_many_words_before_the_first_is_sent_are_one_push(desk: Desk, service: PushService) -> None:
    desk.away("o_maja")
    told = desk.talk()
    service.on_push = lambda asked: Response(status_code=503, headers={"Retry-After": "3"}) if asked == 0 else None
    async with pusher(desk.settings) as pushing:
        say(desk, told)
        await pushing.note()
        await eventually(lambda: desk.pushes()[0][3] is not None)
        desk.execute("UPDATE push.message SET next_at = now() + interval '1 hour'")
        for number in range(4):
            say(desk, told, f"Number {number}")
            await pushing.note()
        assert [row[2] for row in desk.pushes()] == ["pending"]
        desk.execute("UPDATE push.message SET next_at = now()")
        await eventually(lambda: desk.pushes()[0][2] == "sent", 20)
    assert len(desk.pushes()) == len(service.taken) == 1


async def test_what_is_told_to_every_browser_of_an_operator_is_told_once_each(desk: Desk, service: PushService) -> None:
    desk.hire("o_maja", service.subscribe(), "en")
    desk.away("o_maja")
    say(desk, desk.talk())
    async with pusher(desk.settings) as first, pusher(desk.settings) as second:
        await first.note()
        await second.note()
        await eventually(lambda: [row[2] for row in desk.pushes()] == ["sent", "sent"])
    assert {taken.payload["lang"] for taken in service.taken} == {"pl", "en"}


@pytest.mark.parametrize("status", [410])
async def test_subscription_that_has_ended_is_forgotten(desk: Desk, service: PushService, status: int) -> None:
    service.on_push = lambda _: Response(status_code=status)
    desk.away("o_maja")
    say(desk, desk.talk())
    async with pusher(desk.settings) as pushing:
        await pushing.note()
        await eventually(lambda: desk.execute("SELECT id FROM push.subscription") == [])
        await pushing.note()
    assert service.asked == 1
    assert desk.pushes() == []


@pytest.mark.parametrize("status", [403, 301])
async def test_refusal_for_good_is_final(desk: Desk, service: PushService, status: int) -> None:
    service.on_push = lambda _: Response(status_code=status, headers={"Location": "http://127.0.0.1:1/"})
    desk.away("o_maja")
    say(desk, desk.talk())
    async with pusher(desk.settings) as pushing:
        await pushing.note()
        await eventually(lambda: desk.pushes() and desk.pushes()[0][2] == "failed")
    assert service.asked == 1
    assert desk.pushes()[0][3].startswith(str(status))
    assert "127.0.0.1" not in desk.pushes()[0][3]


async def test_push_service_that_asks_for_time_gets_it_for_all_its_browsers(desk: Desk, service: PushService) -> None:
    desk.hire("o_maja", service.subscribe(), "en")
    asked_at: list[float] = []

    def slow_down(asked: int) -> Response | None:
        asked_at.append(datetime.now(UTC).timestamp())
        return Response(status_code=429, headers={"Retry-After": "2"}) if asked == 0 else None

    service.on_push = slow_down
    desk.away("o_maja")
    async with pusher(desk.settings) as pushing:
        desk.execute("UPDATE push.subscription SET locale = locale")
        say(desk, desk.talk())
        await pushing.note()
        await eventually(lambda: len(service.taken) >= 2, 20)
    later = [at for at in asked_at if at - asked_at[0] > 1.0]
    assert len(later) >= 1
    assert later[0] - asked_at[0] >= 1.9


async def test_service_that_is_away_is_tried_again_until_it_is_back(settings: Settings) -> None:
    service = PushService()
    async with push_service(service):
        browser = service.subscribe()
    desk = Desk(settings)
    desk.hire("o_maja", browser)
    desk.online("o_maja")
    desk.away("o_maja")
    say(desk, desk.talk())
    async with pusher(settings) as pushing:
        await pushing.note()
        await eventually(lambda: desk.pushes() and desk.pushes()[0][3] == "The push service can't be reached.")
        async with push_service(service):
            await eventually(lambda: desk.pushes()[0][2] == "sent", 20)
    assert len(service.taken) == 1


@pytest.mark.parametrize("happens", ["back", "signed out", "disabled", "another signs in"])
async def test_push_that_is_not_wanted_any_more_when_its_turn_comes_is_dropped(
    desk: Desk, service: PushService, happens: str
) -> None:
    service.on_push = lambda asked: Response(status_code=503, headers={"Retry-After": "3"}) if asked == 0 else None
    desk.away("o_maja")
    say(desk, desk.talk())
    async with pusher(desk.settings) as pushing:
        await pushing.note()
        await eventually(lambda: desk.pushes() and desk.pushes()[0][3])
        desk.execute("UPDATE push.message SET next_at = now() + interval '1 hour'")
        if happens == "back":
            desk.back("o_maja")
        else:
            desk.execute(
                {
                    "signed out": "UPDATE staff.session SET ended_at = now()",
                    "disabled": "UPDATE staff.account SET disabled_at = now()",
                    "another signs in": (
                        "WITH other AS (INSERT INTO staff.account (id, shop, email, password_hash, name, role)"
                        " VALUES ('o_x', 'morrow', 'x@morrow.example', '', 'X', 'operator') RETURNING id)"
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
    say(desk, desk.talk())
    async with pusher(settings) as pushing:
        await pushing.note()
        assert desk.pushes() == []
        assert desk.execute("SELECT operator FROM push.absence") == [("o_maja",)]
        desk.now = datetime.now(UTC)
        told = desk.talk()
        say(desk, told)
        await pushing.note()
        await eventually(lambda: [row[2] for row in desk.pushes()] == ["sent"])
    assert service.taken[0].payload["conversation"] == str(told.id)


async def test_machines_of_our_own_network_are_not_spoken_to(desk: Desk, service: PushService) -> None:
    desk.away("o_maja")
    say(desk, desk.talk())
    async with pusher(desk.settings, private=False) as pushing:
        await pushing.note()
        await eventually(lambda: desk.pushes() and desk.pushes()[0][2] == "failed")
        named = "UPDATE push.subscription SET endpoint = 'https://localhost.morrow.example/x'"
        desk.execute(named)
    assert service.asked == 0


@pytest.mark.slow
async def test_one_killed_between_the_services_yes_and_its_own_note_pushes_again_under_the_same_topic(
    desk: Desk, service: PushService
) -> None:
    desk.away("o_maja")
    say(desk, desk.talk())
    private = {"SHOPBELL_PUSH_PRIVATE_NETWORKS": "on"}
    nowhere = "smtp://127.0.0.1:1"
    with running(desk.settings, nowhere, SHOPBELL_FAILPOINTS="after_push:kill", **private) as first:
        await eventually(lambda: first.poll() == -signal.SIGKILL, 30, "the kill")
        assert [row[2] for row in desk.pushes()] == ["sending"]
    with running(desk.settings, nowhere, **private):
        await eventually(lambda: [row[2] for row in desk.pushes()] == ["sent"], 30)
    first_taken, second_taken = service.taken
    assert first_taken.headers["topic"] == second_taken.headers["topic"]
    assert first_taken.payload == second_taken.payload


async def test_nothing_is_kept_longer_than_it_is_needed(desk: Desk, service: PushService) -> None:
    desk.away("o_maja")
    say(desk, desk.talk())
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
