"""The desk and its conversations as others see them."""

from uuid import UUID

from contracts.desks import Availability, ConversationSummary, DeskSummary, DeskView
from services.conversations.domain.conversation import Conversation
from services.conversations.domain.desk import Desk


def availability(desk: Desk) -> Availability:
    """What a new visitor finds."""
    raise NotImplementedError


def desk_view(desk: Desk) -> DeskView:
    """The whole desk."""
    raise NotImplementedError


def desk_summary(desk: Desk) -> DeskSummary:
    """Its counts."""
    raise NotImplementedError


def conversation_summary(conversation: Conversation) -> ConversationSummary | None:
    """A conversation as lists show it; None once it is deleted."""
    raise NotImplementedError


def place_in_line(desk: Desk, conversation: UUID) -> int | None:
    """The place of a waiting conversation, from 1."""
    raise NotImplementedError
