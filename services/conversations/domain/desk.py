"""The Desk (being built)."""

from services.conversations.domain.aggregate import Aggregate


class Desk(Aggregate):
    """A shop's desk."""
