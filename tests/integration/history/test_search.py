"""Search in history: what is found, in which order, and that it makes no difference how it is found."""

import sys
from datetime import timedelta

import psycopg
import pytest

from contracts.conversations import events as happened
from services.common.settings import Settings
from services.common.words import LONGEST_WORD, MOST_WORDS, add_texts, words_of
from services.gateway.rest.history import routes as history_routes
from services.gateway.rest.history import store as history_store
from tests.integration.history.conftest import Rest
from tests.integration.history.people import customer
from tests.support.told import START, Told


@pytest.mark.parametrize(
    "words", ["żywiec", "Ship żyw", "4711", "anna@example.org", "anna", "ANNA ship", "ship'", "ship & | !", "note"]
)
async def test_search_finds_words_said_and_who_said_them(rest: Rest, words: str) -> None:
    told = customer("4711", 0, name="Anna", email="anna@example.org").visitor_says("Do you ship to Żywiec? anna")
    told.add(happened.NoteAdded, operator="o_ann", text="A note")
    await rest.tell(told, Told().started().visitor_says("Something else"))
    assert await rest.ids(q=words) == [str(told.id)]


@pytest.mark.parametrize("archived", [True, False])
async def test_words_may_stand_anywhere_in_a_conversation_without_case_and_accents(rest: Rest, archived: bool) -> None:
    """Found by the index once a conversation is archived, and row by row before."""
    told = customer("4711", 0, name="Mateusz Zieliński", phone="+48 601 555 018")
    told.visitor_says("Czy macie tę LAMPĘ?").operator_says("Yes, in blue")
    told.add(happened.NoteAdded, operator="o_ann", text="Regular")
    await rest.tell(told.archived() if archived else told, Told().started().visitor_says("Lampy"))
    for words in ("zielinski lampe blue", "LAMPĘ", "lam blu", "ielin", "nski", "601555", "711", "regul", "+48 601"):
        assert await rest.ids(q=words) == [str(told.id)], words
    for words in ("lampe green", "ampe", "zielinskimateusz", "lampę!x"):
        assert await rest.ids(q=words) == [], words


async def test_search_goes_through_weeks_in_order_and_by_pages(rest: Rest) -> None:
    said = [Told(start=START + timedelta(days=5 * n)).started().visitor_says("Hello").archived() for n in range(9)]
    ongoing = Told(start=START + timedelta(days=12)).started().visitor_says("hello?")
    others = [Told(start=START + timedelta(days=5 * n)).started().visitor_says("Bye").archived() for n in range(9)]
    elsewhere = Told(shop="other", start=START).started().visitor_says("Hello").archived()
    await rest.tell(*said, ongoing, *others, elsewhere)
    newest_first = [
        str(told.id) for told in sorted([*said, ongoing], key=lambda told: -told.events[0].timestamp.timestamp())
    ]
    for limit in (1, 2, 3, 50):
        assert await rest.ids(q="hello", limit=limit) == newest_first
        assert await rest.ids(q="hello", limit=limit, sort="last_message_at") == newest_first[::-1]
    assert await rest.ids(q="hello", status="archived") == [one for one in newest_first if one != str(ongoing.id)]
    assert await rest.ids(q="hello", status="open") == [str(ongoing.id)]
    assert await rest.ids(q="hello", **{"from": "2026-03-06", "to": "2026-03-16"}) == [
        str(told.id) for told in (said[3], ongoing, said[2], said[1])
    ]
    assert (await rest.get("/count", q="hello")) == {"conversations": 10, "more": False}


