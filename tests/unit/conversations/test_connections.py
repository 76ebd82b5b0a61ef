"""Who is connected, by the word of several gateways."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

from contracts.desks import Leases, OperatorLease, VisitorLease
from services.conversations.presence import LEASE_SECONDS, Connections

START = datetime(2026, 1, 1, tzinfo=UTC)
CHAT = UUID(int=1)


def leases(gateway: str, *, visitors: tuple[UUID, ...] = (), operators: tuple[str, ...] = ()) -> Leases:
    return Leases(
        gateway=gateway,
        visitors=[VisitorLease("shop", one) for one in visitors],
        operators=[OperatorLease("shop", one) for one in operators],
    )


def after(seconds: float) -> datetime:
    return START + timedelta(seconds=seconds)


def test_whoever_any_gateway_names_is_connected() -> None:
    known = Connections(START)
    assert known.renew(leases("a", visitors=(CHAT,), operators=("o_1",)), START) == {"shop"}
    there = known.of("shop", START)
    assert CHAT in there.visitors
    assert "o_1" in there.operators
    assert "o_1" not in known.of("other", START).operators


def test_moving_to_another_gateway_is_no_absence() -> None:
    known = Connections(START)
    known.renew(leases("a", visitors=(CHAT,)), START)
    known.renew(leases("b", visitors=(CHAT,)), after(1))
    known.renew(leases("a"), after(2))
    assert CHAT in known.of("shop", after(2)).visitors
    assert CHAT not in known.of("shop", after(2)).lost


def test_who_goes_is_lost_since_then_and_who_comes_back_is_not() -> None:
    known = Connections(START)
    known.renew(leases("a", visitors=(CHAT,), operators=("o_1",)), START)
    assert known.renew(leases("a"), after(5)) == {"shop"}
    assert known.of("shop", after(6)).lost == {CHAT: after(5), "o_1": after(5)}
    known.renew(leases("b", operators=("o_1",)), after(7))
    assert known.of("shop", after(7)).lost == {CHAT: after(5)}


def test_a_gateway_that_says_nothing_any_more_takes_its_people_with_it() -> None:
    known = Connections(START)
    known.renew(leases("a", visitors=(CHAT,)), START)
    assert known.expire(after(LEASE_SECONDS)) == set()
    assert known.expire(after(LEASE_SECONDS + 1)) == {"shop"}
    assert known.of("shop", after(30)).lost == {CHAT: after(LEASE_SECONDS + 1)}


def test_an_outage_is_nobodys_absence() -> None:
    known = Connections(START)
    known.renew(leases("a", visitors=(CHAT,)), START)
    known.grace_starts_again(after(90))
    assert known.expire(after(100)) == set()
    there = known.of("shop", after(100))
    assert (there.up_since, CHAT in there.visitors, there.lost) == (after(90), True, {})
