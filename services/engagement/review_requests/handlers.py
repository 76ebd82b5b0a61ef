"""Orders, what is asked about them, and reviews: what the log `engagement` has of them."""

from typing import Final, get_args

from contracts.engagement import review_commands as c
from contracts.engagement import review_events as e
from contracts.engagement.reviews import Step
from contracts.ids import review_policy_id
from services.common.eventlog.aggregate import Cause
from services.engagement.review_requests import asking, reviewing, snapshots
from services.engagement.review_requests.order import Order
from services.engagement.review_requests.policy import ReviewPolicy
from services.engagement.review_requests.recipient import Recipient
from services.engagement.review_requests.request import ReviewRequest
from services.engagement.review_requests.review import Review
from services.engagement.slice import Handler, Slice, on_any, on_existing
from services.engagement.timers.timer import Change, ClearTimer, SetTimer, Timer

TIMER: Final = "review_request"


def _set_rules(command: c.SetReviewRules, policy: ReviewPolicy, cause: Cause) -> None:
    policy.set(command.rules, command.sender, cause)


def _open_form(_command: c.OpenReviewForm, request: ReviewRequest, cause: Cause) -> None:
    request.open_form(cause)


def _unsubscribe(command: c.Unsubscribe, recipient: Recipient, cause: Cause) -> None:
    recipient.unsubscribe(command.person, command.by, cause)


def _bounce(command: c.NoteBounce, recipient: Recipient, cause: Cause) -> None:
    recipient.bounce(command.person, cause)


def _planned(event: e.OrderReviewPlanned) -> list[Change]:
    return [SetTimer(TIMER, event.originator_id, event.step, event.due_at)]


def _stopped(event: e.OrderReviewStopped) -> list[Change]:
    return [ClearTimer(event.originator_id)]


def _settled(event: e.ReviewRequestIssued | e.ReviewRequestWithheld) -> list[Change]:
    return [ClearTimer(event.order, event.step)]


def _fired(timer: Timer) -> c.SendReviewRequest:
    step: Step = "reminder" if timer.step == "reminder" else "request"
    return c.SendReviewRequest(order=timer.key, step=step, **timer.command_head())


SLICE: Final = Slice(
    commands={
        c.SetReviewRules: on_any(
            ReviewPolicy, lambda command: review_policy_id(command.shop), _set_rules, ("operator", "system")
        ),
        c.PlaceOrder: Handler(senders=("operator",), targets=asking.reported_targets, decide=asking.place_order),
        c.ReportOrderStatus: Handler(
            senders=("operator",), targets=asking.reported_targets, decide=asking.report_order_status
        ),
        c.SendReviewRequest: Handler(
            senders=("system",),
            targets=asking.sending_targets,
            further=asking.sending_further,
            decide=asking.send_review_request,
        ),
        c.OpenReviewForm: on_existing(ReviewRequest, lambda command: command.request, _open_form, ("visitor",)),
        c.WriteReview: Handler(senders=("visitor",), targets=reviewing.writing_targets, decide=reviewing.write_review),
        c.ImportReview: Handler(
            senders=("operator",), targets=lambda command: (command.review,), decide=reviewing.import_review
        ),
        c.PublishReview: on_existing(Review, lambda command: command.review, reviewing.publish_review, ("operator",)),
        c.RejectReview: on_existing(Review, lambda command: command.review, reviewing.reject_review, ("operator",)),
        c.ReplyToReview: on_existing(Review, lambda command: command.review, reviewing.reply_to_review, ("operator",)),
        c.Unsubscribe: on_any(
            Recipient, lambda command: command.recipient, _unsubscribe, ("visitor", "operator", "system")
        ),
        c.NoteBounce: on_any(Recipient, lambda command: command.recipient, _bounce, ("system",)),
    },
    aggregates={
        e.ReviewRulesSet: ReviewPolicy,
        **dict.fromkeys(get_args(e.OrderEvent), Order),
        **dict.fromkeys(get_args(e.ReviewRequestEvent), ReviewRequest),
        **dict.fromkeys(get_args(e.ReviewEvent), Review),
        **dict.fromkeys(get_args(e.RecipientEvent), Recipient),
    },
    snapshots={
        snapshots.ReviewPolicySnapshot: ReviewPolicy,
        snapshots.OrderSnapshot: Order,
        snapshots.ReviewRequestSnapshot: ReviewRequest,
        snapshots.ReviewSnapshot: Review,
        snapshots.RecipientSnapshot: Recipient,
    },
    timers={
        e.OrderReviewPlanned: _planned,
        e.OrderReviewStopped: _stopped,
        e.ReviewRequestIssued: _settled,
        e.ReviewRequestWithheld: _settled,
    },
    fire={TIMER: _fired},
)