async def test_search_in_order_of_customers_is_the_same_for_few_and_many(
    rest: Rest, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = [customer(f"{n % 3}", n * 8_000).visitor_says("Hello").archived() for n in range(5)]
    await rest.tell(*said, customer("9", 1).visitor_says("hello"), Told().started().visitor_says("Bye").archived())
    found = await rest.ids(q="hello", sort="customer", limit=2)
    assert found[:4] == [str(said[n].id) for n in (3, 0, 4, 1)]
    assert len(found) == 6
    monkeypatch.setattr(history_store, "MOST_SORTED", 1)
    assert await rest.ids(q="hello", sort="customer", limit=2) == found


@pytest.mark.parametrize("archived", [True, False])
async def test_list_is_narrowed_by_operator_rating_and_who_was_signed_in(rest: Rest, archived: bool) -> None:
    bobs = Told().started().visitor_says("Hello")
    bobs.add(happened.ConversationTransferred, operator="o_ann", to="o_bob", channel=2, how="transfer")
    rated, other = customer("4711", 1).visitor_says("Hello"), Told().started()
    for told in (bobs, rated, other) if archived else ():
        told.archived()
    rated.add(happened.ConversationRated, score=2, comment="Slow")
    await rest.tell(bobs, rated, other)
    everybody = {str(told.id) for told in (bobs, rated, other)}
    for narrowing, expected in (
        ({"operator": "o_bob"}, [bobs]),
        ({"rating": "2"}, [rated]),
        ({"rating": "1,2,5"}, [rated]),
        ({"rating": "none"}, [bobs, other]),
        ({"rating": "none,2"}, [bobs, rated, other]),
        ({"signed_in": "true"}, [rated]),
        ({"signed_in": "false", "operator": "o_ann"}, [other]),
        ({"q": "hello", "operator": "o_ann"}, [rated]),
        ({"q": "slow", "rating": "1"}, []),
        ({"operator": "o_nobody"}, []),
    ):
        assert set(await rest.ids(**narrowing)) == {str(told.id) for told in expected}, narrowing
        assert (await rest.get("/count", **narrowing))["conversations"] == len(expected)
    assert set(await rest.ids()) == everybody


async def test_count_stops_somewhere(rest: Rest, monkeypatch: pytest.MonkeyPatch) -> None:
    await rest.tell(*(Told().started().visitor_says("Hello").archived() for _ in range(4)))
    monkeypatch.setattr(history_routes, "MOST_COUNTED", 3)
    for narrowing in ({}, {"q": "hello"}):
        assert await rest.get("/count", **narrowing) == {"conversations": 3, "more": True}


async def test_search_that_finds_nothing_suggests_what_was_said(rest: Rest) -> None:
    await rest.tell(
        Told().started().visitor_says("Does it go in the dishwasher?").archived(),
        Told().started().visitor_says("My dishwasher broke it"),
        Told(shop="other").started().visitor_says("dishwaters").archived(),
    )
    assert (await rest.get("", q="dishwaser"))["suggestion"] == {"q": "dishwasher", "conversations": 2, "more": False}
    assert (await rest.get("", q="broke dishwaser"))["suggestion"]["q"] == "broke dishwasher"
    for words in ("dishwasher", "", "zzzzzz", "broke go", "!"):
        assert "suggestion" not in await rest.get("", q=words), words


@pytest.mark.parametrize("words", ["krakow", "ship & krakow", "'", "\\", ":*", "!"])
async def test_search_for_what_nobody_said_finds_nothing(rest: Rest, words: str) -> None:
    await rest.tell(Told().started().visitor_says("Do you ship to Żywiec?"))
    assert await rest.ids(q=words) == []


async def test_every_letter_there_is_can_be_kept_and_searched_for(rest: Rest) -> None:
    """A word that the index could not take would stop the read tables for good."""
    letters = "".join(chr(point) + " " for point in range(sys.maxunicode + 1) if not 0xD800 <= point <= 0xDFFF)
    kept = list(dict.fromkeys(words_of(letters)))
    assert len(kept) > 100_000
    with psycopg.connect(rest.settings.dsn_of("read")) as read:
        for start in range(0, len(kept), MOST_WORDS):
            some = kept[start : start + MOST_WORDS]
            column = add_texts("", some)
            asked = " & ".join(f"'{word}':*" for word in some)
            (lexemes, nodes), *_ = read.execute(
                "SELECT length(history_words('demo', now(), %s, NULL, NULL, false)), numnode(%s::tsquery)",
                [column, asked],
            )
            assert (lexemes, nodes) == (len(some) + 3, 2 * len(some) - 1)


def test_a_conversation_with_all_the_words_it_may_have_fits_the_index(database_template: Settings) -> None:
    """As long as words get, of letters as wide as letters get, in a shop with the longest name."""
    wide = [chr(0x10428 + number) for number in range(10)]
    words = ["".join(wide[int(digit)] for digit in f"{number:0{LONGEST_WORD}}") for number in range(MOST_WORDS)]
    column = add_texts("", words)
    assert column.split() == words
    with psycopg.connect(database_template.dsn_of("read")) as read:
        query = "SELECT length(history_words(%s, now(), %s, NULL, NULL, false))"
        assert read.execute(query, ["s" * 40, column]).fetchone() == (MOST_WORDS + 3,)
