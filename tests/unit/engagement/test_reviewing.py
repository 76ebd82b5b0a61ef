"""Reviews: once a product, by whoever has the link, and what the shop makes of them."""

from typing import Any

import msgspec
import pytest

from contracts.engagement import review_commands as c
from contracts.engagement.review_events import ReviewWritten
from contracts.ids import imported_review_id, review_id
from services.common.eventlog.refusals import IdReused, WrongSender
from services.engagement.review_requests.errors import ImportedAlready, LinkOver, NotOrdered, ReviewedAlready
from services.engagement.slice import NotFound
from tests.unit.engagement.shop_with_orders import HANNAH, Orders
from tests.unit.engagement.world import World, at


def asked() -> Orders:
    world = Orders(mode="placed", days=2, link_days=60)
    world.place()
    world.later(days=3)
    world.fire()
    return world


def imported(world: World, **fields: Any) -> c.ImportReview:
    review = imported_review_id(world.shop, "their-17")
    given: dict[str, Any] = {"person": "c_else", "sku": "mug", "product": "Tide mug", "stars": 4, "language": "en"}
    given |= {"written_at": at("2025-01-02 10:00"), "digest": "their-17", "review": review, **fields}
    made: c.ImportReview = world.command(c.ImportReview, **given)
    return made


def test_product_is_reviewed_once_and_a_retry_is_answered_as_before() -> None:
    world = asked()
    command = world.write_command("mug")
    first = world.do(command)
    (written,) = world.happened
    assert isinstance(written, ReviewWritten)
    assert (written.product, written.variant, written.confirmed) == ("Tide mug", "340 ml", True)
    assert (written.number, written.request, written.person) == ("20418", world.request(), HANNAH)
    assert world.do(command) == first
    with pytest.raises(IdReused):
        world.do(msgspec.structs.replace(command, digest="other words"))
    with pytest.raises(ReviewedAlready):
        world.do(world.write_command("mug"))
    world.do(world.write_command("bowl"))
    world.check_replay()


def test_link_ends_and_is_good_for_its_own_order_alone() -> None:
    world = asked()
    with pytest.raises(NotOrdered):
        world.do(world.write_command("vase"))
    with pytest.raises(NotOrdered):
        world.do(world.write_command("mug", review=review_id(world.order, "bowl")))
    with pytest.raises(NotFound):
        world.do(world.write_command("mug", request=world.request("reminder")))
    request = world.request()
    world.number = "20419"
    world.place()
    with pytest.raises(LinkOver):
        world.do(world.write_command("mug", request=request))
    world.number = "20418"
    world.later(days=60)
    with pytest.raises(LinkOver):
        world.do(world.write_command("mug"))


def test_link_of_a_withheld_mail_opens_nothing() -> None:
    world = Orders(mode="placed", days=2, on=False)
    world.place()
    world.later(days=3)
    world.fire()
    with pytest.raises(LinkOver):
        world.do(world.write_command("mug"))
    world.do(world.command(c.OpenReviewForm, "visitor", HANNAH, request=world.request()))
    assert world.names == []


def test_opened_form_is_noted_once() -> None:
    world = asked()
    world.do(world.command(c.OpenReviewForm, "visitor", HANNAH, request=world.request()))
    assert world.names == ["ReviewFormOpened"]
    world.do(world.command(c.OpenReviewForm, "visitor", HANNAH, request=world.request()))
    assert world.names == []
    world.check_replay()


def test_staff_publish_reject_and_reply() -> None:
    world = asked()
    world.do(world.write_command("mug"))
    review = review_id(world.order, "mug")
    world.staff(c.PublishReview, review=review)
    world.staff(c.PublishReview, review=review)
    assert world.names == []
    world.staff(c.RejectReview, review=review)
    world.staff(c.ReplyToReview, review=review, text="sealed")
    world.staff(c.ReplyToReview, review=review, text="sealed again")
    world.staff(c.PublishReview, review=review)
    assert world.events_of(review) == [
        *("ReviewWritten", "ReviewPublished", "ReviewRejected"),
        *("ReviewReplied", "ReviewReplied", "ReviewPublished"),
    ]
    with pytest.raises(WrongSender):
        world.do(world.command(c.PublishReview, "visitor", HANNAH, review=review))
    with pytest.raises(NotFound):
        world.staff(c.PublishReview, review=review_id(world.order, "bowl"))
    world.check_replay()


def test_review_from_elsewhere_comes_once_as_it_stood_there() -> None:
    world = World()
    command = imported(world, state="published", variant="340 ml", number="7", reply="sealed")
    first = world.do(command)
    assert world.names == ["ReviewWritten", "ReviewPublished", "ReviewReplied"]
    written = world.happened[0]
    assert isinstance(written, ReviewWritten)
    assert (written.variant, written.number, written.order) == ("340 ml", "7", None)
    assert world.do(command) == first
    with pytest.raises(ImportedAlready):
        world.do(imported(world))
    world.do(imported(world, state="rejected", review=imported_review_id(world.shop, "their-18")))
    assert world.names == ["ReviewWritten", "ReviewRejected"]
    world.check_replay()
