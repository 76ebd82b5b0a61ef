"""The Conversation: what was said, by whom, who holds it, whether it goes on."""

from datetime import datetime, timedelta
from typing import Final, Literal
from uuid import UUID

from contracts.conversations.commands import Command, IdentifyVisitor, StartConversation
from contracts.conversations.events import (
    ConversationArchived,
    ConversationDeleted,
    ConversationEnded,
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
from services.common.eventlog.aggregate import Cause
from services.conversations.domain.conversation_state import ConversationState
from services.conversations.domain.errors import (
    NotAllowed,
    NotFound,
    NotInHistory,
    NotOpen,
    Pointless,
    TooManyTranscripts,
)

RATED_UNTIL = timedelta(hours=24)
"""After the archive."""

TRANSCRIPTS_MOST = 5
"""Of one conversation: nobody's mailbox is filled through us."""

Files = tuple[tuple[UUID, ...], str | None]
"""Those of a message, and the sealed details of all."""

NO_FILES: Final[Files] = ((), None)


class Conversation(ConversationState):
    """A conversation between a visitor and the shop: what may happen in it, and what does."""

    # Rules

    def check_party(self, command: Command) -> Party:
        """Which side the sender is on. To other visitors the conversation does not exist."""
        if self.status == "deleted" or (command.sender_kind == "visitor" and command.sender != self.visitor):
            raise NotFound
        return command.sender_kind

    def check_open(self) -> None:
        if self.status != "open":
            raise NotOpen

    def check_not_archived(self) -> None:
        if self.status == "archived":
            raise NotOpen

    def check_holder(self, operator: str) -> None:
        if operator != self.operator:
            raise NotAllowed

    def check_may_say(self, party: Party, sender: str) -> None:
        """Visitors write while they wait or talk, and reopen what has ended; of the operators only the holder."""
        self.check_not_archived()
        if party == "visitor":
            return
        if self.status == "ended":
            raise NotOpen
        self.check_holder(sender)

    def check_may_end(self, party: Party, sender: str, *, holder_online: bool) -> None:
        """Its visitor, its holder, the system; any operator if no one online holds it."""
        if self.status not in ("waiting", "open"):
            raise NotOpen
        if party == "operator" and holder_online:
            self.check_holder(sender)

    def check_may_move(self, to: str) -> None:
        """Only what is open goes to another operator, and only to another."""
        self.check_open()
        if to == self.operator:
            raise Pointless

    def check_may_reopen(self) -> None:
        if self.status != "ended":
            raise NotOpen

    def check_may_rate(self, at: datetime) -> None:
        """While it is open or ended, and for 24 h after the archive."""
        late = self.archived_at is not None and at - self.archived_at > RATED_UNTIL
        if self.status == "waiting" or late:
            raise NotOpen

    def check_may_have_transcript(self, party: Party, at: datetime) -> None:
        """A visitor for as long as they may rate, staff at any time; so many times in all."""
        if party == "visitor" and self.archived_at is not None and at - self.archived_at > RATED_UNTIL:
            raise NotOpen
        if self.transcripts >= TRANSCRIPTS_MOST:
            raise TooManyTranscripts

    def check_may_identify(self, visitor: str) -> None:
        """A guest becomes somebody once; another person may not take the conversation over."""
        self.check_not_archived()
        if self.signed_in and visitor != self.visitor:
            raise NotAllowed

    def check_may_delete(self) -> None:
        if self.status != "archived":
            raise NotInHistory

    def is_forgotten(self) -> bool:
        """Whether nobody waits for an answer: the last word is the operator's."""
        return self.status == "open" and self.last_from == "operator"

    def alert_due(self, after: float | None) -> datetime | None:
        """When staff are to be told that the visitor waits for an answer; `after` seconds, None: never."""
        if after is None or self.unanswered_since is None or self.alerted:
            return None
        return self.unanswered_since + timedelta(seconds=after)

    # What happens

    def start(self, command: StartConversation, department: str | None, cause: Cause) -> None:
        self.record(
            ConversationStarted,
            cause,
            visitor=command.visitor,
            origin=command.origin,
            signed_in=command.signed_in,
            locale=command.locale,
            customer=command.customer,
            name=command.name,
            email=command.email,
            phone=command.phone,
            page=command.page,
            fields=command.fields,
            department=department,
            consent=command.consent,
            invitation=command.invitation,
        )

    def queue(self, place: int, cause: Cause) -> None:
        self.record(ConversationQueued, cause, place=place)

    def assign(self, operator: str, channel: int, cause: Cause) -> None:
        self.record(OperatorAssigned, cause, operator=operator, channel=channel)

    def say(self, party: Party, sender: str, message: str, text: str, cause: Cause, files: Files = NO_FILES) -> None:
        operator = sender if party == "operator" else None
        attachments, details = files
        self.record(
            MessageSaid,
            cause,
            sender=party,
            message=message,
            text=text,
            operator=operator,
            attachments=attachments,
            attachment_details=details,
        )

    def note(self, operator: str, text: str, cause: Cause) -> None:
        self.record(NoteAdded, cause, operator=operator, text=text)

    def transfer(self, to: str, channel: int, how: Literal["transfer", "take_over"], cause: Cause) -> None:
        self.record(ConversationTransferred, cause, to=to, channel=channel, how=how, operator=self.operator)

    def ask_transfer(self, operator: str, department: str, cause: Cause) -> None:
        self.record(TransferAsked, cause, operator=operator, department=department)

    def leave_unanswered(self, since: datetime, cause: Cause) -> None:
        operator = self.operator if self.status == "open" else None
        self.record(LeftUnanswered, cause, since=since, operator=operator)

    def leave_line(self, reason: Literal["ended", "absent", "closed"], cause: Cause) -> None:
        self.record(ConversationLeftLine, cause, reason=reason)

    def end(
        self, by: Party, reason: Literal["asked", "forgotten", "operator_left"], operator: str | None, cause: Cause
    ) -> None:
        self.record(ConversationEnded, cause, by=by, reason=reason, operator=operator)

    def reopen(self, by: Party, cause: Cause) -> None:
        self.record(ConversationReopened, cause, by=by)

    def rate(self, score: int, comment: str | None, cause: Cause) -> None:
        self.record(ConversationRated, cause, score=score, comment=comment)

    def identify(self, command: IdentifyVisitor, cause: Cause) -> None:
        self.record(
            VisitorIdentified,
            cause,
            visitor=command.visitor,
            customer=command.customer,
            name=command.name,
            email=command.email,
            phone=command.phone,
        )

    def request_transcript(self, by: Party, operator: str | None, email: str, cause: Cause) -> None:
        self.record(TranscriptRequested, cause, by=by, operator=operator, email=email)

    def archive(self, cause: Cause) -> None:
        self.record(ConversationArchived, cause)

    def delete(self, author: str, cause: Cause) -> None:
        self.record(ConversationDeleted, cause, author=author)
