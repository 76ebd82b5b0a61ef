"""Parts of reviews: hints for who moderates, tables that are brought, JSON-LD, and what the snippet says."""

import csv
import json
import re
from collections import Counter
from collections.abc import AsyncIterator
from datetime import UTC, date, datetime
from typing import Any
from uuid import uuid4

import pytest

from services.gateway.rest.problems import Problem
from services.gateway.rest.reviews.customers import _check_once, author_of
from services.gateway.rest.reviews.form import NewReview
from services.gateway.rest.reviews.hints import hints_of
from services.gateway.rest.reviews.json_ld import in_html, json_ld
from services.gateway.rest.reviews.names import visible
from services.gateway.rest.reviews.products import _of_product
from services.gateway.rest.reviews.query import ReviewQuery, parse
from services.gateway.rest.reviews.sheet import BadRow, BadSheet, rows_of, written
from services.gateway.rest.reviews.snippet import Found, snippet
from services.gateway.rest.reviews.snippet_texts import LANGUAGES, TEXTS, Words
from services.gateway.rest.reviews.store import Figures, Product, ReviewRow
from services.gateway.rest.reviews.table import rows_as_csv
from services.gateway.rest.spreadsheets import separator_of

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)

# Of schema.org: whose subclass a type is, which types have a property, and which its values are of.
SUBCLASS_OF = {
    "Product": "Thing", "Person": "Thing", "Review": "CreativeWork", "CreativeWork": "Thing",
    "AggregateRating": "Rating", "Rating": "Intangible", "Intangible": "Thing",
}  # fmt: skip
PROPERTIES: dict[str, tuple[set[str], set[str]]] = {
    "aggregateRating": ({"Product", "CreativeWork"}, {"AggregateRating"}),
    "review": ({"Product", "CreativeWork"}, {"Review"}),
    "sku": ({"Product"}, {"Text"}),
    "name": ({"Thing"}, {"Text"}),
    "ratingValue": ({"Rating"}, {"Number", "Text"}),
    "bestRating": ({"Rating"}, {"Number", "Text"}),
    "worstRating": ({"Rating"}, {"Number", "Text"}),
    "reviewCount": ({"AggregateRating"}, {"Integer"}),
    "reviewRating": ({"Review"}, {"Rating"}),
    "author": ({"CreativeWork", "Rating"}, {"Organization", "Person"}),
    "datePublished": ({"CreativeWork"}, {"Date", "DateTime"}),
    "inLanguage": ({"CreativeWork"}, {"Language", "Text"}),
    "reviewBody": ({"Review"}, {"Text"}),
}


def row(stars: int = 5, **fields: Any) -> ReviewRow:
    given: dict[str, Any] = {
        "id": uuid4(), "person": "p", "sku": "mug", "product": "Tide mug", "variant": "340 ml", "stars": stars,
        "language": "en", "written_at": NOW, "confirmed": True, "number": None, "text": "Keeps the heat",
        "author": "Hannah W.", "state": "published", "reply": None, "replied_at": None, "replied_by": None, "seq": 1,
        "image": None, **fields,
    }  # fmt: skip
    return ReviewRow(**given)


def figures_of(*rows: ReviewRow) -> Figures:
    stars = {n: sum(row.stars == n for row in rows) for n in range(1, 6)}
    average = round(sum(row.stars for row in rows) / len(rows), 2) if rows else 0.0
    return Figures(average, len(rows), sum(row.confirmed for row in rows), stars)


def drawn(*rows: ReviewRow, language: str = "en", query: ReviewQuery | None = None, **more: Any) -> str:
    figures = figures_of(*rows)
    found = Found(figures, Product(["en", "fr"], ["240 ml", "340 ml"], "Tide mug"), list(rows), None, len(rows))
    return snippet(
        found,
        query or ReviewQuery(sku="mug"),
        language=language,
        address="https://bell.example/v1/shops/demo/products/mug/reviews.html",
        shop_name="Morrow & Sons",
        zone="Europe/Warsaw",
        json_ld=more.get("ld"),
    )


@pytest.mark.parametrize(
    ("text", "hints"),
    [
        ("Holds 340 ml, cost 34.00 in 2026, 5 stars", []),
        ("call me on 601 555 018 for cheap pots", ["phone"]),
        ("+48 (22) 123-45-67", ["phone"]),
        ("write to ewa.p@posteo.example", ["email"]),
        ("see www.cheap.example or pots.shop", ["link"]),
        ("Nice.The rim is fine", []),
        (None, []),
    ],
)
def test_what_others_had_better_not_read_is_pointed_out(text: str | None, hints: list[str]) -> None:
    assert hints_of(text) == hints


