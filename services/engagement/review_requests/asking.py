"""Orders are reported, and customers asked about them when the time has come."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from contracts.engagement.review_commands import PlaceOrder, ReportOrderStatus, SendReviewRequest
from contracts.engagement.review_events import ReviewRequestIssued, ReviewRequestWithheld
from contracts.engagement.reviews import OrderItem, ReviewRules, Withheld
from contracts.ids import recipient_id, review_id, review_policy_id, review_request_id
from services.common.eventlog.aggregate import Cause
from services.common.eventlog.unit import Decided, Find, Unit
from services.engagement.review_requests.order import Order
from services.engagement.review_requests.policy import ReviewPolicy
from services.engagement.review_requests.recipient import Recipient
from services.engagement.review_requests.request import ReviewRequest
from services.engagement.review_requests.snapshots import Placing
from services.engagement.slice import NotFound

A_DAY: Final = timedelta(days=1)


def request_of(order: UUID, step: str) -> UUID:
    """One mail for all products of an order, in both modes."""
    return review_request_id(order, "", step)


def reported_targets(command: PlaceOrder | ReportOrderStatus) -> tuple[UUID, ...]:
    return command.order, review_policy_id(command.shop), request_of(command.order, "request")


def place_order(command: PlaceOrder, unit: Unit, now: datetime) -> Decided:
    return _reported(command, unit, now, lambda order, cause: order.place(command, cause))


def report_order_status(command: ReportOrderStatus, unit: Unit, now: datetime) -> Decided:
    return _reported(command, unit, now, lambda order, cause: order.report(command, cause))


def _reported(
    command: PlaceOrder | ReportOrderStatus, unit: Unit, now: datetime, take: Callable[[Order, Cause], None]
) -> Decided:
    found = unit.get(command.order)
    order = found if isinstance(found, Order) else Order.blank(command.order, command.shop, now)
    seq = order.answer_to(command)
    if seq is not None:
        return Decided(order.id, seq)
    cause = Cause(command, now)
    cause.keeper = order
    take(order, cause)
    if unit.get(request_of(order.id, "request")) is None:
        order.plan(_rules(unit, command.shop), cause)
    else:
        order.stop_reminding(cause)
    if found is None:
        unit.add(order)
    return Decided(order.id, cause.seq or order.version)


def sending_targets(command: SendReviewRequest) -> tuple[UUID, ...]:
    steps = (request_of(command.order, "request"), request_of(command.order, "reminder"))
    return command.order, review_policy_id(command.shop), *steps


def sending_further(command: SendReviewRequest, find: Find) -> Iterable[UUID]:
    """Whether the customer wants mails, and what they have written already."""
    order = find(command.order)
    if not isinstance(order, Order) or order.placing is None:
        return ()
    reviews = [review_id(command.order, item.sku) for item in order.placing.items]
    return *_recipients(command.shop, order.placing), *reviews


def send_review_request(command: SendReviewRequest, unit: Unit, now: datetime) -> Decided:
    """The mail is due, or withheld: once. A timer that was set anew meanwhile has come too early."""
    order = unit.get(command.order)
    if not isinstance(order, Order) or order.placing is None:
        raise NotFound
    which = request_of(order.id, command.step)
    if not order.is_due(command.step, now) or unit.get(which) is not None:
        return Decided(order.id, order.version)
    rules, cause = _rules(unit, command.shop), Cause(command, now)
    request = ReviewRequest.blank(which, command.shop, now)
    unasked = [item for item in order.placing.items if unit.get(review_id(order.id, item.sku)) is None]
    reason = _against(order, order.placing, rules, unasked, unit)
    common: dict[str, Any] = {"order": order.id, "number": order.placing.number, "step": command.step}
    if reason is not None:
        request.record(ReviewRequestWithheld, cause, reason=reason, **common)
    else:
        facts = _issued(order, order.placing, unasked, _expiry(order, rules, unit, now))
        request.record(ReviewRequestIssued, cause, **common, **facts)
        if command.step == "request":
            order.plan_reminder(rules, cause)
    unit.add(request)
    return Decided(request.id, request.version)


def _rules(unit: Unit, shop: str) -> ReviewRules:
    policy = unit.get(review_policy_id(shop))
    return policy.rules if isinstance(policy, ReviewPolicy) else ReviewRules()


def _against(
    order: Order, placing: Placing, rules: ReviewRules, unasked: Sequence[OrderItem], unit: Unit
) -> Withheld | None:
    """Why the customer is not to be asked now; None if they are."""
    recipients = [unit.get(recipient) for recipient in _recipients(order.shop, placing)]
    stopped = [one.stopped for one in recipients if isinstance(one, Recipient) and one.stopped is not None]
    if not rules.on:
        return "off"
    if order.stopped is not None:
        return order.stopped
    if placing.email is None:
        return "no_address"
    if stopped:
        return stopped[0]
    return None if unasked else "reviewed"


def _issued(order: Order, placing: Placing, unasked: list[OrderItem], expires_at: datetime) -> dict[str, Any]:
    """In the mode by which the order was planned, whatever the rules are now."""
    return {
        "person": placing.person,
        "mode": order.mode,
        "items": unasked,
        "language": placing.language,
        "expires_at": expires_at,
        "email": placing.email,
        "name": placing.name,
        "mailbox": placing.mailbox,
    }


def _recipients(shop: str, placing: Placing) -> list[UUID]:
    return [recipient_id(shop, one) for one in placing.recipients]


def _expiry(order: Order, rules: ReviewRules, unit: Unit, now: datetime) -> datetime:
    """A reminder's link is good for as long as the first one's, but for a day at least."""
    first = unit.get(request_of(order.id, "request"))
    until = now + timedelta(days=rules.link_days)
    if isinstance(first, ReviewRequest) and first.expires_at is not None:
        return max(first.expires_at, now + A_DAY)
    return until
