"""The Conversation (being built)."""

from services.conversations.domain.aggregate import Aggregate


class Conversation(Aggregate):
    """A conversation."""
