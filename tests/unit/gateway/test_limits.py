"""Which limits count for what."""

from collections.abc import Sequence
from typing import Any, cast
from uuid import UUID

from services.common.settings import GatewaySettings
from services.gateway.buckets import Buckets
from services.gateway.limits import Limits
from services.gateway.shared_buckets import SharedBuckets, Wanted

READ = 60.0
"""Seconds after which a form was read by somebody."""


class Here:
    """Buckets of this process alone, at a standing clock."""

    def __init__(self) -> None:
        self._buckets: dict[str, Buckets] = {}

    async def take(self, wanted: Sequence[Wanted]) -> float:
        return max(self._buckets.setdefault(limit, Buckets(rate)).take(whom, 0.0) for limit, whom, rate in wanted)

    async def give_back(self, limit: str, whom: str) -> None:
        """Nothing here is about it."""


def limits(**settings: Any) -> Limits:
    return Limits(GatewaySettings(**settings), cast(SharedBuckets, Here()))


async def test_form_that_nobody_can_have_read_has_to_wait() -> None:
    some = limits(offline_form_seconds=2)
    assert await some.offline_message("192.0.2.1", "demo", 0.5) == 1.5
    assert await some.offline_message("192.0.2.1", "demo", 2.0) == 0


async def test_messages_of_one_address_and_of_one_shop_are_counted() -> None:
    some = limits(offline_messages_per_minute_address=2, offline_messages_per_minute_shop=4)
    waits = [await some.offline_message("192.0.2.1", "demo", READ) for _ in range(3)]
    assert waits == [0, 0, 30]
    assert await some.offline_message("192.0.2.2", "demo", READ) == 0
    assert await some.offline_message("192.0.2.3", "demo", READ) == 15
    assert await some.offline_message("192.0.2.3", "other", READ) == 0


async def test_transcripts_of_one_address_are_counted() -> None:
    some = limits(transcripts_per_minute_address=1)
    waits = [await some.transcript(address) for address in ("192.0.2.1", "192.0.2.1", "192.0.2.2")]
    assert waits == [0, 60, 0]


async def test_without_limits_everything_passes() -> None:
    some = limits(rate_limits=False, offline_messages_per_minute_address=1)
    assert [await some.offline_message("192.0.2.1", "demo", 0.0) for _ in range(3)] == [0, 0, 0]


async def test_mails_to_future_colleagues_are_counted_by_shop() -> None:
    some = limits(staff_invitations_per_quarter_hour_shop=2)
    assert [await some.staff_invitation(shop) for shop in ("demo", "demo", "demo", "other")] == [0, 0, 450, 0]


async def test_wrong_codes_are_few() -> None:
    some = limits(wrong_codes_per_quarter_hour=5)
    assert [await some.code("o_ann") for _ in range(6)] == [0] * 5 + [180]
    assert await some.code("o_bob") == 0


async def test_wrong_passwords_are_few_by_account_and_address() -> None:
    some = limits(wrong_passwords_per_quarter_hour=3)
    assert [await some.sign_in("192.0.2.9", "ann@shop.example") for _ in range(4)] == [0, 0, 0, 300]
    assert await some.sign_in("192.0.2.8", "ann@shop.example") == 0


async def test_browsers_that_turn_push_on_or_off_and_their_clicks_are_counted_apart() -> None:
    some = limits(push_requests_per_minute_address=2, push_subscriptions_per_minute_shop=3)
    waits = [await some.push_request("192.0.2.1") for _ in range(3)]
    assert waits[:2] == [0, 0]
    assert waits[2] > 0
    assert await some.push_click("192.0.2.1") == 0
    assert [await some.push_subscription("demo") for _ in range(3)] == [0, 0, 0]
    assert await some.push_subscription("demo") > 0
    assert await some.push_request("192.0.2.2") == 0, "who wants no more is not asked how many are new"


async def test_voters_who_bring_nothing_are_counted_by_address_and_poll() -> None:
    some, poll = limits(new_voters_per_hour_address=2, votes_per_minute_address=100), UUID(int=1)
    assert [await some.new_voter("192.0.2.1", poll) for _ in range(3)] == [0, 0, 1_800]
    assert await some.new_voter("192.0.2.1", UUID(int=2)) == 0
    assert await some.new_voter("192.0.2.2", poll) == 0
    assert await some.vote("192.0.2.1") == 0, "who brings a token may vote still"


async def test_links_of_review_mails_are_counted_wherever_they_are_used() -> None:
    some, request = limits(review_forms_per_minute_address=3, mailed_links_per_minute=2), UUID(int=1)
    assert [await some.review_form(f"192.0.2.{n}", request) for n in range(3)] == [0, 0, 30]
    assert [await some.review_form("192.0.2.9", UUID(int=n)) for n in range(2, 6)] == [0, 0, 0, 20]
    assert [await some.unsubscribing("demo", "c_ann") for _ in range(3)] == [0, 0, 30]
    assert await some.unsubscribing("demo", "c_ben") == 0
    assert [await limits(page_reads_per_minute_address=1).page_read("192.0.2.1") for _ in range(1)] == [0]
