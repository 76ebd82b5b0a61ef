"""What a Conversation knows, and how each of its events changes that."""

from datetime import datetime
from typing import Literal

from contracts.conversations.events import (
    ConversationArchived,
    ConversationDeleted,
    ConversationEnded,
    ConversationEvent,
    ConversationLeftLine,
    ConversationQueued,
    ConversationRated,
    ConversationReopened,
    ConversationStarted,
    ConversationTransferred,
    LeftUnanswered,
    MessageSaid,
    NoteAdded,
    OperatorAssigned,
    Party,
    TranscriptRequested,
    TransferAsked,
    VisitorIdentified,
)
from services.common.eventlog.aggregate import Aggregate
from services.common.eventlog.snapshot import Snapshot
from services.conversations.domain.snapshots import ConversationSnapshot

_STATE = tuple(name for name in ConversationSnapshot.__struct_fields__ if name not in Snapshot.__struct_fields__)

Status = Literal["waiting", "open", "ended", "archived", "deleted"]


class ConversationState(Aggregate):
    """`person` is under whose key the texts are sealed, `visitor` who it is now: the same, until a guest signs in.

    `origin` leads a guest's second start here, until they sign in: then only their identity does.
    `operator` holds it, or held it when it ended. It keeps the ids of all its commands. Those of its visitor are
    kept under the id alone, whoever the visitor was at the time. `unanswered_since`: of the visitor's words that were
    not answered the first; `alerted`: the staff were told.
    """

    def reset(self) -> None:
        self.status: Status = "waiting"
        self.person = ""
        self.visitor = ""
        self.origin = ""
        self.signed_in = False
        self.operator: str | None = None
        self.last_from: Party | None = None
        self.last_text: str | None = None
        self.last_files: str | None = None
        self.last_at: datetime | None = None
        self.archived_at: datetime | None = None
        self.customer: str | None = None
        self.name: str | None = None
        self.email: str | None = None
        self.phone: str | None = None
        self.transcripts = 0
        self.department: str | None = None
        self.waiting_since: datetime | None = None
        self.unanswered_since: datetime | None = None
        self.alerted = False

    def command_key(self, sender: str, command: str) -> str:
        return command if sender in (self.visitor, self.person) else f"{sender}\n{command}"

    def apply(self, event: ConversationEvent) -> None:  # noqa: C901 - one case an event
        match event:
            case MessageSaid():
                self.last_from, self.last_text, self.last_at = event.sender, event.text, event.timestamp
                self.last_files = event.attachment_details
                self._wait_for_answer(event)
            case ConversationStarted():
                self.person = self.visitor = event.visitor
                self.origin, self.signed_in = event.origin, event.signed_in
                self.department = event.department
                self._know(event)
            case ConversationQueued():
                self.status, self.operator, self.waiting_since = "waiting", None, event.timestamp
            case OperatorAssigned():
                self.status, self.operator, self.waiting_since = "open", event.operator, None
            case ConversationTransferred():
                self.operator = event.to
            case ConversationEnded():
                self.status, self.waiting_since = "ended", None
                self.unanswered_since, self.alerted = None, False
            case LeftUnanswered():
                self.alerted = True
            case ConversationReopened():
                self.status = "waiting"
            case VisitorIdentified():
                self.visitor, self.origin, self.signed_in = event.visitor, "", True
                self._know(event)
            case TranscriptRequested():
                self.transcripts += 1
            case ConversationArchived():
                self.status, self.archived_at = "archived", event.timestamp
            case ConversationDeleted():
                self.status = "deleted"
                self.last_text = self.last_files = self.customer = self.name = self.email = self.phone = None
            case NoteAdded() | TransferAsked() | ConversationLeftLine() | ConversationRated():
                pass  # readers' matter: nothing is decided by it

    def _wait_for_answer(self, event: MessageSaid) -> None:
        if event.sender == "operator":
            self.unanswered_since, self.alerted = None, False
        elif event.sender == "visitor" and self.unanswered_since is None:
            self.unanswered_since = event.timestamp

    def _know(self, event: ConversationStarted | VisitorIdentified) -> None:
        self.customer, self.name, self.email, self.phone = event.customer, event.name, event.email, event.phone

    def snapshot(self) -> ConversationSnapshot:
        state = {name: getattr(self, name) for name in _STATE}
        return ConversationSnapshot(**state, **self._snapshot_head())

    def restore(self, snapshot: ConversationSnapshot) -> None:
        for name in _STATE:
            setattr(self, name, getattr(snapshot, name))
