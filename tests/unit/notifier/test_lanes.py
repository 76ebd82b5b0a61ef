"""Of one push service so many at once, and the others don't wait for it."""

import asyncio
from uuid import uuid4

import pytest

from services.notifier.lanes import Lanes
from services.notifier.queue import Job


class Parcel(Job, frozen=True, kw_only=True):
    service: str

    @property
    def lane(self) -> str:
        return self.service


def parcel(service: str) -> Parcel:
    return Parcel(id=uuid4(), shop="demo", kind="campaign", attempts=1, tried_for=0.0, service=service)


async def test_slow_service_holds_up_only_what_goes_to_it() -> None:
    lanes: Lanes[Parcel] = Lanes(2)
    slow, quick = [parcel("slow") for _ in range(4)], parcel("quick")
    for one in (*slow, quick):
        lanes.put(one)
    assert [await lanes.get() for _ in range(3)] == [*slow[:2], quick]
    assert lanes.full == ["slow"]
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(lanes.get(), 0)
    lanes.done(slow[0])
    assert await lanes.get() == slow[2]
    assert lanes.drained.is_set()
    assert lanes.full == []
    lanes.done(slow[1])
    assert await lanes.get() == slow[3]
    for one in (*slow[2:], quick):
        lanes.done(one)
    assert lanes.full == []


async def test_services_that_stand_still_leave_some_places_to_one_that_answers() -> None:
    lanes: Lanes[Parcel] = Lanes(32, 64)
    still = [parcel(f"still {which}") for which in range(3) for _ in range(96)]
    for one in still:
        lanes.put(one)
    assert (len(lanes.full), lanes.stuck) == (3, len(still))
    begun = [await lanes.get() for _ in range(32 + 22 + 7)]
    quick = [parcel("quick") for _ in range(20)]
    for one in quick:
        lanes.put(one)
    assert [await lanes.get() for _ in range(2)] == quick[:2]
    for one in begun[:32]:  # given up: others begin, and not only of those that stand still
        lanes.done(one)
    assert sum([(await lanes.get()).service == "quick" for _ in range(20)]) >= 5
