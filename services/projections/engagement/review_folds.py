"""Orders, review requests, reviews and who wants no mails: from events to rows.

Pure: rows and keys as they stood before a page of the log go in, what has changed comes out. Applying an event a
second time changes nothing. Of erased persons, whose keys are gone, there are no requests or reviews, and of their
orders only how they stand: an order may be somebody else's later on, and is then as if it had always been theirs.
That they wanted no more mails stays, under an id that only their orders led to.
"""

from typing import Any, Final, Generic, TypeVar, assert_never, get_args
from uuid import UUID

from msgspec import Struct

from contracts.engagement import review_events as happened
from contracts.engagement.reviews import Step
from contracts.ids import recipient_id, review_request_id
from contracts.personal import personal_fields
from services.projections.engagement.review_rows import OrderRow, RecipientRow, ReviewRequestRow, ReviewRow
from services.projections.shop_lists import storable
from services.projections.texts import Reader, Texts

STEPS: Final[tuple[Step, ...]] = get_args(Step)

Row = TypeVar("Row", bound=Struct)

PlanEvent = happened.OrderReviewPlanned | happened.OrderReviewStopped


class Kept(Generic[Row]):
    """The rows of a table that a page names, and which of them it has changed or removed."""

    def __init__(self, known: dict[UUID, Row]) -> None:
        self._rows = known
        self._changed: set[UUID] = set()
        self.removed: set[UUID] = set()

    @property
    def changed(self) -> list[Row]:
        """The rows to write."""
        return [self._rows[each] for each in self._changed]

    def get(self, key: UUID) -> Row | None:
        return self._rows.get(key)

    def put(self, row: Row) -> None:
        key: UUID = row.id  # type: ignore[attr-defined]  # all have one
        self._rows[key] = row
        self._changed.add(key)
        self.removed.discard(key)

    def remove(self, key: UUID) -> None:
        if self._rows.pop(key, None) is not None:
            self._changed.discard(key)
            self.removed.add(key)


