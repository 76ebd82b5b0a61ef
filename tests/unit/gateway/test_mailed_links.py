"""What the links in review mails open, to whom, and for how long."""

from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any
from uuid import uuid4

import msgspec
import pytest
from starlette.requests import Request
from starlette.responses import Response

from contracts.answers import Rejected, Stored
from contracts.conversations.settings import ShopSettings
from contracts.engagement.reviews import OrderItem
from contracts.ids import recipient_id
from services.common.master_key import MasterKey
from services.common.review_links import ReviewLink, ReviewLinks, UnsubscribeLink
from services.gateway.access.origins import Origins
from services.gateway.rest.orders.unsubscribe import UnsubscribeRest
from services.gateway.rest.problems import Problem
from services.gateway.rest.reviews.customers import CustomersRest
from services.gateway.rest.reviews.orders import Bought

LINKS = ReviewLinks(MasterKey(bytes(32)))


async def seconds(*_: object) -> float:
    """Nobody has to wait."""
    return 0.0


async def settings(_shop: str) -> ShopSettings:
    return ShopSettings(name="Morrow")


async def form(link: ReviewLink, owner: str = "c_hannah") -> Response:
    """What a link opens to an order of this person's."""
    bought = Bought(
        number="20418", person=owner, items=[OrderItem(sku="mug", name="Tide mug"), OrderItem(sku="bowl", name="Bowl")],
        language="en", name="Hannah Weiss", status=None, status_since=None, written=frozenset(),
    )  # fmt: skip

    async def order(*_: object) -> Bought:
        return bought

    async def send(*_: object) -> None:
        return None

    parts: dict[str, Any] = {
        "orders": SimpleNamespace(bought=order),
        "links": LINKS,
        "keys": None,
        "shops": SimpleNamespace(settings=settings),
        "dispatch": SimpleNamespace(send=send, next_number=lambda: 1, gateway="gw1"),
        "limits": SimpleNamespace(review_form=seconds),
        "origins": Origins(),
    }
    token = LINKS.make(link)
    request = Request({"type": "http", "method": "GET", "path_params": {"token": token}, "headers": []})
    return await CustomersRest(**parts).look_by_path(request)


async def test_link_opens_the_products_it_is_for_until_it_ends_and_only_to_whose_order_it_is() -> None:
    link = ReviewLink("demo", uuid4(), uuid4(), "c_hannah", int(datetime.now(UTC).timestamp()) + 600, "mug")
    shown = msgspec.json.decode((await form(link)).body)
    assert ([item["sku"] for item in shown["items"]], shown["author"]) == (["mug"], "Hannah W.")
    with pytest.raises(Problem, match="over"):
        await form(link, "c_somebody_else")
    with pytest.raises(Problem, match="over"):
        await form(msgspec.structs.replace(link, until=int(datetime.now(UTC).timestamp()) - 1))


class WayOut:
    """The link of a mail to Hannah; `told` are the commands, each answered like this."""

    def __init__(self, *answers: Stored | Rejected) -> None:
        self.told: list[Any] = []
        self._answers = answers

    async def ask(self, method: str, body: bytes = b"") -> Response:
        async def answer(command: Any) -> Stored | Rejected:
            self.told.append(command)
            return self._answers[len(self.told) - 1]

        async def receive() -> dict[str, Any]:
            return {"type": "http.request", "body": body}

        parts: dict[str, Any] = {
            "links": LINKS,
            "shops": SimpleNamespace(settings=settings),
            "limits": SimpleNamespace(unsubscribing=seconds),
            "dispatch": SimpleNamespace(ask=answer, next_number=lambda: 1, gateway="gw1"),
        }
        token = LINKS.make(UnsubscribeLink("shoes", "c_hannah", "en", "m_hannah"))
        scope = {"type": "http", "method": method, "path_params": {"token": token}, "headers": []}
        rest, request = UnsubscribeRest(**parts), Request(scope, receive)
        return await (rest.show(request) if method == "GET" else rest.end(request))


@pytest.mark.parametrize(("body", "by"), [(b"by=link", "link"), (b"List-Unsubscribe=One-Click", "one_click")])
async def test_way_out_ends_mails_to_the_person_and_the_mailbox_once_somebody_asks(body: bytes, by: str) -> None:
    stored = Stored(n=1, seq=1)
    way_out = WayOut(stored, stored)
    assert b"No more review mails?" in (await way_out.ask("GET")).body
    assert way_out.told == [], "mail servers look where links lead"
    done = await way_out.ask("POST", body)
    assert done.status_code == 200
    assert [(one.person, one.recipient, one.by) for one in way_out.told] == [
        (who, recipient_id("shoes", who), by) for who in ("c_hannah", "m_hannah")
    ]


async def test_way_out_that_did_not_work_says_so() -> None:
    refused = Rejected(n=1, code="unavailable", detail="Later.")
    assert (await WayOut(Stored(n=1, seq=1), refused).ask("POST")).status_code == 503
