"""However many conversations a shop has, no frame of its `welcome` is larger than clients take."""

from typing import Any
from uuid import UUID, uuid4

import msgspec
import pytest

from contracts.sockets.common import Operator
from contracts.sockets.operator import DeskState, LastMessage, ShopInfo, Summary, Welcome
from contracts.sockets.visitor import VisitorInfo
from services.gateway.sockets.parts import MOST_BYTES, PAGE_BYTES, parts_of

AT = "2026-03-01T12:00:00Z"
DESK = DeskState(
    online=True, availability="online", operators=[], channels=[], limit=9, busy=0, waiting=0, line=[UUID(int=1)]
)


def summary(status: Any, text: str) -> Summary:
    last = LastMessage(sender="visitor", text=text, at=AT)
    return Summary(id=uuid4(), status=status, visitor=VisitorInfo(id="g_1", signed_in=False), seq=3, last=last)


def welcome(count: int, text: str) -> Welcome:
    statuses = ("ended", "open", "waiting")
    return Welcome(
        operator=Operator("o_1", "Ada"),
        shop=ShopInfo(id="demo", name="Demo", languages=["en"]),
        desk=DESK,
        conversations=[summary(statuses[number % 3], text) for number in range(count)],
    )


def test_welcome_that_fits_is_left_as_it_is() -> None:
    whole = welcome(100, "ż" * 4_000)
    first, more = parts_of(whole)
    assert msgspec.json.decode(first, type=Welcome) == whole
    assert list(more) == []


def test_texts_are_cut_before_anything_is_sent_apart() -> None:
    whole = welcome(200, "ż" * 4_000)
    first, more = parts_of(whole)
    shown = msgspec.json.decode(first)["conversations"]
    assert len(first.encode()) <= MOST_BYTES
    assert {len(one["last"]["text"]) for one in shown} == {200}
    assert {one["id"] for one in shown} == {str(one.id) for one in whole.conversations}
    assert list(more) == []


@pytest.mark.parametrize("most", [MOST_BYTES, 1_000])
def test_what_does_not_fit_follows_with_what_goes_on_first(most: int) -> None:
    whole = welcome(5_000, "ż" * 300)
    first, more = parts_of(whole, most)
    pages = list(more)
    assert len(first.encode()) <= most
    assert pages
    assert all(len(page.encode()) < PAGE_BYTES + 4_096 for page in pages)
    decoded = [msgspec.json.decode(first), *map(msgspec.json.decode, pages)]
    assert {frame["type"] for frame in decoded[1:]} == {"conversations"}
    shown = [one for frame in decoded for one in frame["conversations"]]
    assert sorted(one["id"] for one in shown) == sorted(str(one.id) for one in whole.conversations)
    statuses = [one["status"] for one in shown]
    assert statuses == sorted(statuses, key=["open", "waiting", "ended"].index)