class ReviewsFold:
    """Takes events in log order."""

    def __init__(
        self,
        orders: dict[UUID, OrderRow],
        requests: dict[UUID, ReviewRequestRow],
        reviews: dict[UUID, ReviewRow],
        recipients: dict[UUID, RecipientRow],
        reader: Reader,
    ) -> None:
        """The rows that the page names, as far as there are any: of the orders' requests, all."""
        self.orders, self.requests = Kept(orders), Kept(requests)
        self.reviews, self.recipients = Kept(reviews), Kept(recipients)
        self._reader = reader

    def apply(
        self, event: happened.OrderEvent | happened.ReviewRequestEvent | happened.ReviewEvent | happened.RecipientEvent
    ) -> None:
        match event:
            case happened.OrderPlaced():
                self._place(event)
            case happened.OrderStatusReported():
                self._report(event)
            case happened.OrderReviewPlanned() | happened.OrderReviewStopped():
                self._plan(event)
            case happened.ReviewRequestIssued() | happened.ReviewRequestWithheld():
                self._decide(event)
            case happened.ReviewFormOpened():
                self._open(event)
            case happened.ReviewWritten():
                self._write(event)
            case happened.ReviewPublished() | happened.ReviewRejected() | happened.ReviewReplied():
                self._moderate(event)
            case happened.RecipientUnsubscribed() | happened.RecipientBounced():
                self._stop(event)
            case _:
                assert_never(event)

    # Orders

    def _place(self, event: happened.OrderPlaced) -> None:
        row = self.orders.get(event.originator_id)
        if row is not None and event.originator_version <= row.seq:
            return
        row = row or OrderRow(id=event.originator_id, shop=event.shop, number=storable(event.number), seq=0)
        row.seq = event.originator_version
        texts = self._texts(event)
        if texts is None:
            self._park(row)
        else:
            row.person, row.placed_at = event.person, event.placed_at
            row.items, row.language = event.items, event.language
            row.customer, row.email, row.name = (texts.get(field) for field in ("customer", "email", "name"))
            row.recipient = recipient_id(event.shop, event.person)
            row.mailbox = recipient_id(event.shop, event.mailbox) if event.mailbox else None
            self._unpark(row)
        self.orders.put(row)

    def _texts(self, event: happened.OrderPlaced) -> Texts | None:
        """In clear; an order may be nobody's from the start."""
        if all(getattr(event, field) is None for field in personal_fields(type(event))):
            return {}
        return self._reader.first(event, event.person)

    def _report(self, event: happened.OrderStatusReported) -> None:
        row = self.orders.get(event.originator_id)
        if row is None:
            row = OrderRow(id=event.originator_id, shop=event.shop, number=storable(event.number), seq=0)
        if event.originator_version <= row.seq:
            return
        row.seq = event.originator_version
        if row.status_since is None or event.since >= row.status_since:
            row.status, row.status_since = event.status, event.since
        self.orders.put(row)

    # Requests

    def _asked(self, order: OrderRow, request: UUID) -> ReviewRequestRow | None:
        if order.person is not None:
            return self.requests.get(request)
        return next((row for row in order.parked if row.id == request), None)

    def _keep(self, order: OrderRow, row: ReviewRequestRow) -> None:
        if order.person is not None:
            self.requests.put(row)
            return
        if all(other.id != row.id for other in order.parked):
            order.parked = [*order.parked, row]
        self.orders.put(order)

    def _park(self, order: OrderRow) -> None:
        """Whose it was has been erased. Its requests say nothing of them, but are not to be seen any more."""
        rows = [self._asked(order, review_request_id(order.id, "", step)) for step in STEPS]
        order.parked = [row for row in rows if row is not None]
        for row in order.parked:
            self.requests.remove(row.id)
        order.person = order.placed_at = order.customer = order.email = order.name = None
        order.recipient = order.mailbox = None
        order.items, order.language = [], "en"

    def _unpark(self, order: OrderRow) -> None:
        for row in order.parked:
            self.requests.put(row)
        order.parked = []

    def _plan(self, event: PlanEvent) -> None:
        order = self.orders.get(event.originator_id)
        if order is None:
            return
        for step in (event.step,) if isinstance(event, happened.OrderReviewPlanned) else STEPS:
            row = self._asked(order, review_request_id(order.id, "", step))
            if row is not None and (event.originator_version <= row.order_seq or row.state in ("sent", "withheld")):
                continue
            if isinstance(event, happened.OrderReviewPlanned):
                row = row or _request(order, step, event)
                row.state, row.reason, row.due_at = "planned", None, event.due_at
            elif row is not None:
                row.state, row.reason = "stopped", event.reason
            if row is not None:
                row.at, row.order_seq = event.timestamp, event.originator_version
                self._keep(order, row)
        order.seq = max(order.seq, event.originator_version)
        self.orders.put(order)

    def _decide(self, event: happened.ReviewRequestIssued | happened.ReviewRequestWithheld) -> None:
        order = self.orders.get(event.order)
        if order is None:
            return
        row = self._asked(order, event.originator_id) or _request(order, event.step, event)
        if event.originator_version <= row.seq:
            return
        row.seq, row.at = event.originator_version, event.timestamp
        if isinstance(event, happened.ReviewRequestIssued):
            row.state, row.reason, row.expires_at = "sent", None, event.expires_at
        else:
            row.state, row.reason = "withheld", event.reason
        self._keep(order, row)

    def _open(self, event: happened.ReviewFormOpened) -> None:
        order = self.orders.get(event.order)
        row = None if order is None else self._asked(order, event.originator_id)
        if order is not None and row is not None and event.originator_version > row.seq:
            row.seq, row.opened_at = event.originator_version, event.timestamp
            self._keep(order, row)

    # Reviews

    def _write(self, event: happened.ReviewWritten) -> None:
        row = self.reviews.get(event.originator_id)
        if row is not None or (texts := self._reader.first(event, event.person)) is None:
            return
        self.reviews.put(
            ReviewRow(
                id=event.originator_id,
                shop=event.shop,
                person=event.person,
                sku=storable(event.sku),
                product=storable(event.product),
                variant=storable(event.variant) if event.variant else None,
                stars=event.stars,
                language=event.language,
                written_at=event.written_at,
                confirmed=event.confirmed,
                order_id=event.order,
                number=storable(event.number) if event.number else None,
                request=event.request,
                text=texts.get("text") or None,
                author=texts.get("author") or None,
                seq=event.originator_version,
            )
        )

    def _moderate(self, event: happened.ReviewPublished | happened.ReviewRejected | happened.ReviewReplied) -> None:
        row = self.reviews.get(event.originator_id)
        if row is None or event.originator_version <= row.seq:
            return
        if not self._reader.has_key(row.shop, row.person):
            self.reviews.remove(row.id)
            return
        row.seq = event.originator_version
        if isinstance(event, happened.ReviewReplied):
            text = self._reader.further(event, row.person)["text"]
            row.reply, row.replied_at, row.replied_by = (
                (text, event.timestamp, event.operator) if text else (None, None, None)
            )
        else:
            row.state = "published" if isinstance(event, happened.ReviewPublished) else "rejected"
            row.decided_at, row.decided_by = event.timestamp, event.operator
        self.reviews.put(row)

    # Recipients

    def _stop(self, event: happened.RecipientUnsubscribed | happened.RecipientBounced) -> None:
        row = self.recipients.get(event.originator_id)
        if row is None:
            row = RecipientRow(id=event.originator_id, shop=event.shop, seq=0)
        if event.originator_version <= row.seq:
            return
        row.seq = event.originator_version
        if isinstance(event, happened.RecipientUnsubscribed):
            row.unsubscribed_at, row.unsubscribed_by = event.timestamp, event.by
        else:
            row.bounced_at = event.timestamp
        self.recipients.put(row)


def _request(order: OrderRow, step: Step, event: Any) -> ReviewRequestRow:
    """A row for a step that nothing was known of."""
    return ReviewRequestRow(
        id=review_request_id(order.id, "", step),
        shop=order.shop,
        order_id=order.id,
        number=order.number,
        step=step,
        state="planned",
        at=event.timestamp,
    )