@pytest.mark.parametrize(
    ("name", "author"),
    [
        *(("Hannah Weiss", "Hannah W."), ("Maria del Carmen Ruiz", "Maria R."), ("Żaneta", "Żaneta")),
        *((None, ""), (" ", ""), ("\u200b", ""), ("\u202eWeiss \u200bHannah", "Weiss H.")),
        *(("hannah@posteo.example", ""), ("Hannah Weiss (hannah@posteo.example)", "Hannah W.")),
    ],
)
def test_so_much_of_a_name_is_public(name: str | None, author: str) -> None:
    assert author_of(name) == author


@pytest.mark.parametrize(
    ("name", "seen"),
    [
        ("Anna\n\n\u202eMorrow team\u200b", "Anna Morrow team"),
        ("\u2066Ewa\u2069\u2028P.", "Ewa P."),
        ("\u200b\u200d", ""),
        ("مریم می\u200cخواهد", "مریم می\u200cخواهد"),
    ],
)
def test_names_are_one_line_in_their_own_direction(name: str, seen: str) -> None:
    assert visible(name) == seen
    assert written({"sku": "mug", "stars": "5", "author": name}, "en", NOW, Counter()).author == (seen or None)
    assert "<bdi>" in drawn(row(author=seen))


def test_a_product_is_reviewed_once_in_a_form() -> None:
    _check_once([NewReview("mug", 5), NewReview("bowl", 4)])
    with pytest.raises(Problem, match="once"):
        _check_once([NewReview("mug", 5), NewReview("mug", 5, "And again")])


def test_anybody_is_drawn_a_few_reviews_at_once() -> None:
    assert parse({"limit": "20"}, limit=5, most=20).limit == 20
    with pytest.raises(Problem, match="1 to 20"):
        parse({"limit": "21"}, limit=5, most=20)


def test_page_of_a_product_shows_what_is_published_of_it_whatever_is_asked() -> None:
    asked = _of_product(parse({"state": "waiting", "sku": "bowl", "q": "cheap", "stars": "5"}), "mug")
    assert (asked.state, asked.sku, asked.q, asked.stars) == ("published", "mug", None, 5)
    for stars in ("0", "6", "4.5"):
        with pytest.raises(Problem, match="1 to 5"):
            parse({"stars": stars})


async def test_tables_have_the_separator_that_was_asked_for() -> None:
    async def pages() -> AsyncIterator[list[ReviewRow]]:
        yield [row(text="Two, maybe; three")]

    table = "".join([part async for part in rows_as_csv(pages(), separator_of({"separator": "semicolon"}))])
    assert [one["text"] for one in csv.DictReader(table.splitlines(), delimiter=";")] == ["Two, maybe; three"]
    assert separator_of({}) == ","
    with pytest.raises(Problem, match="separator"):
        separator_of({"separator": "tab"})


def test_a_sheet_is_read_with_either_separator_and_without_its_apostrophes() -> None:
    body = "\ufeffSKU;Stars;Text;State;Confirmed;Written_at\r\nmug;5;'=1+1;published;tak;2026-11-03\r\n".encode()
    ((line, given),) = rows_of(body)
    one = written(given, "pl", NOW, Counter())
    assert (line, one.sku, one.product, one.stars, one.text) == (2, "mug", "mug", 5, "=1+1")
    assert (one.state, one.confirmed, one.language) == ("published", True, "pl")
    assert one.written_at == datetime(2026, 11, 3, tzinfo=UTC)
    assert one.source == written(given, "pl", NOW, Counter()).source


@pytest.mark.parametrize(
    ("cells", "why"),
    [
        ({"stars": "5"}, "sku"),
        ({"sku": "mug", "stars": "6"}, "stars"),
        ({"sku": "mug", "stars": "5", "written_at": "yesterday"}, "written_at"),
        ({"sku": "mug", "stars": "5", "written_at": "2030-01-01"}, "yet to come"),
        ({"sku": "mug", "stars": "5", "written_at": "0001-01-01T00:00:00+14:00"}, "too long ago"),
        ({"sku": "mug", "stars": "5", "language": "English"}, "language"),
        ({"sku": "mug", "stars": "5", "text": "bell\x07"}, "text"),
    ],
)
def test_a_row_that_can_not_be_taken_says_why(cells: dict[str, str], why: str) -> None:
    with pytest.raises(BadRow, match=why):
        written(cells, "en", NOW, Counter())


def test_rows_that_say_the_same_are_as_many_reviews_and_the_same_ones_again() -> None:
    def sources(*rows: dict[str, str]) -> list[str]:
        alike: Counter[str] = Counter()
        return [written(one, "en", NOW, alike).source for one in rows]

    star = {"sku": "mug", "stars": "5"}
    first = sources(star, star, {**star, "id": "7"}, {**star, "variant": "340 ml"})
    assert len(set(first)) == 4
    assert sources(star, star) == first[:2]


def test_a_quote_that_is_not_closed_swallows_nothing() -> None:
    with pytest.raises(BadSheet, match="line 3"):
        rows_of(b'sku,stars,text\nmug,5,"fine"\nmug,4,"fine\nmug,3,good\n')
    with pytest.raises(BadSheet, match="line 2"):
        rows_of(b'sku,stars,text\nmug,4,"fine\nmug,3,good\n')


