"""The Desk's decisions about the shop as a whole: its rules and hours, whom it lets in, what it keeps, its end."""

from datetime import datetime, timedelta
from typing import Literal
from uuid import UUID

from contracts.conversations.events import (
    DeskClosed,
    DeskOpened,
    HandoverDropped,
    HoursBegan,
    HoursEnded,
    RetentionApplied,
    RulesChanged,
    VisitorBlocked,
    VisitorTurnedAway,
    VisitorUnblocked,
)
from contracts.conversations.settings import DeskRules
from services.common.eventlog.aggregate import Cause
from services.conversations.domain.desk_staff import StaffedDesk
from services.conversations.domain.desk_state import hour_of
from services.conversations.domain.errors import Blocked, NotBlocked


class ShopDesk(StaffedDesk):
    """What holds for the whole shop."""

    def open_up(self, rules: DeskRules, cause: Cause) -> None:
        """The desk comes into being with its shop."""
        self.record(DeskOpened, cause, rules=rules)
        self.turn_hours(self.timetable.open_at(cause.at), cause)

    def change_rules(self, rules: DeskRules, cause: Cause) -> None:
        """Takes over new rules. Who sits or waits already stays, also above a lower limit."""
        if rules == self.rules:
            return
        self.record(RulesChanged, cause, rules=rules)
        self.turn_hours(self.timetable.open_at(cause.at), cause)
        for conversation, department in list(self.handovers.all.items()):
            if department not in self.departments:
                self.record(HandoverDropped, cause, conversation=conversation)

    def turn_hours(self, to_open: bool, cause: Cause) -> None:
        """Opening hours have begun or ended, if that is news."""
        if to_open != self.open:
            self.record(HoursBegan if to_open else HoursEnded, cause)

    def close(self, cause: Cause) -> None:
        """The shop is gone; nobody sits or waits here any more."""
        self.record(DeskClosed, cause)

    # Whom it lets in

    def check_not_blocked(self, *people: str) -> None:
        """`people`: ids and origins under which somebody may be known. Raises `Blocked`."""
        if self.blocks.any_of(*people):
            raise Blocked

    def block(self, visitor: str, origin: str, conversation: UUID, author: str, cause: Cause) -> None:
        """Staff want to hear no more of a visitor; beyond what is kept the oldest are let in again."""
        if visitor in self.blocks:
            return
        self.record(VisitorBlocked, cause, visitor=visitor, origin=origin, conversation=conversation, author=author)
        for oldest in self.blocks.too_many():
            self.record(VisitorUnblocked, cause, visitor=oldest, author=author)

    def unblock(self, visitor: str, author: str, cause: Cause) -> None:
        """Raises `NotBlocked`."""
        if visitor not in self.blocks:
            raise NotBlocked
        self.record(VisitorUnblocked, cause, visitor=visitor, author=author)

    def turn_away(self, visitor: str, reason: Literal["limit", "offline"], cause: Cause) -> None:
        """A start found no room; noted once a visitor and hour."""
        if visitor not in self.turned_away or hour_of(cause.at.timestamp()) != self.turned_away_hour:
            self.record(VisitorTurnedAway, cause, visitor=visitor, reason=reason)

    # What it keeps

    def retention_due(self) -> datetime | None:
        """When what is too old has to be deleted, None if never: once a day, and a while after that was changed."""
        kept = self.rules.retention
        if self.closed or (kept.conversations_days is None and kept.offline_messages_days is None):
            return None
        return self.retention_at

    def apply_retention(self, cause: Cause) -> None:
        """Says what is too old by now."""
        kept = self.rules.retention
        self.record(
            RetentionApplied,
            cause,
            conversations_before=_days_before(cause.at, kept.conversations_days),
            offline_messages_before=_days_before(cause.at, kept.offline_messages_days),
        )


def _days_before(at: datetime, days: int | None) -> datetime | None:
    return None if days is None else at - timedelta(days=days)
