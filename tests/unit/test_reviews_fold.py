"""The fold of orders, review requests and reviews: given their events, then exactly these rows."""

import os
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from contracts.engagement import review_events as happened
from contracts.engagement.reviews import OrderItem
from contracts.event import Event
from contracts.ids import order_id, recipient_id, review_id, review_request_id
from services.common.master_key import KEY_BYTES
from services.common.person_keys import PersonKey, seal_fields
from services.projections.engagement.review_folds import ReviewsFold
from services.projections.texts import Reader

START = datetime(2026, 3, 1, 9, tzinfo=UTC)
SHOP, PERSON = "demo", "c_hannah"
ORDER = order_id(SHOP, "20418")
REQUEST = review_request_id(ORDER, "", "request")
REMINDER = review_request_id(ORDER, "", "reminder")
REVIEW = review_id(ORDER, "mug")
RECIPIENT = recipient_id(SHOP, PERSON)
MUG = OrderItem(sku="mug", name="Tide mug", variant="340 ml")
DUE = START + timedelta(days=5)
Keys = dict[tuple[str, str], PersonKey]


class Story:
    """Events of one customer, each a second after the one before, sealed as a gateway would."""

    def __init__(self, person: str = PERSON) -> None:
        self.person, self.key = person, PersonKey(SHOP, person, os.urandom(KEY_BYTES))
        self.events: list[Event] = []
        self.seqs: dict[UUID, int] = {}

    def add(self, aggregate: UUID, kind: type[Event], **fields: Any) -> "Story":
        seq = self.seqs[aggregate] = self.seqs.get(aggregate, 0) + 1
        event = kind(
            originator_id=aggregate,
            originator_version=seq,
            timestamp=START + timedelta(seconds=len(self.events)),
            shop=SHOP,
            **fields,
        )
        self.events.append(seal_fields(event, self.key))
        return self

    def placed(self, **fields: Any) -> "Story":
        given: dict[str, Any] = {"email": "h@example.org", "name": "Hannah Weiss", "items": [MUG], **fields}
        return self.add(ORDER, happened.OrderPlaced, number="20418", person=self.person, placed_at=START, **given)

    def status(self, status: str, since: datetime) -> "Story":
        return self.add(ORDER, happened.OrderStatusReported, number="20418", status=status, since=since)

    def planned(self, step: str = "request", due_at: datetime = DUE) -> "Story":
        return self.add(ORDER, happened.OrderReviewPlanned, step=step, due_at=due_at, mode="placed")

    def issued(self) -> "Story":
        about = {"order": ORDER, "number": "20418", "step": "request", "person": PERSON, "mode": "received"}
        return self.add(
            REQUEST,
            happened.ReviewRequestIssued,
            **about,
            items=[MUG],
            language="en",
            expires_at=DUE + timedelta(days=60),
            email="h@example.org",
        )

    def written(self, **fields: Any) -> "Story":
        given: dict[str, Any] = {
            "text": "Keeps the heat",
            "author": "Hannah W.",
            "stars": 5,
            "confirmed": True,
            **fields,
        }
        about = {"person": PERSON, "sku": "mug", "product": "Tide mug", "language": "en"}
        return self.add(
            REVIEW, happened.ReviewWritten, **about, written_at=START, order=ORDER, request=REQUEST, **given
        )

    def told(self, *, erased: bool = False, fold: ReviewsFold | None = None) -> ReviewsFold:
        """What a page of all these events comes to."""
        keys = {} if erased else {(SHOP, PERSON): self.key}
        fold = fold or ReviewsFold({}, {}, {}, {}, Reader(keys))
        for event in self.events:
            fold.apply(event)  # type: ignore[arg-type]  # of reviews all
        return fold


def test_an_order_is_as_it_was_reported_last() -> None:
    fold = Story().placed(email=None).placed(items=[MUG, OrderItem(sku="bowl", name="Bowl")]).told()
    (order,) = fold.orders.changed
    assert (order.number, order.person, order.name, order.email) == ("20418", PERSON, "Hannah Weiss", "h@example.org")
    assert [item.sku for item in order.items] == ["mug", "bowl"]


def test_the_status_with_the_latest_time_holds_also_before_its_order() -> None:
    late, early = START + timedelta(days=3), START + timedelta(days=1)
    (order,) = Story().status("received", late).status("shipped", early).placed().told().orders.changed
    assert (order.status, order.status_since, order.name) == ("received", late, "Hannah Weiss")


def test_a_plan_becomes_a_mail_and_the_mail_an_opened_form() -> None:
    fold = Story().placed().planned().issued().add(REQUEST, happened.ReviewFormOpened, order=ORDER).told()
    (request,) = fold.requests.changed
    assert (request.id, request.state, request.due_at, request.reason) == (REQUEST, "sent", DUE, None)
    assert request.opened_at == START + timedelta(seconds=3)