@pytest.mark.parametrize("body", [b"\xff\xfe", b"product,text\nmug,good\n", b""])
def test_what_is_no_table_of_reviews_is_refused_whole(body: bytes) -> None:
    with pytest.raises(BadSheet):
        rows_of(body)


def kinds_of(value: Any) -> set[str]:
    """The types of schema.org that a value of JSON may be of."""
    match value:
        case {"@type": str(kind)}:
            return {kind, *parents(kind)}
        case int():
            return {"Integer", "Number"}
        case float():
            return {"Number"}
        case str():
            return {"Text", "Date"} if re.fullmatch(r"\d{4}-\d\d-\d\d", value) else {"Text"}
        case _:
            raise AssertionError(f"no value of schema.org: {value!r}")


def parents(kind: str) -> list[str]:
    return [parent, *parents(parent)] if (parent := SUBCLASS_OF.get(kind)) else []


def check(thing: dict[str, Any]) -> None:
    """Every property is one that the type has, and every value one that the property takes."""
    for name, value in thing.items():
        if name.startswith("@"):
            continue
        domain, accepted = PROPERTIES[name]
        assert domain & kinds_of(thing), (thing["@type"], name)
        for one in value if isinstance(value, list) else [value]:
            assert accepted & kinds_of(one), (name, one)
            if isinstance(one, dict):
                check(one)


@pytest.mark.feature("G3")
def test_json_ld_keeps_to_the_vocabulary_of_schema_org() -> None:
    rows = [row(5), row(4, text=None), row(2, author=None)]
    said = json_ld("mug", "Tide mug", figures_of(*rows), rows)
    assert said is not None
    assert said["@context"] == "https://schema.org"
    check(said)
    assert said["aggregateRating"]["ratingValue"] == 3.67
    assert said["aggregateRating"]["reviewCount"] == 3
    scales = [said["aggregateRating"], *(one["reviewRating"] for one in said["review"])]
    assert {(one["worstRating"], one["bestRating"]) for one in scales} == {(1, 5)}
    assert [(one["reviewRating"]["ratingValue"], one.get("reviewBody")) for one in said["review"]] == [
        (5, "Keeps the heat"),
        (4, None),
    ]
    assert [one["author"]["name"] for one in said["review"]] == ["Hannah W."] * 2
    assert date.fromisoformat(said["review"][0]["datePublished"]) == NOW.date()
    assert json_ld("mug", "", figures_of(), []) is None
    told = json_ld("mug", "", figures_of(*rows), [])
    assert told is not None
    assert "review" not in told


def test_nothing_in_json_ld_ends_the_script_that_it_stands_in() -> None:
    rows = [row(text="</script><script>alert(1)</script> <!-- \u2028")]
    said = json_ld("mug", "Tide mug", figures_of(*rows), rows)
    assert said is not None
    text = in_html(said)
    assert not re.search(r"[<>&\u2028]", text)
    assert json.loads(text) == said


def test_what_customers_wrote_is_text_in_the_snippet() -> None:
    page = drawn(row(text='<img src=x onerror="alert(1)">', author="<b>", reply="<i>", replied_at=NOW))
    assert "<img" not in page
    assert "&lt;img" in page
    assert "Morrow &amp; Sons" in page


def test_the_snippet_speaks_its_languages_and_counts_as_they_do() -> None:
    assert set(TEXTS) == set(LANGUAGES)
    same = {key for key in TEXTS["en"] if not key.endswith(".one")}
    assert all(same <= set(texts) for texts in TEXTS.values())
    polish = Words("pl-PL")
    said = [polish.counted("count", n) for n in (1, 3, 5, 12, 22)]
    assert said == ["1 opinia", "3 opinie", "5 opinii", "12 opinii", "22 opinie"]
    assert Words("fr").counted("stars", 0) == "0 étoile"
    assert [polish.counted("count", n) for n in (9_999, 12_480)] == ["9999 opinii", "12\u00a0480 opinii"]
    assert Words("en")("range", first=1, last=5, total=12_480) == "1 to 5 of 12,480"
    assert Words("de").language == "en"
    page = drawn(row(5), row(4), language="pl")
    assert "2 opinie, wszystkie po potwierdzonym zakupie" in page
    assert ">22 listopada 2026</time>, <bdi>340 ml</bdi>" in page
    assert ">4,5<" in page


def test_a_bar_leads_to_the_reviews_with_so_many_stars_and_back() -> None:
    page = drawn(row(5), row(2))
    assert re.findall(r'href="[^"]*stars=(\d)"', page) == ["5", "2"]
    filtered = drawn(row(5), row(2), query=ReviewQuery(sku="mug", stars=2))
    assert 'aria-current="true"' in filtered
    assert "2 stars: show all again" in filtered


def test_a_product_that_nobody_has_reviewed_says_so() -> None:
    assert "Pas encore d’avis" in drawn(language="fr")
