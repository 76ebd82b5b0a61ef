"""The Order: what a customer has bought, how it stands, and when they are to be asked about it."""

from datetime import datetime
from typing import Final

from contracts.engagement.order_status import condensed, received_since, status_of
from contracts.engagement.review_commands import PlaceOrder, ReportOrderStatus
from contracts.engagement.review_events import (
    OrderEvent,
    OrderPlaced,
    OrderReviewPlanned,
    OrderReviewStopped,
    OrderStatusReported,
)
from contracts.engagement.reviews import Mode, OrderItem, OrderStatus, ReviewRules, Step, Withheld
from services.common.eventlog.aggregate import Aggregate, Cause
from services.engagement.review_requests.due import LATEST, due_at
from services.engagement.review_requests.snapshots import OrderSnapshot, Placing

COMMANDS_KEPT: Final = 50
REPORTS_KEPT: Final = 100


class Order(Aggregate):
    """Also one of which only a status is known as yet: reports come in any order."""

    def reset(self) -> None:
        self.placing: Placing | None = None
        self.reported: list[tuple[OrderStatus, datetime]] = []
        self.plans: dict[Step, datetime] = {}
        self.planned_from: tuple[datetime | None, datetime | None] | None = None
        self.mode: Mode = "received"

    @property
    def status(self) -> OrderStatus | None:
        return status_of(self.reported)

    @property
    def stopped(self) -> Withheld | None:
        """Why nobody is to be asked, as the order stands."""
        match self.status:
            case "cancelled":
                return "cancelled"
            case "returned":
                return "returned"
        return None

    @property
    def received_at(self) -> datetime | None:
        return received_since(self.reported)

    def item(self, sku: str) -> OrderItem | None:
        """The product of the order, if it is one."""
        items = self.placing.items if self.placing is not None else []
        return next((item for item in items if item.sku == sku), None)

    def place(self, command: PlaceOrder, cause: Cause) -> None:
        """The order as it is now; the same again is nothing new."""
        if self.placing is not None and command.digest == self.placing.digest:
            return
        self.record(
            OrderPlaced,
            cause,
            number=command.number,
            person=command.person,
            placed_at=command.placed_at,
            items=command.items,
            language=command.language,
            customer=command.customer,
            email=command.email,
            name=command.name,
            mailbox=command.mailbox,
        )

    def report(self, command: ReportOrderStatus, cause: Cause) -> None:
        """A status, late or not; the same at the same time again is nothing new."""
        if (command.status, command.at) in self.reported or (command.at is None and command.status == self.status):
            return
        since = command.at or self._from_now_on(cause.at)
        self.record(OrderStatusReported, cause, number=command.number, status=command.status, since=since)

    def _from_now_on(self, now: datetime) -> datetime:
        """Not before what is known already: clocks differ, and a shop's may be ahead."""
        return max([now, *(since for _, since in self.reported)])

    def plan(self, rules: ReviewRules, cause: Cause) -> None:
        """When to ask, by what is known now. What is planned stays so until the order tells other times."""
        if self.stopped is not None:
            self._stop(self.stopped, cause)
        elif (due := self._due(rules)) is not None and due >= cause.at - LATEST and due != self.plans.get("request"):
            self.record(OrderReviewPlanned, cause, step="request", due_at=due, mode=rules.mode)

    def _due(self, rules: ReviewRules) -> datetime | None:
        if self.placing is None or ("request" in self.plans and self.planned_from == self._times):
            return None
        since = self.placing.placed_at if rules.mode == "placed" else self.received_at
        return None if since is None else due_at(since, rules.days, rules.hour, rules.zone)

    @property
    def _times(self) -> tuple[datetime | None, datetime | None]:
        return (None if self.placing is None else self.placing.placed_at), self.received_at

    def stop_reminding(self, cause: Cause) -> None:
        """Once the customer was asked, only the reminder can be stopped, and nothing be planned."""
        if self.stopped is not None and "reminder" in self.plans:
            self._stop(self.stopped, cause)

    def _stop(self, reason: Withheld, cause: Cause) -> None:
        if self.plans:
            self.record(OrderReviewStopped, cause, reason=reason)

    def plan_reminder(self, rules: ReviewRules, cause: Cause) -> None:
        """One, so many days after the mail that goes now."""
        if rules.reminder_days is not None:
            due = due_at(cause.at, rules.reminder_days, rules.hour, rules.zone)
            self.record(OrderReviewPlanned, cause, step="reminder", due_at=due, mode=self.mode)

    def is_due(self, step: Step, now: datetime) -> bool:
        """Whether the time of a step has come, and it is planned still."""
        due = self.plans.get(step)
        return due is not None and due <= now

    def apply(self, event: OrderEvent) -> None:
        match event:
            case OrderPlaced():
                self.placing = _placing(event)
            case OrderStatusReported():
                self.reported = condensed([*self.reported, (event.status, event.since)], REPORTS_KEPT)
            case OrderReviewPlanned():
                self.plans[event.step], self.mode = event.due_at, event.mode
                if event.step == "request":
                    self.planned_from = self._times
            case OrderReviewStopped():
                self.plans.clear()
        self.forget_old_commands(COMMANDS_KEPT)

    def snapshot(self) -> OrderSnapshot:
        return OrderSnapshot(
            placing=self.placing,
            reported=self.reported,
            plans=self.plans,
            planned_from=self.planned_from,
            mode=self.mode,
            **self._snapshot_head(),
        )

    def restore(self, snapshot: OrderSnapshot) -> None:
        self.placing, self.reported = snapshot.placing, snapshot.reported
        self.plans, self.planned_from, self.mode = snapshot.plans, snapshot.planned_from, snapshot.mode


def _placing(event: OrderPlaced) -> Placing:
    return Placing(
        number=event.number,
        person=event.person,
        placed_at=event.placed_at,
        items=event.items,
        language=event.language,
        digest="" if event.command is None else event.command.digest,
        email=event.email,
        name=event.name,
        mailbox=event.mailbox,
    )
