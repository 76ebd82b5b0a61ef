"""Reviews are written or brought from elsewhere, and moderated."""

from datetime import datetime
from typing import Any
from uuid import UUID

from contracts.command import Command
from contracts.engagement.review_commands import ImportReview, PublishReview, RejectReview, ReplyToReview, WriteReview
from contracts.ids import review_id
from services.common.eventlog.aggregate import Cause
from services.common.eventlog.unit import Decided, Unit
from services.engagement.review_requests.errors import ImportedAlready, NotOrdered, ReviewedAlready
from services.engagement.review_requests.order import Order
from services.engagement.review_requests.request import ReviewRequest
from services.engagement.review_requests.review import Review
from services.engagement.slice import NotFound


def writing_targets(command: WriteReview) -> tuple[UUID, ...]:
    return command.review, command.request, command.order


def write_review(command: WriteReview, unit: Unit, now: datetime) -> Decided:
    """By whoever has the link: about one product of the order, once."""
    existing = unit.get(command.review)
    if existing is not None:
        return _again(existing, command, ReviewedAlready())
    request, order = unit.get(command.request), unit.get(command.order)
    if not isinstance(request, ReviewRequest) or not isinstance(order, Order) or order.placing is None:
        raise NotFound
    request.check_open(order.id, now)
    item = order.item(command.sku)
    if item is None or command.review != review_id(order.id, command.sku):
        raise NotOrdered
    facts: dict[str, Any] = {"order": order.id, "number": order.placing.number, "request": request.id}
    return _written(
        command,
        unit,
        now,
        person=order.placing.person,
        product=item.name,
        variant=item.variant,
        written_at=now,
        confirmed=True,
        **facts,
    )


def import_review(command: ImportReview, unit: Unit, now: datetime) -> Decided:
    """As it stood where it comes from, with the shop's word below it."""
    existing = unit.get(command.review)
    if existing is not None:
        return _again(existing, command, ImportedAlready())
    return _written(
        command,
        unit,
        now,
        person=command.person,
        product=command.product,
        written_at=command.written_at,
        confirmed=command.confirmed,
        variant=command.variant,
        number=command.number,
    )


def _again(existing: object, command: Command, refusal: Exception) -> Decided:
    """The same command again is answered as before."""
    seq = existing.answer_to(command) if isinstance(existing, Review) else None
    if not isinstance(existing, Review) or seq is None:
        raise refusal
    return Decided(existing.id, seq)


def _written(command: WriteReview | ImportReview, unit: Unit, now: datetime, **facts: Any) -> Decided:
    review = Review.blank(command.review, command.shop, now)
    cause = Cause(command, now)
    cause.keeper = review
    said = {"sku": command.sku, "stars": command.stars, "language": command.language}
    review.write(cause, **said, text=command.text, author=command.author, **facts)
    if isinstance(command, ImportReview):
        if command.state == "published":
            review.publish(command.sender, cause)
        elif command.state == "rejected":
            review.reject(command.sender, cause)
        if command.reply is not None:
            review.reply(command.sender, command.reply, cause)
    unit.add(review)
    return Decided(review.id, cause.seq)


def publish_review(command: PublishReview, review: Review, cause: Cause) -> None:
    review.publish(command.sender, cause)


def reject_review(command: RejectReview, review: Review, cause: Cause) -> None:
    review.reject(command.sender, cause)


def reply_to_review(command: ReplyToReview, review: Review, cause: Cause) -> None:
    review.reply(command.sender, command.text, cause)
