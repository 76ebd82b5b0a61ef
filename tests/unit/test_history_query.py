"""Parameters of history's list: what is understood, and what is refused with its name."""

from contextlib import suppress
from datetime import UTC, datetime
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.gateway.rest.history import search
from services.gateway.rest.history.query import Cursor, HistoryQuery, parse, parse_filter
from services.gateway.rest.problems import Problem

MARCH = datetime(2026, 3, 1, tzinfo=UTC)


def test_no_parameters_mean_the_newest_fifty() -> None:
    assert parse({}) == HistoryQuery()
    assert parse({"q": " ", "from": "", "cursor": "", "status": "", "limit": ""}) == HistoryQuery()


def test_days_count_whole_and_times_may_have_any_zone() -> None:
    query = parse_filter({"from": "2026-03-01", "to": "2026-03-01"})
    assert (query.since, query.until) == (MARCH, datetime(2026, 3, 2, tzinfo=UTC))
    assert parse_filter({"from": "2026-03-01T02:00:00+02:00"}).since == MARCH
    assert parse_filter({"from": "2026-03-01T02:00:00 02:00"}).since == MARCH
    assert parse_filter({"to": "2026-03-01T00:00:00Z"}).until == MARCH


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("from", "yesterday"),
        ("from", "2026-03-01T00:00:00"),
        ("to", "2026-02-30"),
        ("from", "0001-01-01T00:00:00+14:00"),
        ("to", "9999-12-31"),
        ("sort", "name"),
        ("status", "deleted"),
        ("limit", "0"),
        ("limit", "201"),
        ("limit", "-1"),
        ("limit", "ten"),
        ("limit", "١"),
        ("limit", "9" * 5_000),
        ("q", "x" * 201),
        ("q", "nul\0"),
        ("customer", "\ud800"),
        ("operator", "o_1' | 'x"),
        ("rating", "0"),
        ("rating", "1,,2"),
        ("rating", "six"),
        ("signed_in", "yes"),
        ("ids", "0191c0de"),
        ("ids", ",".join(str(UUID(int=n)) for n in range(201))),
        ("cursor", "?"),
        ("cursor", "bm9uZQ"),
    ],
)
def test_what_makes_no_sense_is_refused_by_name(name: str, value: str) -> None:
    with pytest.raises(Problem) as refused:
        parse({name: value})
    assert refused.value.status == 400
    assert name in refused.value.detail


@given(sort=st.sampled_from(["-last_message_at", "last_message_at", "customer"]), customer=st.text("ab ż'", max_size=9))
def test_cursor_comes_back_as_it_went(sort: str, customer: str) -> None:
    cursor = Cursor(sort, MARCH, uuid4(), customer)  # type: ignore[arg-type]
    assert parse({"sort": sort, "cursor": cursor.encode()}).cursor == cursor


def test_cursor_of_another_order_is_refused() -> None:
    with pytest.raises(Problem, match="another order"):
        parse({"sort": "customer", "cursor": Cursor("last_message_at", MARCH, uuid4()).encode()})


@given(value=st.text(max_size=60))
def test_any_cursor_is_understood_or_refused(value: str) -> None:
    with suppress(Problem):
        parse({"cursor": value})


def test_index_is_asked_for_beginnings_of_words_and_for_whole_names() -> None:
    wanted = parse_filter({"q": "O'Neill ŁÓDŹ", "operator": "o_7", "rating": "none,5", "signed_in": "true"})
    assert search.template(wanted) == "'#o':* & '#neill':* & '#lodz':* & '#.oo_7' & ('#.r0' | '#.r5') & '#.s1'"


@given(q=st.text(max_size=200))
def test_whatever_is_searched_for_the_index_is_asked_in_its_own_signs_only(q: str) -> None:
    with suppress(Problem):
        asked = search.template(parse_filter({"q": q}))
        assert not set("".join(asked.split("':*"))) & set("\\:*!()<>|")


def test_page_asks_for_one_row_more_and_holds_no_value() -> None:
    sql, parameters = search.page("demo", parse({"limit": "10", "customer": "4711", "q": "x"}))
    assert parameters == {"shop": "demo", "limit": 11, "customer": "4711", "word0": "% x%"}
    assert "4711" not in sql


def test_index_of_words_is_asked_by_itself_and_bounds_come_after_it() -> None:
    wanted = parse({"operator": "o_1", "rating": "1", "to": "2026-04-19"})
    sql = " ".join(search.page("demo", wanted)[0].split())
    alone = (
        "WHERE status = 'archived' AND history_words(shop, active_at, words, operator, rating, signed_in) @@ wanted"
        " OFFSET 0) AS found WHERE shop = %(shop)s AND active_at < %(until)s"
    )
    assert alone in sql
