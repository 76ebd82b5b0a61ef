"""Whatever a push service answers, or does not: each push is sent, or given up for a reason that is written down."""

import signal
import time

import pytest
from starlette.responses import Response

from services.common.settings import Settings
from tests.integration.notifier.pushing import Desk, pusher
from tests.integration.notifier.test_processes import PATIENT, running
from tests.support.push_service import PushService, push_service
from tests.support.waiting import eventually


@pytest.mark.parametrize("status", [410])
async def test_subscription_that_has_ended_is_forgotten(desk: Desk, service: PushService, status: int) -> None:
    service.on_push = lambda _: Response(status_code=status)
    desk.away("o_maja")
    desk.say(desk.talk())
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
    desk.say(desk.talk())
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
        asked_at.append(time.monotonic())
        return Response(status_code=429, headers={"Retry-After": "5"}) if asked == 0 else None

    service.on_push = slow_down
    desk.away("o_maja")
    async with pusher(desk.settings) as pushing:
        desk.say(desk.talk())
        await pushing.note()
        await eventually(lambda: len(service.taken) >= 2, 20)
    later = [at for at in asked_at if at - asked_at[0] > 3.0]  # what was under way already may come before
    assert len(later) >= 1
    assert later[0] - asked_at[0] >= 4.9


async def test_service_that_is_away_is_tried_again_until_it_is_back(settings: Settings) -> None:
    service = PushService()
    async with push_service(service):
        browser = service.subscribe()
    desk = Desk(settings)
    desk.hire("o_maja", browser)
    desk.online("o_maja")
    desk.away("o_maja")
    desk.say(desk.talk())
    async with pusher(settings) as pushing:
        await pushing.note()
        await eventually(lambda: desk.pushes() and desk.pushes()[0][3] == "The push service can't be reached.")
        async with push_service(service):
            await eventually(lambda: desk.pushes()[0][2] == "sent", 20)
    assert len(service.taken) == 1


async def test_machines_of_our_own_network_are_not_spoken_to(desk: Desk, service: PushService) -> None:
    desk.away("o_maja")
    desk.say(desk.talk())
    async with pusher(desk.settings, private=False) as pushing:
        await pushing.note()
        await eventually(lambda: desk.pushes() and desk.pushes()[0][2] == "failed")
    assert service.asked == 0


@pytest.mark.slow
async def test_one_killed_between_the_services_yes_and_its_own_note_pushes_again_under_the_same_topic(
    desk: Desk, service: PushService
) -> None:
    desk.away("o_maja")
    desk.say(desk.talk())
    private = {"SHOPBELL_PUSH_PRIVATE_NETWORKS": "on"}
    nowhere = "smtp://127.0.0.1:1"
    with running(desk.settings, nowhere, SHOPBELL_FAILPOINTS="after_push:kill", **private) as first:
        await eventually(lambda: first.poll() == -signal.SIGKILL, 30, "the kill")
        assert [row[2] for row in desk.pushes()] == ["sending"]
    with running(desk.settings, nowhere, **private, **PATIENT):
        await eventually(lambda: [row[2] for row in desk.pushes()] == ["sent"], 30)
    first_taken, second_taken = service.taken
    assert first_taken.headers["topic"] == second_taken.headers["topic"]
    assert first_taken.payload == second_taken.payload
