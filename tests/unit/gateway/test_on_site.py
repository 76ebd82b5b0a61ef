"""Who is on the site: carts as pages pass them, one visitor out of many tabs and gateways, and not too many at all."""

import time
from typing import Any, cast
from uuid import UUID

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import UNSET

from contracts.presence import OnSite, Seen
from contracts.sockets.common import Operator
from contracts.sockets.operator import VisitorOnSite
from contracts.sockets.visitor import Cart, PageInfo
from services.common.master_key import MasterKey
from services.gateway.access.tokens import VISIT_SECONDS, Tokens
from services.gateway.access.visitor_ids import Visitor
from services.gateway.onsite.carts import cart_of
from services.gateway.onsite.choosing import MOST, MOST_BYTES, by_visitor, chosen
from services.gateway.onsite.gathering import SILENT_AFTER_SECONDS, Gathered
from services.gateway.onsite.here import LINGER_SECONDS, Here
from services.gateway.onsite.sealing import Broken, Seal

TALK = UUID(int=7)


def seen(id_: str, at: float = 1.0, since: int = 0, **members: Any) -> Seen:
    came = f"2026-03-01T12:{since // 60:02}:{since % 60:02}Z"
    return Seen(VisitorOnSite(id=id_, signed_in=False, since=came, **members), at)


@pytest.mark.parametrize(
    ("passed", "cart"),
    [
        ({"pieces": 2}, Cart(pieces=2)),
        ({"pieces": 2.0, "total": 39.9, "currency": "eur"}, Cart(pieces=2, total=39.9, currency="EUR")),
        ({"items": [{"sku": "7"}, {}], "total": "12"}, Cart(pieces=2, total=12)),
        ({"pieces": "3", "currency": "Euro", "total": "39,90 €"}, Cart(pieces=3)),
        ({"pieces": 10**9, "total": 1e300}, Cart(pieces=1_000_000)),
        ({"pieces": True}, None),
        ({"pieces": 0, "total": 0}, Cart(pieces=0, total=0)),
        ({"items": []}, Cart(pieces=0)),
        ({"pieces": -1}, None),
        ({"pieces": [1], "items": {"a": 1}}, None),
        ({"total": 5}, None),
        ({}, None),
    ],
)
def test_of_a_cart_what_makes_sense_is_kept(passed: dict[str, Any], cart: Cart | None) -> None:
    assert cart_of(passed) == cart


@given(
    st.dictionaries(
        st.sampled_from(["pieces", "items", "total", "currency", "x"]),
        st.recursive(st.none() | st.booleans() | st.floats() | st.integers() | st.text(), st.lists, max_leaves=5),
    )
)
def test_whatever_a_page_passes_makes_a_cart_of_the_contract_or_none(passed: dict[str, Any]) -> None:
    cart = cart_of(passed)
    assert cart is None or msgspec.convert(msgspec.to_builtins(cart), Cart) == cart


def test_tabs_of_a_visitor_are_one_with_the_newest_page_and_the_longest_visit() -> None:
    first = seen("g_1", at=5, since=10, page=PageInfo("https://a.example"), conversation=TALK)
    second = seen("g_1", at=9, since=70, page=PageInfo("https://b.example"), cart=Cart(pieces=1))
    for tabs in ([first, second], [second, first]):
        (one,) = by_visitor(tabs).values()
        assert one.visitor.page == PageInfo("https://b.example")
        assert one.visitor.since == first.visitor.since
        assert (one.visitor.conversation, one.visitor.cart) == (TALK, Cart(pieces=1))


def test_of_very_many_those_who_matter_are_shown_and_then_who_came_last() -> None:
    crowd = [seen(f"g_{number}", since=number) for number in range(600)]
    crowd[3] = seen("g_3", since=3, cart=Cart(pieces=1))
    crowd[5] = seen("g_5", since=5, conversation=TALK)
    shown = list(chosen(by_visitor(crowd)))
    assert len(shown) == MOST
    assert shown[:4] == ["g_5", "g_3", "g_599", "g_598"]
    long = PageInfo("https://shop.example/" + "ż" * 480, "ż" * 120)
    wordy = chosen(by_visitor(seen(f"g_{number}", page=long) for number in range(500)))
    assert 100 < len(wordy) < 500
    assert sum(len(msgspec.json.encode(one)) for one in wordy.values()) <= MOST_BYTES


def told(gateway: str, number: int, *here: Seen, whole: bool = False, gone: str = "", more: int = 0) -> OnSite:
    return OnSite(gateway=gateway, number=number, whole=whole, here=list(here), gone=gone.split(), more=more)


