"""The reviews of a product as a piece of HTML, drawn here, so that they stand on a page without a script.

It brings its own styles and takes nothing of the page but its width. `reviews.js` follows its links in place.
"""

from pathlib import Path
from typing import Any, Final, NamedTuple
from urllib.parse import urlencode

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup
from msgspec import Struct

from services.common.times import Clock
from services.gateway.rest.reviews.json_ld import in_html
from services.gateway.rest.reviews.query import Cursor, ReviewQuery
from services.gateway.rest.reviews.snippet_texts import Words
from services.gateway.rest.reviews.store import Figures, Product, ReviewRow

FIRST: Final = 5
MORE: Final = 10
"""Reviews that are shown at once, and how many come on top."""

_HERE: Final = Path(__file__).parent
_TEMPLATE: Final = Environment(
    loader=FileSystemLoader(_HERE), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
).get_template("snippet.html")
_STYLES: Final = Markup((_HERE / "snippet.css").read_text().strip())  # a file of ours


class Found(Struct, frozen=True):
    """What is shown: the figures of the product, and a page of its reviews as the query asks for them."""

    figures: Figures
    product: Product
    rows: list[ReviewRow]
    following: Cursor | None
    matching: int
    """How many the query finds in all, without its place."""


class _Bar(NamedTuple):
    label: str
    reviews: int
    counted: str
    percent: int
    url: str
    on: bool


class _Choice(NamedTuple):
    name: str
    label: str
    value: str
    options: list[tuple[str, str]]


def snippet(
    found: Found,
    query: ReviewQuery,
    *,
    language: str,
    address: str,
    shop_name: str,
    zone: str,
    json_ld: dict[str, Any] | None,
) -> str:
    """The HTML. `address`: where it comes from, without a query; `zone`: in which its dates are written."""
    words, figures = Words(language), found.figures
    page = _Links(address, language, query)
    total = words.counted("count", figures.count)
    all_confirmed = figures.confirmed == figures.count
    seen = query.cursor.seen if query.cursor else 0
    last = seen + len(found.rows)
    return _TEMPLATE.render(
        words=words,
        styles=_STYLES,
        json_ld=Markup(in_html(json_ld)) if json_ld else "",  # made safe there
        figures=figures,
        query=query,
        average=words.number(figures.average),
        confirmed=_confirmed(words, figures, total, all_confirmed),
        note=words("note.all" if all_confirmed else "note.some") if figures.confirmed else "",
        bars=[_bar(words, page, figures, number) for number in range(5, 0, -1)],
        unfiltered=page.to(stars=None),
        address=address,
        kept=page.kept(),
        choices=_choices(words, found.product, query),
        place=_range(words, query, seen + 1, last, found),
        up_to=_range(words, query, 1, last, found),
        rows=found.rows,
        clock=Clock(words.language, zone),
        shop_name=shop_name,
        more=page.to(cursor=found.following.encode(), limit=MORE) if found.following else "",
        left=min(MORE, found.matching - last),
    )


class _Links:
    """Addresses of the same reviews, asked for in another way."""

    def __init__(self, address: str, language: str, query: ReviewQuery) -> None:
        self._address = address
        self._asked: dict[str, object] = {"language": language, "stars": query.stars}
        self._chosen: dict[str, object] = {
            "order": None if query.order == "newest" else query.order,
            "in": query.language,
            "variant": query.variant,
        }

    def to(self, **changed: object) -> str:
        asked = {**self._asked, **self._chosen, **changed}
        return f"{self._address}?{urlencode({name: value for name, value in asked.items() if value})}"

    def kept(self) -> list[tuple[str, object]]:
        """What stays when something else is chosen."""
        return [(name, value) for name, value in self._asked.items() if value]


def _bar(words: Words, page: _Links, figures: Figures, number: int) -> _Bar:
    count = figures.stars[number]
    percent = max(1, round(100 * count / figures.count)) if count else 0
    label, counted = words.counted("stars", number), words.counted("count", count)
    return _Bar(label, count, counted, percent, page.to(stars=number), page.to() == page.to(stars=number))


def _confirmed(words: Words, figures: Figures, total: str, all_confirmed: bool) -> str:
    if not figures.confirmed:
        return total
    which = "some" if not all_confirmed else "one" if figures.count == 1 else "all"
    return words(f"confirmed.{which}", count=total, n=figures.confirmed)


def _range(words: Words, query: ReviewQuery, first: int, last: int, found: Found) -> str:
    """`1 to 4 of 126`, or of those with so many stars `1 of 126`."""
    if found.matching < found.figures.count or found.matching == 1:
        return words("filtered", n=found.matching, total=found.figures.count)
    return words("range", first=first, last=last, total=found.matching)


def _choices(words: Words, product: Product, query: ReviewQuery) -> list[_Choice]:
    """Only between what there is."""
    orders = [(name, words(f"order.{name}")) for name in ("newest", "best", "worst")]
    choices = [_Choice("order", words("order"), query.order, orders)]
    languages = [("", words("in.all")), *((tag, words.language_name(tag)) for tag in product.languages)]
    if len(product.languages) > 1:
        choices.append(_Choice("in", words("in"), query.language or "", languages))
    if len(product.variants) > 1:
        variants = [("", words("variant.all")), *((name, name) for name in product.variants)]
        choices.append(_Choice("variant", words("variant"), query.variant or "", variants))
    return choices
