"""Small parts of REST: the reference names every route, bodies and cells are what they seem."""

import csv
import io
from datetime import UTC, datetime
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
from services.gateway.rest.campaigns.desk import CampaignTime, NewCampaign
from services.gateway.rest.cors import ShopPages
from services.gateway.rest.offline import form, inbox
from services.gateway.rest.openapi import document
from services.gateway.rest.openapi_examples import BODIES
from services.gateway.rest.orders.bodies import NewOrder, NewStatus, StatusOfOrder, checked
from services.gateway.rest.orders.rules import NewReviewRules
from services.gateway.rest.polls.desk import NewPoll
from services.gateway.rest.polls.voting import NewVote
from services.gateway.rest.reviews.form import NewReviews, ReviewsSaid
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


def test_every_operation_has_a_name_and_says_who_may() -> None:
    said = [one for item in document()["paths"].values() for method, one in item.items() if method != "parameters"]
    names = [one["operationId"] for one in said]
    assert len(set(names)) == len(names)
    assert all(one["description"] for one in said)
    assert set(BODIES) <= set(names)


@pytest.mark.parametrize(
    ("operation", "type_"),
    [
        ("post_orders_number_status", NewStatus),
        ("put_review_rules", NewReviewRules),
        ("post_reviews", NewReviews),
        ("post_reviews_token", ReviewsSaid),
        ("post_polls", NewPoll),
        ("post_polls_poll_votes", NewVote),
        ("post_campaigns", NewCampaign),
        ("post_campaigns_campaign_schedule", CampaignTime),
    ],
)
def test_examples_of_bodies_can_be_sent(operation: str, type_: type) -> None:
    for body in BODIES[operation].values():
        msgspec.json.decode(msgspec.json.encode(body), type=type_)


def test_examples_of_orders_can_be_sent() -> None:
    examples = BODIES["post_orders"]
    for order in [examples["one"], *examples["several"]["orders"]]:
        checked(msgspec.convert(order, NewOrder), datetime(2026, 12, 1, tzinfo=UTC))
    for status in BODIES["post_order_statuses"]["several"]["statuses"]:
        msgspec.convert(status, StatusOfOrder)


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