def test_what_was_stopped_takes_what_is_planned_and_no_mail_that_went() -> None:
    story = Story().placed().planned().issued().planned("reminder", DUE + timedelta(days=7))
    fold = story.add(ORDER, happened.OrderReviewStopped, reason="returned").told()
    states = {request.id: (request.state, request.reason) for request in fold.requests.changed}
    assert states == {REQUEST: ("sent", None), REMINDER: ("stopped", "returned")}


def test_a_review_waits_is_published_and_replied_to_and_the_reply_taken_away() -> None:
    story = Story().placed().written()
    assert [row.state for row in story.told().reviews.changed] == ["waiting"]
    story.add(REVIEW, happened.ReviewPublished, operator="o_maja")
    story.add(REVIEW, happened.ReviewReplied, operator="o_maja", text="Thank you")
    (row,) = story.told().reviews.changed
    assert (row.state, row.decided_by, row.text, row.author) == ("published", "o_maja", "Keeps the heat", "Hannah W.")
    assert (row.reply, row.replied_by) == ("Thank you", "o_maja")
    (row,) = story.add(REVIEW, happened.ReviewReplied, operator="o_maja", text="").told().reviews.changed
    assert (row.reply, row.replied_at, row.replied_by) == (None, None, None)
    (row,) = story.add(REVIEW, happened.ReviewRejected, operator="o_ann").told().reviews.changed
    assert (row.state, row.decided_by) == ("rejected", "o_ann")


def test_a_review_is_confirmed_only_where_its_event_says_so_and_gone_once_its_key_is() -> None:
    story = Story().placed().written(confirmed=False)
    reviews = {row.id: row for row in story.told().reviews.changed}
    assert [row.confirmed for row in reviews.values()] == [False]
    later = ReviewsFold({}, {}, reviews, {}, Reader({}))
    story.add(REVIEW, happened.ReviewPublished, operator="o_maja")
    later.apply(story.events[-1])  # type: ignore[arg-type]  # of reviews
    assert (later.reviews.changed, later.reviews.removed) == ([], {REVIEW})


def test_events_applied_again_change_nothing() -> None:
    story = Story().placed().planned().issued().written().add(REVIEW, happened.ReviewRejected, operator="o")
    story.add(RECIPIENT, happened.RecipientUnsubscribed, person=PERSON, by="link")
    fold = story.told()
    tables = (fold.orders, fold.requests, fold.reviews, fold.recipients)
    before = [list(map(repr, table.changed)) for table in tables]
    story.told(fold=fold)
    assert [list(map(repr, table.changed)) for table in tables] == before


def test_of_an_erased_customer_nothing_is_there() -> None:
    story = Story().status("received", START).placed().planned().issued().written()
    story.add(REVIEW, happened.ReviewPublished, operator="o")
    fold = story.add(RECIPIENT, happened.RecipientBounced, person=PERSON).told(erased=True)
    assert [table.changed for table in (fold.requests, fold.reviews)] == [[], []]
    assert [row.id for row in fold.recipients.changed] == [RECIPIENT], "where no mail arrives, none is sent to again"
    (order,) = fold.orders.changed
    assert (order.person, order.email, order.name, order.items, order.status) == (None, None, None, [], "received")
    assert (order.recipient, order.mailbox) == (None, None)


def test_order_that_became_somebody_elses_is_as_it_was_when_the_first_one_is_erased() -> None:
    """Its address was corrected, so that it is of another person by now, and the first one's key is gone."""
    first, second = Story().status("received", START).placed().planned().issued(), Story("c_corrected")
    second.seqs = first.seqs
    second.placed(email="right@example.org").add(REQUEST, happened.ReviewFormOpened, order=ORDER)
    both = {(SHOP, story.person): story.key for story in (first, second)}

    def rows(keys: Keys) -> list[Any]:
        fold = ReviewsFold({}, {}, {}, {}, Reader(keys))
        for event in [*first.events, *second.events]:
            fold.apply(event)  # type: ignore[arg-type]  # of reviews all
        return [*fold.orders.changed, *fold.requests.changed]

    live = rows(both)
    assert [type(row).__name__ for row in live] == ["OrderRow", "ReviewRequestRow"]
    assert rows({(SHOP, second.person): second.key}) == live


def test_what_was_erased_stays_so_when_they_come_again() -> None:
    """With a new key; also a review of stars without a word or a name."""
    story = Story().placed().written(text=None, author="")
    (row,) = story.told().reviews.changed
    assert (row.stars, row.text, row.author) == (5, None, None)
    story.key = Story().key
    assert story.told().reviews.changed == []


def test_an_order_that_is_nobodys_needs_no_key() -> None:
    (order,) = Story().placed(email=None, name=None).told(erased=True).orders.changed
    assert (order.person, order.name) == (PERSON, None)
