"""What stays in memory, and for how long."""

from datetime import UTC, datetime
from uuid import UUID

from contracts.conversations.events import DeskOpened
from contracts.conversations.settings import DeskRules
from contracts.ids import desk_id
from services.common.eventlog.held import Held
from services.conversations.definition import EVENTS_BETWEEN_DESK_SNAPSHOTS, snapshot_interval
from services.conversations.domain.desk import Desk

AT = datetime(2026, 1, 1, tzinfo=UTC)


class Clock:
    now = 1000.0

    def __call__(self) -> float:
        return self.now


def desk(shop: str) -> Desk:
    found = Desk.blank(desk_id(shop), shop, AT)
    found.replay(DeskOpened(originator_id=found.id, originator_version=1, timestamp=AT, shop=shop, rules=DeskRules()))
    return found


def holding(*shops: str, most: int = 10) -> tuple[Held, Clock]:
    clock = Clock()
    held = Held(snapshot_interval, most, 60.0, clock)
    for shop in shops:
        held.loaded(desk(shop), 0)
    return held, clock


def test_what_was_just_loaded_stays() -> None:
    held, _ = holding("a", "b")
    assert held.evict_idle() == 0
    assert len(held) == 2


def test_who_is_not_used_for_long_is_forgotten_and_who_is_used_stays() -> None:
    held, clock = holding("a", "b")
    clock.now += 50
    held.begin()
    held.get(desk_id("a"))
    clock.now += 20
    assert held.evict_idle() == 1
    assert held.peek(desk_id("a")) is not None
    assert held.peek(desk_id("b")) is None


def test_of_too_many_the_least_recently_used_go() -> None:
    held, _ = holding("a", "b", "c", most=2)
    held.begin()
    held.get(desk_id("a"))
    assert held.evict_idle() == 1
    assert held.peek(desk_id("b")) is None


def test_what_the_log_does_not_have_is_asked_for_once_a_batch() -> None:
    held, _ = holding("a")
    nobody = UUID(int=1)
    assert held.missing([nobody, desk_id("a")]) == {nobody}
    held.absent([nobody])
    assert held.missing([nobody]) == set()
    held.begin()
    assert held.missing([nobody]) == {nobody}


def test_a_snapshot_is_due_after_so_many_events() -> None:
    held, _ = holding("a")
    one = desk_id("a")
    assert held.snapshots([one]) == []
    aggregate = held.get(one)
    assert aggregate is not None
    for version in range(2, EVENTS_BETWEEN_DESK_SNAPSHOTS + 1):
        aggregate.replay(
            DeskOpened(originator_id=one, originator_version=version, timestamp=AT, shop="a", rules=DeskRules())
        )
    (row,) = held.snapshots([one])
    assert (row.originator_version, row.topic) == (EVENTS_BETWEEN_DESK_SNAPSHOTS, "desk.snapshot.v1")
    assert held.snapshots([one]) == []