def test_what_gateways_tell_adds_up_and_a_hole_is_noticed() -> None:
    site = Gathered()
    assert site.take(told("a", 1, seen("g_1"), seen("g_2"), whole=True), 0.0)
    assert not site.take(told("b", 4, seen("g_9")), 0.0)
    assert site.take(told("b", 5, seen("g_2", at=2), seen("g_3"), whole=True, more=2), 0.0)
    assert site.take(told("a", 2, gone="g_2"), 1.0)
    shown, more = site.shown()
    assert (set(shown), more) == ({"g_1", "g_2", "g_3"}, 2)
    assert not site.take(told("b", 7, gone="g_3"), 1.0)
    assert "g_3" in site.shown()[0]
    assert site.take(told("b", 8, whole=True), 2.0)
    assert set(site.shown()[0]) == {"g_1"}


def test_gateway_that_says_nothing_any_more_takes_its_visitors_along() -> None:
    site = Gathered()
    site.take(told("a", 1, seen("g_1"), whole=True), 0.0)
    site.take(told("b", 1, seen("g_2"), whole=True), 20.0)
    assert not site.forget_silent(SILENT_AFTER_SECONDS)
    assert site.forget_silent(SILENT_AFTER_SECONDS + 1)
    assert set(site.shown()[0]) == {"g_2"}


def test_sealed_visitors_open_for_their_shop_and_installation_alone() -> None:
    seal = Seal(MasterKey(b"k" * 32))
    sealed = seal.close("demo", b"Anna looks at lamps")
    assert b"Anna" not in sealed
    assert Seal(MasterKey(b"k" * 32)).open("demo", sealed) == b"Anna looks at lamps"
    for other, shop in ((seal, "other"), (Seal(MasterKey(b"x" * 32)), "demo")):
        with pytest.raises(Broken):
            other.open(shop, sealed)
    with pytest.raises(Broken):
        seal.open("demo", b"")


def test_visit_goes_on_from_page_to_page_and_ends_with_a_long_pause() -> None:
    now = [time.time()]
    tokens = Tokens(MasterKey(b"k" * 32), lambda: now[0])
    began = int(now[0])
    token = tokens.make("demo", Visitor("g_1"), began)
    for _ in range(3):
        now[0] += VISIT_SECONDS - 5
        found = tokens.read("demo", token)
        assert found.since == began
        token = tokens.make("demo", found, found.since)
    now[0] += VISIT_SECONDS
    assert tokens.read("demo", token).since is None
    assert tokens.read("demo", tokens.make("demo", Visitor("g_1"))).since is None


def test_visitor_without_anything_has_no_such_members() -> None:
    assert set(msgspec.to_builtins(seen("g_1").visitor)) == {"id", "signed_in", "since"}
    assert seen("g_1").visitor.page is UNSET


class Tab:
    """Stands for a visitor's socket."""

    shop, blocked, outbox = "demo", False, cast(Any, None)

    def __init__(self, id_: str, since: int = 0, *, busy: bool = False, remembered: bool = False) -> None:
        self.outer_id, self.since, self.busy, self.remembered = id_, since, busy, remembered

    def seen(self) -> Seen:
        return seen(self.outer_id, since=self.since)

    def invite(self, _operator: Operator, _text: str | None) -> None:
        raise AssertionError("nobody invites here")


def test_visitor_is_here_with_any_tab_and_gone_with_the_last() -> None:
    first, second = Tab("g_1"), Tab("g_1")
    here = Here([first, second])
    assert len(here) == 1
    assert not here.remove(first, 0.0)
    assert set(here.shown(0.0)) == {"g_1"}
    here.remove(second, 0.0)
    assert not here.remove(second, 0.0)
    assert (len(here), here.shown(0.0)) == (0, {})


def test_who_will_be_known_again_lingers_and_is_not_two_when_back() -> None:
    tab = Tab("g_1", remembered=True)
    here = Here([tab])
    assert here.remove(tab, 10.0)
    assert set(here.shown(10.0)) == {"g_1"}
    here.put(Tab("g_1", since=60))
    assert len(here) == 1
    here.remove(tab, 11.0)
    assert set(here.shown(60.0)) == {"g_1"}
    gone = Here([])
    gone.put(tab)
    gone.remove(tab, 10.0)
    assert gone.shown(10.0 + LINGER_SECONDS) == {}
    assert len(gone) == 0


def test_guest_who_becomes_another_in_a_conversation_is_listed_once_and_first() -> None:
    tabs = [Tab(f"g_{number}", since=number) for number in range(600)]
    here = Here(reversed(tabs))
    assert list(here.shown(0.0))[:2] == ["g_599", "g_598"]
    tabs[0].outer_id, tabs[0].busy = "g_new", True
    here.put(tabs[0])
    shown = list(here.shown(0.0))
    assert (shown[0], len(shown), len(here)) == ("g_new", MOST, 600)
    tabs[0].busy = False
    here.put(tabs[0])
    assert next(iter(here.shown(0.0))) == "g_new"
