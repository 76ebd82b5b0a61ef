"""What is due waits for the broker without keeping the loop of its partition from waiting, too."""

from collections.abc import Callable
from unittest.mock import AsyncMock, Mock
from uuid import UUID

from services.common.eventlog.definition import Surroundings
from services.engagement.duties import EngagementDuties
from services.engagement.timers.fired import Look
from services.engagement.timers.timer import Timer
from tests.unit.conversations.world import NOON


def duties(wake: Callable[[], None]) -> EngagementDuties:
    around = Surroundings(broker=Mock(), held=Mock(), load=AsyncMock(), founders=AsyncMock(), wake=wake)
    return EngagementDuties(around)


async def test_what_is_found_wakes_the_loop_once_and_lets_it_wait_until_it_is_asked_for() -> None:
    woken: list[bool] = []
    ours = duties(lambda: woken.append(True))
    ours.found([Timer("start_campaign", "demo", UUID(int=1), "start_campaign", NOON)], Look(), NOON)
    assert woken == [True]
    assert not ours.busy, "the loop would go round for ever while the broker is away"
    assert not ours.wanted
    assert len(await ours.due(NOON)) == 1
    assert not await ours.due(NOON)
    assert ours.wanted
