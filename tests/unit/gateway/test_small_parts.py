"""The pure parts of the gateway: texts, buckets, the socket's state, origins, tokens, settings."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.conversations.settings import ShopSettings
from services.common.master_key import MasterKey
from services.gateway.access.origins import Origins, normal, spelled
from services.gateway.access.tokens import LIFE_SECONDS, BadToken, Tokens
from services.gateway.access.visitor_ids import Identity, Visitor, VisitorIds
from services.gateway.appearance import appearance
from services.gateway.buckets import Bucket, Buckets, Rate
from services.gateway.rest.problems import Problem
from services.gateway.rest.settings_changes import merged
from services.gateway.sockets.state import PATIENCE, Close, SocketState, Wait
from services.gateway.sockets.texts import BadText, clean


@given(st.text())
def test_cleaned_text_is_stable_and_plain(text: str) -> None:
    try:
        once = clean(text)
    except BadText:
        return
    assert clean(once) == once
    assert 1 <= len(once) <= 4_000
    assert all(c in "\n\t" or not (ord(c) < 32 or 127 <= ord(c) < 160) for c in once)


@given(st.lists(st.floats(0, 10), max_size=80))
def test_bucket_never_lets_more_through_than_its_rate(pauses: list[float]) -> None:
    rate, now, passed = Rate(burst=5, per_second=2), 0.0, 0
    bucket = Bucket(rate, now)
    for pause in pauses:
        now += pause
        wait = bucket.take(rate, now)
        passed += not wait
        assert 0 <= wait <= 0.5 + 1e-9
    assert passed <= 5 + 2 * now + 1e-6


def test_buckets_of_different_keys_are_apart() -> None:
    buckets = Buckets(Rate.per_minute(1))
    assert buckets.take("a", 0) == 0
    assert buckets.take("a", 0) == 60
    assert buckets.take("b", 0) == 0
    assert buckets.take("a", 60) == 0


def test_three_bad_frames_in_a_row_close_and_a_good_one_forgives() -> None:
    state = SocketState(None, 0)
    assert state.bad() is None
    assert state.bad() is None
    state.good()
    assert state.bad() is None
    assert state.bad() is None
    assert state.bad() == Close(1008, "three bad frames in a row")


def test_frames_too_fast_are_refused_and_insisting_closes() -> None:
    state = SocketState(Rate(burst=2, per_second=1), 0)
    assert [state.arrived(0), state.arrived(0)] == [None, None]
    assert state.arrived(0) == Wait(1.0)
    assert state.arrived(1) is None
    verdicts = [state.arrived(1) for _ in range(PATIENCE + 1)]
    assert all(isinstance(verdict, Wait) for verdict in verdicts[:-1])
    assert verdicts[-1] == Close(4429, "retry_after=2")


def test_without_a_rate_nothing_is_too_fast() -> None:
    state = SocketState(None, 0)
    assert all(state.arrived(0) is None for _ in range(10_000))


@pytest.mark.parametrize(
    ("origin", "same"),
    [
        ("https://shop.example", "https://SHOP.example:443"),
        ("http://shop.example:80", "http://shop.example"),
        ("https://shop.example/path", "https://shop.example"),
    ],
)
def test_origins_are_compared_in_one_spelling(origin: str, same: str) -> None:
    assert normal(origin) == normal(same) is not None


@pytest.mark.parametrize("origin", ["null", "", "shop.example", "file:///x", "https://", "https://x:port"])
def test_what_is_no_origin(origin: str) -> None:
    assert normal(origin) is None


def scope(**headers: str) -> dict[str, object]:
    return {"headers": [(name.encode(), value.encode()) for name, value in headers.items()]}


def test_only_our_own_and_the_listed_origins_are_allowed() -> None:
    origins = Origins("https://chat.example")
    listed = ["https://shop.example"]
    assert origins.allowed(scope(host="gw:8000"), listed)
    assert origins.allowed(scope(host="gw:8000", origin="http://gw:8000"), listed)
    assert origins.allowed(scope(host="gw:8000", origin="https://chat.example"), listed)
    assert origins.allowed(scope(host="gw:8000", origin="https://shop.example"), listed)
    assert not origins.allowed(scope(host="gw:8000", origin="https://shop.example.evil.example"), listed)
    assert not origins.allowed(scope(host="gw:8000", origin="https://shop.example:444"), listed)
    assert not origins.ours(scope(host="gw:8000", origin="https://shop.example"))
    assert not origins.ours(scope(host="gw:8000", origin="null"))


def test_origin_counts_as_met_where_the_shop_or_the_installation_names_it() -> None:
    public, listed = Origins("https://chat.example"), ["https://shop.example"]
    for origin in ("https://chat.example", "https://shop.example:443"):
        assert public.named(scope(host="gw:8000", origin=origin), listed) == origin
    made_up = scope(host="made-up.example", origin="https://made-up.example")
    assert public.named(made_up, listed) is None
    assert public.named(scope(host="gw:8000"), listed) is None
    assert Origins().named(made_up, listed) == "https://made-up.example"
    assert Origins().named(scope(host="gw:8000", origin="https://made-up.example"), listed) is None


def test_origin_longer_than_any_can_be_is_not_written_down() -> None:
    assert spelled("https://shop.example:443") == "https://shop.example"
    assert spelled(f"https://{'a' * 3_000}.example") is None


@pytest.fixture
def master() -> MasterKey:
    return MasterKey(b"m" * 32)


def tokens_at(master: MasterKey) -> tuple[Tokens, Callable[[float], None]]:
    now = [1_000_000.0]

    def wait(seconds: float) -> None:
        now[0] += seconds

    return Tokens(master, lambda: now[0]), wait


def test_token_is_read_back_for_thirty_days_and_for_its_shop_only(master: MasterKey) -> None:
    tokens, wait = tokens_at(master)
    token = tokens.make("demo", Visitor("g_1", "start-12345"))
    wait(LIFE_SECONDS - 1)
    assert tokens.read("demo", token) == Visitor("g_1", "start-12345")
    with pytest.raises(BadToken, match="another shop"):
        tokens.read("other", token)
    wait(1)
    with pytest.raises(BadToken, match="expired"):
        tokens.read("demo", token)
    with pytest.raises(BadToken, match="not ours"):
        Tokens(MasterKey(b"x" * 32)).read("demo", token)


def test_visitor_ids_are_derived_where_they_must_agree(master: MasterKey) -> None:
    ids, again = VisitorIds(master), VisitorIds(MasterKey(b"m" * 32))
    assert ids.new_guest() != ids.new_guest()
    assert ids.of_customer("demo", "7") == again.of_customer("demo", "7") != ids.of_customer("other", "7")
    assert ids.of_customer("demo", "7").startswith("c_")
    next_one = ids.of_next_conversation("demo", "g_1", "start-1")
    assert next_one == again.of_next_conversation("demo", "g_1", "start-1")
    assert len({next_one, ids.of_next_conversation("demo", "g_1", "start-2"), ids.origin("demo", "g_1")}) == 3


def test_outer_id_is_the_shops_own_of_a_customer() -> None:
    assert Visitor("c_x", None, Identity("7", "Anna")).outer_id == "7"
    assert Visitor("g_x").outer_id == "g_x"


def test_settings_are_merged_and_the_wrong_member_named() -> None:
    assert merged(ShopSettings(), {"limit": 9}) == ShopSettings(limit=9)
    with pytest.raises(Problem) as wrong:
        merged(ShopSettings(), {"header": {"en": 5}})
    assert wrong.value.more["field"] == "header"
    half = merged(ShopSettings(languages=["en", "fr"]), {"welcome": {"fr": "Bonjour"}})
    assert [appearance(half, locale).welcome for locale in ("fr", "en")] == ["Bonjour", "Bonjour"]
    assert merged(ShopSettings(header={"en": "Hi"}), {"limit": 2}).header == {"en": "Hi"}
