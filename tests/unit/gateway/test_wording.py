"""What is wrong with a member of a body is said in words, not in those of our types."""

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

import msgspec
import pytest
from msgspec import Meta, Struct

from contracts.conversations.appearance import Color, Language
from contracts.conversations.opening_hours import ClockTime, Date
from contracts.engagement.campaigns import CampaignContent, Slug, TimeOfDay
from contracts.engagement.polls import AnswerId
from contracts.engagement.reviews import OrderStatus
from contracts.ids import CommandId
from services.gateway.rest.bodies import place_of

_PATTERNED = (Language, Color, ClockTime, Date, Slug, TimeOfDay, AnswerId, OrderStatus, CommandId)


@pytest.mark.parametrize("wanted", _PATTERNED, ids=[str(number) for number, _ in enumerate(_PATTERNED)])
def test_a_wrong_spelling_is_told_by_what_is_asked_for(wanted: Any) -> None:
    said = _said("?", wanted)

    assert "regex" not in said
    assert "spelled" not in said


@pytest.mark.parametrize(
    ("value", "wanted", "said"),
    [
        ("x" * 5, Annotated[str, Meta(max_length=4)], "It has more than 4 characters."),
        ("", Annotated[str, Meta(min_length=1)], "It is empty."),
        ([], Annotated[list[int], Meta(min_length=1)], "It is empty."),
        ([0] * 501, Annotated[list[int], Meta(max_length=500)], "It has more than 500 entries."),
        (0, Annotated[int, Meta(ge=1)], "The number is 1 at least."),
        (366, Annotated[int, Meta(le=365)], "The number is 365 at most."),
        ("2", int, "It has to be a whole number, not text."),
        (None, str, "It has to be text, not null."),
        (5, dict[str, int] | None, "It has to be an object or null, not a whole number."),
        ("urgent", Literal["low", "high"], "It is none of the values that it may have; /openapi.json lists them."),
        ("2026-11-08", datetime, "A time is like 2026-11-22T10:00:00+01:00."),
        (
            "2026-11-08T10:00:00",
            Annotated[datetime, Meta(tz=True)],
            "A time needs its zone, as in 2026-11-22T10:00:00+01:00.",
        ),
        ("foo", UUID, "It is no UUID."),
    ],
)
def test_what_does_not_fit_is_told_in_a_sentence(value: Any, wanted: Any, said: str) -> None:
    assert _said(value, wanted) == said


def test_the_member_is_named_beside_it() -> None:
    with pytest.raises(msgspec.ValidationError) as caught:
        msgspec.convert({"notices": {"en": {"subject": "a"}}, "url": "", "topic": "no topic"}, CampaignContent)

    assert place_of(caught.value) == ("topic", "It has up to 32 letters, digits, - and _.")


class Wish(Struct):
    kinds: list[Literal["hot", "cold"]] | None = None
    inner: "Wish | None" = None


@pytest.mark.parametrize(
    ("body", "place"),
    [(b'{"kinds":["hot","warm"]}', "kinds[1]"), (b'{"inner":{"kinds":["warm"]}}', "inner.kinds[0]")],
)
def test_what_may_be_chosen_is_named(body: bytes, place: str) -> None:
    with pytest.raises(msgspec.ValidationError) as caught:
        msgspec.json.decode(body, type=Wish)

    assert place_of(caught.value, Wish) == (place, "It is one of cold, hot.")


def _said(value: Any, wanted: Any) -> str:
    with pytest.raises(msgspec.ValidationError) as caught:
        msgspec.json.decode(msgspec.json.encode(value), type=wanted)
    return place_of(caught.value)[1]
