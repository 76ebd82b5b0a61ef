"""Small parts of REST: the reference names every route, bodies and cells are what they seem."""

import csv
import io
from typing import Any, cast

import msgspec
import pytest
from msgspec import Struct

from contracts.conversations.appearance import Language
from contracts.engagement.campaigns import Slug
from contracts.engagement.polls import AnswerId
from contracts.engagement.reviews import OrderStatus
from services.gateway.access.origins import Origins
from services.gateway.rest import messages_openapi, transcript
from services.gateway.rest.bodies import member_of, place_of
from services.gateway.rest.cors import ShopPages
from services.gateway.rest.offline import form, inbox
from services.gateway.rest.openapi import document
from services.gateway.rest.spreadsheets import csv_row, harmless


class Anything:
    """Has whatever it is asked for."""

    def __getattr__(self, name: str) -> "Anything":
        return Anything()

    async def __call__(self, *_: Any) -> None:
        """As a handler."""


def test_reference_names_every_route_of_messages_and_no_other() -> None:
    anything = cast(Any, Anything())
    pages = ShopPages(anything, Origins())
    routes = [*form.routes(anything, pages), *inbox.routes(anything), *transcript.routes(anything, pages)]
    served = {(route.path, method.lower()) for route in routes for method in route.methods or ()}
    named = {
        (path, method) for path, item in messages_openapi.paths().items() for method in item if method != "parameters"
    }
    assert named == {(path, method) for path, method in served if method not in ("head", "options")}


def test_reference_names_only_schemas_that_it_has() -> None:
    said = document()
    text = msgspec.json.encode(said).decode()
    named = {part.partition('"')[0] for part in text.split("#/components/schemas/")[1:]}
    assert named <= set(said["components"]["schemas"])


class Inner(Struct, forbid_unknown_fields=True):
    size: int


class Outer(Struct, forbid_unknown_fields=True):
    inner: Inner
    texts: dict[str, str] = {}


@pytest.mark.parametrize(
    ("body", "member"),
    [
        (b"{}", "inner"),
        (b"[]", "body"),
        (b'{"inner":{}}', "inner.size"),
        (b'{"inner":{"size":"1"}}', "inner.size"),
        (b'{"inner":{"size":1,"colour":2}}', "inner.colour"),
        (b'{"inner":{"size":1},"texts":{"a":1}}', "texts"),
        (b'{"inner":{"size":1},"colour":1}', "colour"),
    ],
)
def test_wrong_member_is_named_by_its_path(body: bytes, member: str) -> None:
    with pytest.raises(msgspec.ValidationError) as caught:
        msgspec.json.decode(body, type=Outer)
    assert member_of(caught.value)[0] == member


@pytest.mark.parametrize("spelling", [Language, Slug, AnswerId, OrderStatus])
def test_wrong_spelling_in_a_list_is_named_by_its_place_and_said_in_words(spelling: Any) -> None:
    body = msgspec.defstruct("Body", [("names", list[spelling])])
    with pytest.raises(msgspec.ValidationError) as caught:
        msgspec.convert({"names": ["en", "Ä!"]}, body)
    place, said = place_of(caught.value)
    assert place == "names[1]"
    assert said.startswith(("A language is like", "It has up to 40"))


@pytest.mark.parametrize("text", ["=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\t=1", " =1", "\r=1", "|x", "%x"])
def test_cell_runs_no_formula(text: str) -> None:
    assert harmless(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "Anna", "+48 601 555 018", "-5", "a=b", "1 + 1"])
def test_harmless_cell_stays_as_it_is(text: str) -> None:
    assert harmless(text) == text


def test_row_is_read_back_as_it_was_written() -> None:
    row = csv_row(["a,b", 'say "hi"', "two\nlines", None, 5])
    assert next(csv.reader(io.StringIO(row, newline=""))) == ["a,b", 'say "hi"', "two\nlines", "", "5"]
