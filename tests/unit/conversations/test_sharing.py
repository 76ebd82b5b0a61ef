"""Who takes what, from whom, and when."""

from services.common.eventlog.sharing import Owned, Worker, desired_owner, living, plan

WORKERS = ("one", "two", "three")


def mine(worker: str, workers: tuple[str, ...] = WORKERS) -> int:
    """A partition that belongs to this worker."""
    return next(number for number in range(16) if desired_owner(number, workers) == worker)


def test_every_worker_gets_some_and_only_the_partitions_of_who_goes_move() -> None:
    before = {number: desired_owner(number, WORKERS) for number in range(16)}
    assert set(before.values()) == set(WORKERS)
    after = {number: desired_owner(number, ("one", "two")) for number in range(16)}
    assert {number for number in before if before[number] != after[number]} == {
        number for number in before if before[number] == "three"
    }


def test_who_is_silent_or_severed_counts_as_dead() -> None:
    seen = [
        Worker("fresh", 0.4, connected=True),
        Worker("slow", 1.9, connected=True),
        Worker("paused", 2.1, connected=True),
        Worker("killed", 1.1, connected=False),
        Worker("reconnecting", 0.9, connected=False),
    ]
    assert living("me", seen) == {"me", "fresh", "slow", "reconnecting"}


def test_what_nobody_owns_is_taken_by_whom_it_belongs_to() -> None:
    row = Owned(mine("one"), 4, None)
    assert plan("one", {}, [row], WORKERS).take == [row]
    assert plan("two", {}, [row], WORKERS).take == []


def test_a_dead_owner_is_disconnected_and_replaced() -> None:
    row = Owned(mine("one", ("one", "two")), 4, "three")
    todo = plan("one", {}, [row], ("one", "two"))
    assert (todo.take, todo.ends) == ([row], {"three"})


def test_who_was_away_itself_gives_the_others_time_to_come_back() -> None:
    others, ours = Owned(mine("one", ("one", "two")), 4, "three"), Owned(mine("two", ("one", "two")), 7, "one")
    todo = plan("one", {ours.partition: 7}, [others, ours], ("one", "two"), patient=True)
    assert (todo.take, todo.give, todo.ends) == ([], [], set())


def test_a_living_owner_is_left_alone_until_it_gives() -> None:
    row = Owned(mine("one"), 4, "two")
    assert plan("one", {}, [row], WORKERS).take == []
    assert plan("two", {row.partition: 4}, [row], WORKERS).give == [row.partition]


def test_a_higher_epoch_means_lost() -> None:
    row = Owned(mine("one"), 5, "two")
    todo = plan("one", {row.partition: 4}, [row], WORKERS)
    assert (todo.lost, todo.give, todo.take) == ([row.partition], [], [])


def test_what_we_owned_in_an_earlier_life_is_taken_again_or_released() -> None:
    ours, others = Owned(mine("one"), 4, "one"), Owned(mine("two"), 4, "one")
    todo = plan("one", {}, [ours, others], WORKERS)
    assert (todo.take, todo.release, todo.ends) == ([ours], [others], set())
