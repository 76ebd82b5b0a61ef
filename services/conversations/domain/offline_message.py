"""The OfflineMessage: what a visitor left while nobody could answer, and what staff did about it."""

from contracts.conversations.commands import LeaveOfflineMessage
from contracts.conversations.events import (
    OfflineMessageAnswered,
    OfflineMessageCalled,
    OfflineMessageDeleted,
    OfflineMessageEvent,
    OfflineMessageLeft,
)
from services.common.eventlog.aggregate import Aggregate, Cause
from services.conversations.domain.errors import MessageNotFound, NoAddress
from services.conversations.domain.snapshots import OfflineMessageSnapshot


class OfflineMessage(Aggregate):
    """`person` is under whose key its texts are sealed. It keeps the ids of all its commands."""

    def reset(self) -> None:
        self.person = ""
        self.has_address = False
        self.deleted = False

    def check_there(self) -> None:
        """Raises `MessageNotFound` once it was deleted."""
        if self.deleted:
            raise MessageNotFound

    def check_can_be_answered(self) -> None:
        """Answers go by mail. Raises `NoAddress`."""
        if not self.has_address:
            raise NoAddress

    def leave(self, command: LeaveOfflineMessage, cause: Cause) -> None:
        self.record(
            OfflineMessageLeft,
            cause,
            visitor=command.visitor,
            signed_in=command.signed_in,
            locale=command.locale,
            customer=command.customer,
            first_name=command.first_name,
            last_name=command.last_name,
            email=command.email,
            phone=command.phone,
            text=command.text,
            page=command.page,
            consent=command.consent,
        )

    def answer(self, operator: str, answer: str, text: str, cause: Cause) -> None:
        self.record(OfflineMessageAnswered, cause, operator=operator, answer=answer, text=text)

    def mark_called(self, operator: str, cause: Cause) -> None:
        self.record(OfflineMessageCalled, cause, operator=operator)

    def delete(self, operator: str, cause: Cause) -> None:
        self.record(OfflineMessageDeleted, cause, operator=operator)

    def apply(self, event: OfflineMessageEvent) -> None:
        match event:
            case OfflineMessageLeft():
                self.person, self.has_address = event.visitor, event.email is not None
            case OfflineMessageDeleted():
                self.deleted = True
            case OfflineMessageAnswered() | OfflineMessageCalled():
                pass  # readers' matter: nothing is decided by it

    def snapshot(self) -> OfflineMessageSnapshot:
        return OfflineMessageSnapshot(
            person=self.person, has_address=self.has_address, deleted=self.deleted, **self._snapshot_head()
        )

    def restore(self, snapshot: OfflineMessageSnapshot) -> None:
        self.person, self.has_address, self.deleted = snapshot.person, snapshot.has_address, snapshot.deleted
